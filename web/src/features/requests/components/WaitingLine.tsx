import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { RequestResources } from '../requests.gql';
import { RequestWaitingQuery } from '../waiting.gql';

const UNFINISHED = ['DRAFT', 'SUBMITTED', 'OPEN', 'ACCEPTED', 'IN_PROGRESS', 'SUSPENDED', 'DONE'] as const;

type Lines = ResultOf<typeof RequestWaitingQuery>['request']['linePage'];

/** What a granted request waits for beside the machines that are ready: without it "6 of 6 ready, provisioning" says nothing. */
export function WaitingLine({ request: masked }: { request: FragmentOf<typeof RequestResources> }) {
  const { id, state } = readFragment(RequestResources, masked);
  return state === 'PROVISIONING' ? <Waiting key={id} request={masked} /> : null;
}

function Waiting({ request: masked }: { request: FragmentOf<typeof RequestResources> }) {
  const { t } = useTranslation();
  const { id, machines, readyMachineCount: ready } = readFragment(RequestResources, masked);
  const [{ data }] = useQuery({
    query: RequestWaitingQuery,
    variables: { id, states: [...UNFINISHED] },
    requestPolicy: 'cache-and-network',
  });
  if (!data) return null;
  const { nodes, totalCount } = data.workOrders;
  const missing = machines.totalCount - ready;
  const parts = [
    ...(missing > 0 ? [t('request.waits.machines', { count: missing })] : []),
    ...waitingLines(data.request.linePage).map(({ kind, count }) => t(`request.waits.${kind}`, { count })),
    ...(totalCount > 0 ? [t('request.waits.orders', { count: totalCount })] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <div className="jy-banner jy-tone-waiting" role="status">
      {t('request.waits.lead', { parts: parts.join(t('request.waits.and')) })}
      {nodes.length > 0 && (
        <ul>
          {nodes.map((order) => (
            <li key={order.id}>
              <Link to={routes.workOrder(order.id)}>
                <span className="jy-code">{order.code}</span> {order.title}
              </Link>
            </li>
          ))}
          {totalCount > nodes.length && <li>{t('request.waits.more', { count: totalCount - nodes.length })}</li>}
        </ul>
      )}
    </div>
  );
}

/** Of a form that one answer does not hold the work orders and machines say enough. */
function waitingLines({ nodes, totalCount }: Lines) {
  if (totalCount > nodes.length) return [];
  return (['SERVER', 'CABINET', 'SERVICE'] as const).flatMap((kind) => {
    const own = nodes.filter((line) => line.kind === kind && line.fulfilledAt === null);
    // Of services the lines: how many domains or seats one asks for is within it.
    const count = kind === 'SERVICE' ? own.length : own.reduce((sum, line) => sum + line.count, 0);
    return count > 0 ? [{ kind, count }] : [];
  });
}
