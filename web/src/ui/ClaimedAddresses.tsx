import { useTranslation } from 'react-i18next';
import type { AddressState } from '../graphql/enums';

type Claimed = { address: string; network: string; state: AddressState };

/** Addresses that were claimed for a thing, each with the network that it is of. */
export function ClaimedAddresses({ claimed }: { claimed: readonly Claimed[] }) {
  const { t } = useTranslation();
  if (claimed.length === 0) return <span className="jy-quiet-text">{t('network.noneClaimed')}</span>;
  return (
    <ul className="jy-plain-list">
      {claimed.map(({ address, network, state }) => (
        <li key={address}>
          <code>{address}</code>{' '}
          <span className="jy-quiet-text">{state === 'HELD' ? `${network} · ${t('network.onlyHeld')}` : network}</span>
        </li>
      ))}
    </ul>
  );
}
