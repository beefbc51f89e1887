import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Money } from '../../../ui/Money';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { ResourceTable, type TablePaging } from '../../../ui/table/ResourceTable';
import type { BudgetEntryRow } from '../budgets.gql';

type Row = ResultOf<typeof BudgetEntryRow>;

/** The ledger's lines, newest first. Nobody changes them; a wrong one is followed by its reversal. */
export function EntryTable({ rows, paging, ofMany }: { rows: readonly Row[]; paging: TablePaging; ofMany: boolean }) {
  const { t } = useTranslation();
  const columns = useMemo(() => entryColumns(t, ofMany), [t, ofMany]);
  return (
    <ResourceTable
      name="budget-entries"
      caption={t('budget.entries')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      paging={paging}
      empty={<EmptyState title={t('budget.noEntries')}>{t('budget.noEntriesText')}</EmptyState>}
    />
  );
}

function entryColumns(t: TFunction, ofMany: boolean): Column<Row>[] {
  const columns: Column<Row>[] = [
    {
      key: 'at',
      title: t('budget.at'),
      leading: true,
      render: (row) => <Time at={row.at} exact />,
      text: (row) => exactTime(row.at),
    },
    {
      key: 'kind',
      title: t('budget.kind'),
      render: (row) => kindOf(t, row),
      text: (row) => kindOf(t, row),
    },
    {
      key: 'amount',
      title: t('budget.amount'),
      numeric: true,
      render: (row) => <Money fen={row.amount} />,
      text: (row) => yuanCell(row.amount),
    },
    {
      key: 'fromReserved',
      title: t('budget.fromReserved'),
      numeric: true,
      optional: true,
      render: (row) => <Money fen={row.fromReserved} />,
      text: (row) => yuanCell(row.fromReserved),
    },
    {
      key: 'reason',
      title: t('budget.reason'),
      render: (row) => {
        const to = routeOf(row);
        return to ? <Link to={to}>{row.reason}</Link> : row.reason;
      },
      text: (row) => row.reason,
    },
    { key: 'actor', title: t('budget.actor'), render: (row) => row.actorName, text: (row) => row.actorName },
  ];
  if (ofMany)
    columns.splice(1, 0, {
      key: 'budget',
      title: t('budget.name'),
      render: (row) => row.budget.name,
      text: (row) => row.budget.name,
    });
  return columns;
}

const kindOf = (t: TFunction, row: Row) =>
  row.reversesId === null ? t(`budget.kinds.${row.kind}`) : t('budget.reversal');

/** Where an entry comes from: the request that reserved, or the statement of the month. */
function routeOf({ requestId, month, budget }: Row): string | null {
  if (requestId !== null) return routes.request(requestId);
  return month === null ? null : routes.statement(budget.department.id, month);
}
