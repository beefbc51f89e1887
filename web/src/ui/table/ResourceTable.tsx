import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../lib/quantity';
import type { TableFormat } from '../../lib/save-table';
import { useStoredChoice } from '../../lib/stored';
import { ariaSort, type Column, nextOrder, parseTableChoice, shownColumns, type TableChoice } from './columns';
import { TableTools } from './TableTools';

export type TablePaging = {
  /** Number of the first row shown, from 1. */
  from: number;
  totalCount: number;
  onNext: (() => void) | null;
  onPrevious: (() => void) | null;
};

type Props<Row, Order extends string> = {
  /** Names the browser's stored choice. */
  name: string;
  caption: string;
  columns: Column<Row, Order>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  paging: TablePaging;
  order?: Order;
  onOrder?: (order: Order) => void;
  /** Shown instead of rows. */
  empty: ReactNode;
  /** New rows are on their way; the old ones stay, dimmed. */
  busy?: boolean;
  selectedKey?: string;
  /** Where the page itself keeps the choice of columns, because saved views carry it too. */
  choice?: TableChoice;
  onChoice?: (choice: TableChoice) => void;
  /** Exports the whole filter; a table without it offers no export. */
  onExport?: (format: TableFormat) => void;
  /** More tools beside columns and export. */
  tools?: ReactNode;
};

/** The one table of the console. On a narrow screen each row becomes a card, with the same roles for a screen reader. */
export function ResourceTable<Row, Order extends string = never>(props: Props<Row, Order>) {
  const { name, caption, columns, rows, rowKey, paging, order, onOrder, empty, busy, selectedKey } = props;
  const { t } = useTranslation();
  const defaultHidden = columns.filter((column) => column.optional).map((column) => column.key);
  const [own, chooseOwn] = useStoredChoice(`jiyun.table.${name}`, (text) => parseTableChoice(text, defaultHidden));
  const { choice = own, onChoice = chooseOwn } = props;
  const shown = shownColumns(columns, choice);
  const last = paging.from + rows.length - 1;

  return (
    <div className={`jy-table-area jy-density-${choice.density}`} aria-busy={busy}>
      <div className="jy-table-head">
        <p role="status">{t('table.total', { total: count(paging.totalCount) })}</p>
        <TableTools
          columns={columns}
          choice={choice}
          onChoice={onChoice}
          onExport={props.onExport && rows.length > 0 ? props.onExport : null}
        >
          {props.tools}
        </TableTools>
      </div>
      {rows.length === 0 ? (
        empty
      ) : (
        // Explicit roles: as cards the elements lose their table layout, and browsers then drop the roles with it.
        // biome-ignore lint/a11y/noRedundantRoles: see above.
        <table className="jy-table" role="table" aria-label={caption} data-busy={busy}>
          {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
          <thead role="rowgroup">
            {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
            <tr role="row">
              {shown.map((column) => (
                <ColumnHead key={column.key} column={column} order={order} onOrder={onOrder} />
              ))}
            </tr>
          </thead>
          {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
          <tbody role="rowgroup">
            {rows.map((row) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above.
              <tr key={rowKey(row)} role="row" data-selected={selectedKey === rowKey(row)}>
                {shown.map((column) => (
                  // biome-ignore lint/a11y/noRedundantRoles: see above.
                  <td key={column.key} role="cell" data-label={column.title} className={cellClass(column)}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(paging.onNext || paging.onPrevious) && (
        <nav className="jy-paging" aria-label={t('table.pages')}>
          <span className="jy-number">
            {t('table.range', { from: count(paging.from), last: count(last), total: count(paging.totalCount) })}
          </span>
          <Button disabled={!paging.onPrevious} onClick={() => paging.onPrevious?.()}>
            {t('table.previous')}
          </Button>
          <Button disabled={!paging.onNext} onClick={() => paging.onNext?.()}>
            {t('table.next')}
          </Button>
        </nav>
      )}
    </div>
  );
}

const cellClass = (column: { numeric?: boolean; leading?: boolean; tick?: boolean }): string =>
  [column.numeric ? 'jy-cell-number' : '', column.leading ? 'jy-cell-leading' : '', column.tick ? 'jy-cell-tick' : '']
    .filter(Boolean)
    .join(' ');

type HeadProps<Row, Order extends string> = {
  column: Column<Row, Order>;
  order?: Order;
  onOrder?: (order: Order) => void;
};

function ColumnHead<Row, Order extends string>({ column, order, onOrder }: HeadProps<Row, Order>) {
  const sorted = ariaSort(column.order, order);
  const press = () => {
    if (!column.order || order === undefined) return;
    const next = nextOrder(column.order, order);
    if (next !== undefined && next !== order) onOrder?.(next);
  };
  return (
    // biome-ignore lint/a11y/noRedundantRoles: kept when the table turns into cards.
    <th role="columnheader" scope="col" aria-sort={sorted} className={cellClass(column)}>
      {column.order && onOrder ? (
        <button type="button" className="jy-sort" onClick={press}>
          {column.title}
          <span className="jy-sort-marks" aria-hidden="true">
            {column.order.ascending && <CaretUpOutlined data-on={sorted === 'ascending'} />}
            {column.order.descending && <CaretDownOutlined data-on={sorted === 'descending'} />}
          </span>
        </button>
      ) : (
        <span className={column.tick ? 'jy-sr-only' : undefined}>{column.title}</span>
      )}
    </th>
  );
}
