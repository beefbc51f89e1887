import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ClaimedAddresses } from '../../../ui/ClaimedAddresses';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { ProgressLine } from '../../../ui/ProgressLine';
import { PowerStateTag } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import { ResourceStatus } from '../resources.gql';

/** Where the machine stands, as its cluster last said; what is old says so. Of one on record only no cluster says anything. */
export function StatusPanel({ resource: masked }: { resource: FragmentOf<typeof ResourceStatus> }) {
  const { t } = useTranslation();
  const resource = readFragment(ResourceStatus, masked);
  const told = resource.management !== 'RECORDED';
  const seen = {
    label: t('resource.addresses'),
    value:
      resource.addresses.length > 0
        ? resource.addresses.map((address) => <code key={address}>{address}</code>)
        : t('resource.noAddress'),
  };
  const cluster = [
    { label: t('resource.node'), value: resource.nodeName ?? '–' },
    {
      label: t('resource.clusterObject'),
      value: resource.clusterObject ? <code>{resource.clusterObject}</code> : '–',
    },
    {
      label: t('resource.observedAt'),
      value: resource.observedAt ? <Time at={resource.observedAt} /> : t('resource.neverObserved'),
    },
  ];
  return (
    <Panel title={t('resource.status')} aside={told && <PowerStateTag state={resource.power} />}>
      {resource.stale && resource.observedAt && <p className="jy-banner jy-tone-waiting">{t('resource.staleText')}</p>}
      <p className="jy-status-text" role="status">
        {resource.statusText}
      </p>
      {resource.replaceTask && (
        <p className="jy-banner jy-tone-waiting">
          {t('replace.waiting')} <Link to={routes.replaceTasks({ search: resource.code })}>{t('replace.see')}</Link>
        </p>
      )}
      {resource.state === 'PROVISIONING' && <ProgressLine percent={resource.progressPercent} label={resource.name} />}
      <Facts
        facts={[
          ...(told ? [seen] : []),
          {
            label: t('network.claimedAddresses'),
            value: <ClaimedAddresses claimed={resource.claimedAddresses} />,
          },
          ...(told ? cluster : []),
        ]}
      />
    </Panel>
  );
}
