import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { WideTable } from '../../../ui/WideTable';
import { CenterDifferenceParts, DuePaymentsParts } from '../finance.gql';

type Sums = { spend: string; accounted: string; unexplained: string };
type DifferenceProps = {
  year: number;
  centers: readonly FragmentOf<typeof CenterDifferenceParts>[];
  total: Sums;
};

/** Spend beside accounted cost, center by center; what nobody has explained stands out. */
export function DifferencePanel({ centers: masked, total, year }: DifferenceProps) {
  const { t } = useTranslation();
  const centers = readFragment(CenterDifferenceParts, masked);
  const title = t('finance.reconciliation', { year });
  const sums = ({ accounted, spend, unexplained }: Sums) => (
    <>
      <td className="jy-cell-number">
        <Money fen={spend} compact />
      </td>
      <td className="jy-cell-number">
        <Money fen={accounted} compact />
      </td>
      <td className="jy-cell-number" data-bad={unexplained !== '0'}>
        <Money fen={unexplained} compact signed />
      </td>
    </>
  );
  return (
    <Panel title={title} aside={<Link to={routes.reconciliation(year)}>{t('finance.all')}</Link>}>
      {centers.length === 0 ? (
        <p className="jy-quiet-text">{t('finance.noReconciliation')}</p>
      ) : (
        <WideTable label={title}>
          <table className="jy-small-table jy-finance-table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{t('finance.center')}</th>
                {(['spend', 'accounted', 'difference'] as const).map((name) => (
                  <th key={name} scope="col" className="jy-cell-number">
                    {t(`finance.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {centers.map(({ center, total: of }) => (
                <tr key={center?.id ?? ''}>
                  <th scope="row">{center?.name ?? t('finance.noCenter')}</th>
                  {sums(of)}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('finance.total')}</th>
                {sums(total)}
              </tr>
            </tfoot>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}

/** What payment plans ask for within the month, and what is late. */
export function PaymentsPanel({ due: masked }: { due: FragmentOf<typeof DuePaymentsParts> }) {
  const { t } = useTranslation();
  const { count, payments, rest, until } = readFragment(DuePaymentsParts, masked);
  return (
    <Panel title={t('finance.payments')} aside={<Link to={routes.contracts()}>{t('finance.all')}</Link>}>
      {payments.length === 0 ? (
        <p className="jy-quiet-text">{t('finance.noPayments', { until })}</p>
      ) : (
        <p className="jy-quiet-text">
          {t('finance.paymentsMore', { count })} <Money fen={rest} compact />
        </p>
      )}
      <ul className="jy-finance-list">
        {payments.map(({ contract, dueOn, overdue, position, rest: still }) => (
          <li key={`${contract.id} ${position}`}>
            <span>
              <Link to={routes.contract(contract.id)}>{contract.name}</Link>
              <span className="jy-finance-note">
                {contract.number} · {t('finance.instalment', { position, dueOn })}
              </span>
            </span>
            <span className="jy-finance-end">
              {overdue && <span className="jy-mark jy-mark-stale">{t('finance.late')}</span>}
              <Money fen={still} compact />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
