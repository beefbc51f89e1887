import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import type { KeyPaging } from '../../../lib/use-key-paging';
import { KeyPages } from '../../../ui/KeyPages';
import { Panel } from '../../../ui/Panel';
import { ProgressLine } from '../../../ui/ProgressLine';
import { PowerStateTag, ResourceStateTag } from '../../../ui/states';
import { PlaceMark } from '../../../ui/three-centers/PlaceMark';
import { RequestResources } from '../requests.gql';

type Resource = ResultOf<typeof RequestResources>['machines']['nodes'][number];
type Props = { request: FragmentOf<typeof RequestResources>; paging: KeyPaging };

/** The machines as they come up. Rows change by themselves: each event of the request carries those of the page. Nothing before there are any. */
export function ResourcesPanel({ request: masked, paging }: Props) {
  const { t } = useTranslation();
  const { machines, readyMachineCount: ready } = readFragment(RequestResources, masked);
  if (machines.totalCount === 0) return null;
  return (
    <Panel
      title={t('request.resources')}
      aside={<span className="jy-quiet-text">{t('request.ready', { ready, total: machines.totalCount })}</span>}
    >
      <ul className="jy-machines" aria-live="polite" aria-relevant="text">
        {machines.nodes.map((resource) => (
          <Machine key={resource.id} resource={resource} />
        ))}
      </ul>
      <KeyPages label={t('request.resources')} page={machines} shown={machines.nodes.length} paging={paging} />
    </Panel>
  );
}

function Machine({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="jy-machine-head">
        <Link className="jy-strong" to={routes.resource(resource.id)}>
          {resource.name}
        </Link>
        <ResourceStateTag state={resource.state} />
        {resource.state === 'IN_USE' && resource.management !== 'RECORDED' && <PowerStateTag state={resource.power} />}
        {resource.stale && resource.observedAt && <span className="jy-mark jy-mark-stale">{t('resource.stale')}</span>}
        <span className="jy-machine-place">
          <PlaceMark center={resource.center} />
        </span>
      </div>
      <div className="jy-machine-body">
        {resource.addresses.length > 0 && <code>{resource.addresses.join(', ')}</code>}
        <span className="jy-quiet-text">{resource.statusText}</span>
      </div>
      {resource.state === 'PROVISIONING' && <ProgressLine percent={resource.progressPercent} label={resource.name} />}
    </li>
  );
}
