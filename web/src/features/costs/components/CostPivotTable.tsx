import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CostBasis, CostDimension } from '../../../graphql/enums';
import { count } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { WideTable } from '../../../ui/WideTable';
import { keyWord, type Narrow, narrowed, opened, statementOf, type Table } from './cost-words';

type Props = {
  table: Table;
  rows: CostDimension;
  columns: CostDimension | null;
  basis: CostBasis;
  narrow: Narrow;
  isTree: boolean;
  onNarrow: (to: NonNullable<ReturnType<typeof narrowed>>) => void;
  onOpen: (to: NonNullable<ReturnType<typeof opened>>) => void;
};

/** The pivot: every row adds up to its end, every column to its foot, and both to the same sum. */
export function CostPivotTable({ table, rows, columns, basis, narrow, isTree, onNarrow, onOpen }: Props) {
  const { t } = useTranslation();
  const caption = columns
    ? t('cost.caption', { rows: t(`cost.dimensions.${rows}`), columns: t(`cost.dimensions.${columns}`) })
    : t(`cost.dimensions.${rows}`);
  const drafted = new Set(table.draftedMonths);
  return (
    <WideTable label={caption}>
      <table className="jy-small-table jy-cost-table" aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t(`cost.dimensions.${rows}`)}</th>
            {columns &&
              table.columns.map((column) => (
                <th key={column.key ?? ''} scope="col" className="jy-cell-number">
                  {keyWord(t, columns, column)}
                  {column.key !== null && drafted.has(column.key) && (
                    <span className="jy-quiet-text"> {t('cost.draft')}</span>
                  )}
                </th>
              ))}
            <th scope="col" className="jy-cell-number">
              {t('cost.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => {
            const to = narrowed(rows, row.key);
            const word = keyWord(t, rows, row);
            return (
              <tr key={row.key ?? ''}>
                <th scope="row">
                  {to ? (
                    <button type="button" className="jy-link-button" onClick={() => onNarrow(to)}>
                      {word}
                    </button>
                  ) : (
                    word
                  )}
                  {row.of && <div className="jy-quiet-text">{row.of}</div>}
                </th>
                {columns &&
                  row.amounts.map((amount, at) => {
                    const column = table.columns[at] as Table['columns'][number];
                    const cell = { rows, columns, row, column, basis, narrow, isTree };
                    const statement = statementOf(cell);
                    const into = statement ? null : opened(cell);
                    return (
                      <td key={column.key ?? ''} className="jy-cell-number">
                        {amount === '0' ? (
                          <span className="jy-quiet-text">–</span>
                        ) : statement ? (
                          <Link to={statement}>
                            <Money fen={amount} />
                          </Link>
                        ) : into ? (
                          <button type="button" className="jy-link-button" onClick={() => onOpen(into)}>
                            <Money fen={amount} />
                          </button>
                        ) : (
                          <Money fen={amount} />
                        )}
                      </td>
                    );
                  })}
                <td className="jy-cell-number">
                  <Money fen={row.total} />
                </td>
              </tr>
            );
          })}
          {table.rest && (
            <tr>
              <th scope="row">{t('cost.restRows', { n: count(table.rest.rows) })}</th>
              {columns &&
                table.rest.amounts.map((amount, at) => (
                  <td key={table.columns[at]?.key ?? ''} className="jy-cell-number">
                    <Money fen={amount} />
                  </td>
                ))}
              <td className="jy-cell-number">
                <Money fen={table.rest.total} />
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('cost.total')}</th>
            {columns &&
              table.amounts.map((amount, at) => (
                <td key={table.columns[at]?.key ?? ''} className="jy-cell-number">
                  <Money fen={amount} />
                </td>
              ))}
            <td className="jy-cell-number">
              <Money fen={table.total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </WideTable>
  );
}
