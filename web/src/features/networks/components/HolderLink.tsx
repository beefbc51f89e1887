import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AddressHolderKind } from '../../../graphql/enums';
import { routes } from '../../../lib/routes';

type Holder = { id: string; kind: AddressHolderKind; code: string; name: string };

const PAGE_OF: Record<AddressHolderKind, (id: string) => string> = {
  System: routes.system,
  Server: routes.server,
  Resource: routes.resource,
};

/** What has an address: its kind in words, its name as the way to it. */
export function HolderLink({ holder }: { holder: Holder | null }) {
  const { t } = useTranslation();
  if (!holder) return <span className="jy-quiet-text">{t('network.holderNone')}</span>;
  return (
    <>
      <Link to={PAGE_OF[holder.kind](holder.id)}>{holder.name}</Link>
      <span className="jy-quiet-text jy-under">
        {t(`network.holderKind.${holder.kind}`)}
        {holder.code !== holder.name && ` · ${holder.code}`}
      </span>
    </>
  );
}
