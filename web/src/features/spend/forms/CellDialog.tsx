import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Dialog } from '../../../ui/Dialog';
import { Money } from '../../../ui/Money';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { periodText } from '../components/contract-columns';
import { ReconciliationTable } from '../components/ReconciliationTable';
import { CellParts, DifferenceRow, ReconciliationDetailQuery } from '../reconciliation.gql';
import { ExplainForm, TakeBackForm } from './ExplainForm';

/** In the place of a center's id: what is of none. */
const OF_NONE = 'NONE';

type Detail = ResultOf<typeof ReconciliationDetailQuery>['reconciliationDetail'];
type Difference = ResultOf<typeof DifferenceRow>;

type Props = { month: string; center: { id: string; name: string } | null; onClose: () => void };

/** One center's month, opened down to payments, assets, departments' statements and what people said of the rest. */
export function CellDialog({ month, center, onClose }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({
    query: ReconciliationDetailQuery,
    variables: { month, centerId: center?.id ?? null },
    requestPolicy: 'cache-and-network',
  });
  const detail = data?.reconciliationDetail;
  const title = t('reconcile.detail', { center: center?.name ?? t('reconcile.noCenter'), month });
  return (
    <Dialog title={title} kind="wide" onClose={onClose}>
      {detail ? (
        <>
          <ReconciliationTable caption={title} cells={[]} total={readFragment(CellParts, detail.cell)} />
          <SpendParts parts={detail.spend} />
          <AccountedParts parts={detail.accounted} month={month} center={center?.id ?? OF_NONE} />
          <Differences
            rows={readFragment(DifferenceRow, detail.differences)}
            unexplained={readFragment(CellParts, detail.cell).unexplained}
            month={month}
            centerId={center?.id ?? null}
            mayEdit={may('SPEND', 'EDIT')}
          />
        </>
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={6} />
      )}
    </Dialog>
  );
}

function SpendParts({ parts }: { parts: Detail['spend'] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className="jy-spend-subhead">{t('reconcile.spendParts')}</h3>
      {parts.length === 0 ? (
        <p className="jy-quiet-text">{t('reconcile.noSpend')}</p>
      ) : (
        <table className="jy-small-table">
          <tbody>
            {parts.map(({ source, amount, contract, payment, asset }) => (
              <tr key={`${source} ${payment?.id ?? asset?.id}`}>
                <th scope="row">{t(`reconcile.sources.${source}`)}</th>
                <td>
                  {contract && <Link to={routes.contract(contract.id)}>{contract.name}</Link>}
                  {payment && (
                    <div className="jy-quiet-text">
                      <span className="jy-code">{payment.voucher}</span>{' '}
                      {payment.from && payment.to && periodText(t, { from: payment.from, to: payment.to })}
                    </div>
                  )}
                  {asset && <Link to={routes.ownedAssets({ search: asset.code })}>{asset.name}</Link>}
                </td>
                <td className="jy-cell-number">
                  <Money fen={amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function AccountedParts({ parts, month, center }: { parts: Detail['accounted']; month: string; center: string }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className="jy-spend-subhead">{t('reconcile.accountedParts')}</h3>
      {parts.length === 0 ? (
        <p className="jy-quiet-text">{t('reconcile.noAccounted')}</p>
      ) : (
        <div className="jy-preview-lines">
          <table className="jy-small-table">
            <tbody>
              {parts.map(({ department, amount, city }) => (
                <tr key={department.id}>
                  <th scope="row">
                    <Link to={routes.statement(department.id, month, { center })}>{department.name}</Link>
                    {city && <span className="jy-quiet-text"> {t('reconcile.city')}</span>}
                  </th>
                  <td className="jy-cell-number">
                    <Money fen={amount} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type DifferencesProps = {
  rows: readonly Difference[];
  unexplained: string;
  month: string;
  centerId: string | null;
  mayEdit: boolean;
};

function Differences({ rows, unexplained, month, centerId, mayEdit }: DifferencesProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<'explain' | Difference | null>(null);
  const taken = new Set(rows.flatMap(({ reversesId }) => reversesId ?? []));
  return (
    <section>
      <h3 className="jy-spend-subhead">{t('reconcile.differences')}</h3>
      {rows.length === 0 ? (
        <p className="jy-quiet-text">{t('reconcile.noDifferences')}</p>
      ) : (
        <table className="jy-small-table">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{t(`reconcile.reasons.${row.reason}`)}</th>
                <td>
                  {row.note}{' '}
                  <span className="jy-quiet-text">
                    {row.enteredBy} <Time at={row.enteredAt} />
                  </span>
                </td>
                <td className="jy-cell-number">
                  <Money fen={row.amount} signed />
                </td>
                <td>
                  {mayEdit && row.reversesId === null && !taken.has(row.id) && (
                    <Button size="small" onClick={() => setForm(row)}>
                      {t('reconcile.takeBack')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayEdit && form === null && <Button onClick={() => setForm('explain')}>{t('reconcile.explain')}</Button>}
      {form === 'explain' && (
        <ExplainForm month={month} centerId={centerId} unexplained={unexplained} onClose={() => setForm(null)} />
      )}
      {form !== null && form !== 'explain' && <TakeBackForm difference={form} onClose={() => setForm(null)} />}
    </section>
  );
}
