import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { failureOf } from '../../graphql/failure';
import { routes } from '../../lib/routes';
import type { TableFormat } from '../../lib/save-table';
import { useStoredChoice, writeStored } from '../../lib/stored';
import { FilterBar } from '../FilterBar';
import { PageHeader } from '../PageHeader';
import { FailureState, LoadingState, NothingFound } from '../page-states';
import { type Column, parseTableChoice, shownColumns, type TableChoice } from '../table/columns';
import { ResourceTable } from '../table/ResourceTable';
import { ExportDialog } from './ExportDialog';
import { SavedViews } from './SavedViews';
import type { ShownList } from './use-list';

type Props<Row, Order extends string> = {
  /** From `useList` or `useWholeList`. */
  list: ShownList<Row>;
  title: string;
  /** Says under the title what the list is for. */
  lead?: ReactNode;
  back?: ReactNode;
  /** Where the page is one thing with a list of its parts: its state, what stands above the list, what the list is called. */
  state?: ReactNode;
  above?: ReactNode;
  caption?: string;
  actions?: ReactNode;
  /** The controls of the filter: SearchFilter, ChipFilter, selects. */
  filters: ReactNode;
  columns: Column<Row, Order>[];
  rowKey: (row: Row) => string;
  order?: Order;
  onOrder?: (order: Order) => void;
  /** When nothing narrows the list and it is empty: what to do next. */
  empty: ReactNode;
  /** Stands beside the list, whose table then shows only the columns named in `columnsBeside`. */
  beside?: ReactNode;
  columnsBeside?: ReadonlySet<string>;
  selectedKey?: string;
  /** Under the table, once there is data. */
  children?: ReactNode;
};

/**
 * A page that is a list: title, filter from the address, pages by key, order, its four states, the choice of columns,
 * saved views and the export of the whole filter. A feature gives it rows, columns and the controls of its filter.
 */
export function ListPage<Row, Order extends string = never>(props: Props<Row, Order>) {
  const { list, title, lead, back, state, above, actions, filters, columns, beside, columnsBeside, empty, children } =
    props;
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const tableName = list.tableNameOf(params);
  const [choice, choose] = useTableChoice(tableName, columns);
  /** A view's columns go with the address that it leads to. */
  const openView = (opened: TableChoice, next: URLSearchParams) => {
    const nextName = list.tableNameOf(next);
    if (nextName === tableName) choose(opened);
    else writeStored(localStorage, choiceKey(nextName), JSON.stringify(opened));
  };
  const [exporting, setExporting] = useState<TableFormat | null>(null);
  const offered = beside && columnsBeside ? columns.filter(({ key }) => columnsBeside.has(key)) : columns;

  const views = <SavedViews name={list.name} spec={list.spec} choice={choice} onOpen={openView} />;
  const body = list.rows ? (
    <ResourceTable
      name={tableName}
      caption={props.caption ?? title}
      columns={offered}
      rows={list.rows}
      rowKey={props.rowKey}
      selectedKey={props.selectedKey}
      busy={list.busy}
      order={props.order}
      onOrder={props.onOrder}
      paging={list.paging}
      choice={choice}
      onChoice={choose}
      onExport={setExporting}
      tools={views}
      empty={list.filtered ? <NothingFound onClear={list.clear} /> : empty}
    />
  ) : list.error ? (
    <FailureState
      failure={failureOf(list.error)}
      onRetry={list.retry}
      home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
    />
  ) : (
    <LoadingState rows={10} />
  );

  return (
    <>
      <PageHeader title={title} back={back} state={state} actions={actions}>
        {lead}
      </PageHeader>
      {above}
      <div className={beside ? 'jy-split' : undefined}>
        <div>
          {/* Without rows and with an error there is nothing to narrow. */}
          {!(list.error && !list.rows) && (
            <FilterBar active={list.filtered} onClear={list.clear}>
              {filters}
            </FilterBar>
          )}
          {body}
          {list.rows && children}
        </div>
        {beside}
      </div>
      {exporting && (
        <ExportDialog
          list={list}
          format={exporting}
          // All that is chosen, also what gave way to the panel beside.
          columns={shownColumns(columns, choice)}
          onClose={() => setExporting(null)}
        />
      )}
    </>
  );
}

const choiceKey = (name: string): string => `jiyun.table.${name}`;

/** The columns and the density that this browser chose for one list. */
function useTableChoice(
  name: string,
  columns: readonly { key: string; optional?: boolean }[],
): [TableChoice, (choice: TableChoice) => void] {
  const defaultHidden = columns.filter((column) => column.optional).map((column) => column.key);
  return useStoredChoice(choiceKey(name), (text) => parseTableChoice(text, defaultHidden));
}
