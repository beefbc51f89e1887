import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { MonthSelect } from '../../../ui/MonthSelect';
import { EmptyState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { COST_SIDES, SideFilter } from '../../../ui/SideFilter';
import { SharedNote } from '../components/SharedNote';
import { StatementTotals } from '../components/StatementTotals';
import { departmentColumns } from '../components/statement-columns';
import { leadText, thisMonth } from '../components/statement-words';
import { DepartmentStatementRow, StatementFrameParts, StatementListQuery } from '../statements.gql';

const spec = { month: urlText(), side: urlOneOf(COST_SIDES, 'PROVINCE') };
/** Of which month it is narrows nothing. */
const keeps = ['month'];

/** 费用核算单: what every department's use costs in a month so far, the dearest first. */
export function StatementListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'statements',
    spec,
    keeps,
    query: StatementListQuery,
    variables: ({ month, side }) => ({ month: month || thisMonth(), side }),
    rows: ({ departmentStatements }) => ({
      ...departmentStatements,
      rows: readFragment(DepartmentStatementRow, departmentStatements.nodes),
    }),
  });
  const { filter, setFilter, data } = list;
  const month = filter.month || thisMonth();
  const frame = data && readFragment(StatementFrameParts, data.draftStatement);
  const columns = useMemo(() => departmentColumns(t, filter.month), [t, filter.month]);
  return (
    <ListPage
      list={list}
      title={t('statement.list')}
      lead={frame && leadText(t, frame)}
      actions={<ReportLinks name="statement" query={{ month, side: filter.side === 'CITIES' ? 'CITIES' : null }} />}
      columns={columns}
      rowKey={(row) => row.department.id}
      above={
        data && (
          <>
            <StatementTotals frame={data.draftStatement} />
            <SharedNote spreads={data.sharedSpreads} month={filter.month} />
          </>
        )
      }
      filters={
        <>
          <MonthSelect
            months={data?.statementMonths ?? []}
            value={month}
            onChange={(chosen) => setFilter({ month: chosen === thisMonth() ? '' : chosen })}
          />
          {frame?.cities && <SideFilter value={filter.side} onChange={(side) => setFilter({ side })} />}
        </>
      }
      empty={
        <EmptyState
          title={t('statement.none', { month })}
          action={<Link to={routes.resources()}>{t('resource.list')}</Link>}
        >
          {t('statement.noneText')}
        </EmptyState>
      }
    />
  );
}
