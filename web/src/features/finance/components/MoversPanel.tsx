import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { WideTable } from '../../../ui/WideTable';
import { CostMoversParts } from '../finance.gql';

type Props = {
  movers: FragmentOf<typeof CostMoversParts>;
  by: 'DEPARTMENT' | 'SYSTEM';
  before: string;
  after: string;
  department: string | null;
};

/** Whose costs changed most between the last two whole months; each opens what it is made of. */
export function MoversPanel({ after, before, by, department, movers: masked }: Props) {
  const { t } = useTranslation();
  const { change, movers, restChange, restCount } = readFragment(CostMoversParts, masked);
  const title = t(by === 'DEPARTMENT' ? 'finance.byDepartment' : 'finance.bySystem');
  const all = routes.costs({ rows: by, columns: 'MONTH', from: before, to: after, department });
  const nameOf = (key: string | null, label: string | null): ReactNode => {
    if (key === null) return t('finance.none');
    if (by === 'DEPARTMENT') return <Link to={routes.departmentCosts(key)}>{label ?? '–'}</Link>;
    return (
      <Link to={routes.costs({ rows: 'KIND', columns: 'MONTH', from: before, to: after, department, system: key })}>
        {label ?? '–'}
      </Link>
    );
  };
  return (
    <Panel
      title={`${title} · ${t('finance.movers', { before, after })}`}
      aside={<Link to={all}>{t('finance.all')}</Link>}
    >
      {movers.length === 0 ? (
        <p className="jy-quiet-text">{t('finance.noMovers')}</p>
      ) : (
        <WideTable label={title}>
          <table className="jy-small-table jy-finance-table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{t('finance.name')}</th>
                <th scope="col" className="jy-cell-number jy-finance-before">
                  {before}
                </th>
                <th scope="col" className="jy-cell-number">
                  {after}
                </th>
                <th scope="col" className="jy-cell-number">
                  {t('finance.change')}
                </th>
              </tr>
            </thead>
            <tbody>
              {movers.map((mover) => (
                <tr key={mover.key ?? ''}>
                  <th scope="row">{nameOf(mover.key, mover.label)}</th>
                  <td className="jy-cell-number jy-finance-before">
                    <Money fen={mover.before} compact />
                  </td>
                  <td className="jy-cell-number">
                    <Money fen={mover.after} compact />
                  </td>
                  <td className="jy-cell-number jy-strong">
                    <Money fen={mover.change} compact signed />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              {restCount > 0 && (
                <tr>
                  <th scope="row">{t('finance.rest', { n: count(restCount) })}</th>
                  <td className="jy-finance-before" />
                  <td />
                  <td className="jy-cell-number">
                    <Money fen={restChange} compact signed />
                  </td>
                </tr>
              )}
              <tr>
                <th scope="row">{t('finance.total')}</th>
                <td className="jy-finance-before" />
                <td />
                <td className="jy-cell-number">
                  <Money fen={change} compact signed />
                </td>
              </tr>
            </tfoot>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}
