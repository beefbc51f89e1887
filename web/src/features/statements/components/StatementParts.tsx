import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { StatementPartFields, StatementPartsFields } from '../statements.gql';

type Part = ResultOf<typeof StatementPartFields>;

/** Hundredths of a percent, by whole fen: no float ever touches the sums. */
function shareText(amount: string, total: bigint): string {
  if (total === 0n) return '–';
  const hundredths = (BigInt(amount) * 10_000n + total / 2n) / total;
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}%`;
}

/** What a statement is made of, by system, price item and center: each adds up to the same total. */
export function StatementParts({
  parts: masked,
  total,
}: {
  parts: FragmentOf<typeof StatementPartsFields>;
  total: string;
}) {
  const { t } = useTranslation();
  const { bySystem, byMeter, byCenter } = readFragment(StatementPartsFields, masked);
  const table = (title: string, what: string, parts: readonly Part[], none: string, page?: (id: string) => string) => (
    <section className="jy-statement-part">
      <h3>{title}</h3>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{what}</th>
            <th scope="col" className="jy-cell-number">
              {t('statement.amount')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('statement.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ key, label, amount }) => (
            <tr key={key ?? ''}>
              <th scope="row">{key && page ? <Link to={page(key)}>{label ?? key}</Link> : (label ?? key ?? none)}</th>
              <td className="jy-cell-number">
                <Money fen={amount} />
              </td>
              <td className="jy-cell-number">{shareText(amount, BigInt(total))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
  return (
    <Panel title={t('statement.parts')}>
      <div className="jy-statement-parts">
        {table(
          t('statement.bySystem'),
          t('statement.system'),
          readFragment(StatementPartFields, bySystem),
          t('statement.noSystem'),
          routes.system,
        )}
        {table(t('statement.byMeter'), t('statement.meter'), readFragment(StatementPartFields, byMeter), '–')}
        {table(
          t('statement.byCenter'),
          t('statement.center'),
          readFragment(StatementPartFields, byCenter),
          t('statement.noCenter'),
        )}
      </div>
    </Panel>
  );
}
