import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useNow } from '../../../lib/use-now';
import { Panel } from '../../../ui/Panel';
import { isLate, WorkStateTag, windowText } from '../../../ui/work-looks';
import { TodaysOrder } from '../home.gql';

type Props = {
  orders: readonly FragmentOf<typeof TodaysOrder>[];
  /** Of all that are assigned, also for later days. */
  total: number;
  /** Also when there is nothing: whoever has no other work here looks for exactly this. */
  always: boolean;
};

/** The orders that somebody has today, by their window; what is late stands among them. */
export function TodaysWork({ orders: masked, total, always }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const orders = readFragment(TodaysOrder, masked).toSorted((a, b) =>
    (a.windowFrom ?? '').localeCompare(b.windowFrom ?? ''),
  );
  if (orders.length === 0 && total === 0 && !always) return null;
  return (
    <Panel
      title={t('home.workToday')}
      aside={<Link to={`${routes.workOrders()}?whose=assigned`}>{t('home.workAll', { total })}</Link>}
    >
      {orders.length === 0 && <p className="jy-quiet-text">{t(total > 0 ? 'home.noWorkToday' : 'home.noWorkAtAll')}</p>}
      <ul className="jy-today">
        {orders.map((order) => (
          <li key={order.id} data-late={isLate(order, now)}>
            <Link to={routes.workOrder(order.id)}>
              <span className="jy-number jy-today-window">{windowText(order.windowFrom, order.windowTo)}</span>
              <span className="jy-today-what">
                <span className="jy-strong">{order.title}</span>
                <span className="jy-quiet-text">
                  {t(`work.kind.${order.kind}`)} · {order.rooms.map((room) => room.name).join(t('common.comma')) || '–'}{' '}
                  · {order.departmentName}
                </span>
              </span>
              <span className="jy-today-state">
                {isLate(order, now) && <span className="jy-mark jy-mark-stale">{t('work.late')}</span>}
                <WorkStateTag state={order.state} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
