import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { familyName, manyAddresses, roomLooks, roomOf } from '../network-look';
import type { FigureParts } from '../networks.gql';

type Figures = ResultOf<typeof FigureParts>;

/** How full a family is: icon, word and number, the bar of what is taken, and what it is made of. */
export function AddressBar({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const { family, usable, held, allocated, quarantine, free } = figures;
  const room = roomOf(figures);
  const Icon = roomLooks[room].icon;
  const share = (part: number) => `${usable > 0 ? Math.min(100, (part / usable) * 100) : 0}%`;
  const parts = { used: count(allocated), held: count(held), resting: count(quarantine) };
  return (
    <span
      className="jy-addresses"
      title={t('network.outOf', { family: familyName[family], usable: manyAddresses(usable) })}
    >
      <span className="jy-addresses-free" data-room={room}>
        <Icon aria-hidden />
        <span>{t(`network.room.${room}`)}</span>
        <span className="jy-number">{manyAddresses(free)}</span>
      </span>
      <span className="jy-addresses-bar" aria-hidden="true">
        <span data-part="used" style={{ width: share(allocated) }} />
        <span data-part="held" style={{ width: share(held) }} />
        <span data-part="resting" style={{ width: share(quarantine) }} />
      </span>
      <span className="jy-addresses-parts jy-number">{t('network.parts', parts)}</span>
    </span>
  );
}
