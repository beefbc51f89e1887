import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { SystemsOfYearParts } from '../finance.gql';
import { percentOf } from '../finance-words';

/** So many are read at a glance; the rest is one line. */
const SHOWN = 8;

type Props = {
  systems: FragmentOf<typeof SystemsOfYearParts>;
  from: string;
  to: string;
  department: string | null;
};

/** What each system comes to this year, the dearest first; it adds up to the year. */
export function SystemsOfYear({ department, from, systems: masked, to }: Props) {
  const { t } = useTranslation();
  const { rest, rows, total } = readFragment(SystemsOfYearParts, masked);
  const title = t('finance.systemsOfYear', { year: to.slice(0, 4) });
  const beyond = rows.slice(SHOWN);
  const others = beyond.length + (rest?.rows ?? 0);
  const restTotal = beyond.reduce((sum, { total: of }) => sum + BigInt(of), BigInt(rest?.total ?? '0')).toString();
  const row = (name: React.ReactNode, of: string) => (
    <>
      <th scope="row">{name}</th>
      <td className="jy-cell-number">
        <Money fen={of} compact />
      </td>
      <td className="jy-cell-number">{percentOf(of, total) ?? '–'}</td>
    </>
  );
  return (
    <Panel
      title={title}
      aside={
        <Link to={routes.costs({ rows: 'SYSTEM', columns: 'MONTH', from, to, department })}>{t('finance.all')}</Link>
      }
    >
      {rows.length === 0 ? (
        <p className="jy-quiet-text">{t('finance.noSystems')}</p>
      ) : (
        <table className="jy-small-table jy-finance-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{t('finance.name')}</th>
              <th scope="col" className="jy-cell-number">
                {t('finance.accounted')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('finance.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map(({ key, label, total: of }) => (
              <tr key={key ?? ''}>
                {row(
                  key ? (
                    <Link to={routes.costs({ rows: 'KIND', columns: 'MONTH', from, to, department, system: key })}>
                      {label ?? '–'}
                    </Link>
                  ) : (
                    t('finance.none')
                  ),
                  of,
                )}
              </tr>
            ))}
            {others > 0 && <tr>{row(t('finance.rest', { n: count(others) }), restTotal)}</tr>}
          </tbody>
          <tfoot>
            <tr>{row(t('finance.total'), total)}</tr>
          </tfoot>
        </table>
      )}
    </Panel>
  );
}
