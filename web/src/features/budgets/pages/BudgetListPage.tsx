import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { exportUrl } from '../../../lib/export-url';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, FilterMark, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { Panel } from '../../../ui/Panel';
import { EmptyState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { BudgetAdjustmentRow, BudgetListQuery, BudgetRow } from '../budgets.gql';
import { budgetColumns } from '../components/budget-columns';
import { TotalsLine } from '../components/FiguresLine';
import { AdjustmentTable } from '../forms/AdjustmentTable';
import { CreateBudgetDialog } from '../forms/CreateBudgetDialog';

const narrow = ['DEPARTMENTS', 'OVERRUN'] as const;
const shows = ['ALL', ...narrow] as const;
/** The budget year is the calendar year in Shanghai; the newest one that has budgets would hide that a new year began. */
const thisYear = () => new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const spec = {
  search: urlText(),
  year: urlText(),
  show: urlOneOf(shows, 'ALL'),
  /** Used to so many percent at least. */
  reached: urlText(),
  department: urlText(),
};
const opened = { create: urlText() };

/** What every department has for the year, what is promised of it and what is spent. */
export function BudgetListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { permissions } = useViewer();
  const [{ create }, open] = useUrlState(opened);
  const list = useList({
    name: 'budgets',
    spec,
    query: BudgetListQuery,
    variables: ({ department, reached, search, year, show }) => ({
      filter: {
        search: search || null,
        year: Number.parseInt(year, 10) || thisYear(),
        departmentsOnly: show === 'DEPARTMENTS',
        overrunOnly: show === 'OVERRUN',
        reachedPercent: Number.parseInt(reached, 10) || null,
        departmentId: department || null,
      },
    }),
    rows: ({ budgets }) => ({ ...budgets, rows: readFragment(BudgetRow, budgets.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => budgetColumns(t), [t]);
  const pending = readFragment(BudgetAdjustmentRow, data?.budgetAdjustments.nodes ?? []);
  const year = Number.parseInt(filter.year, 10) || thisYear();
  const years = [...new Set([year, thisYear(), ...(data?.budgetTotals.years ?? [])])].sort((a, b) => b - a);
  return (
    <>
      <ListPage
        list={list}
        title={t('budget.list')}
        lead={data ? <TotalsLine year={year} {...data.budgetTotals} /> : t('budget.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        above={
          pending.length > 0 && (
            <Panel title={t('budget.pending', { count: data?.budgetAdjustments.totalCount })}>
              <AdjustmentTable rows={pending} ofMany />
            </Panel>
          )
        }
        actions={
          <>
            <ReportLinks name="budgets" query={{ year: String(year) }} />
            {data?.budgetTotals.cities && (
              <a href={exportUrl('budgets.xlsx', { year: String(year), side: 'CITIES' })} download>
                {t('budget.reportOfCities')}
              </a>
            )}
            {may('BUDGET', 'CREATE') && (
              <>
                {permissions.some(
                  ({ object, action, scope }) => object === 'BUDGET' && action === 'EDIT' && scope === 'PROVINCE',
                ) && <Link to={routes.budgetYear(year)}>{t('budgetYear.title')}</Link>}
                {may('BUDGET', 'IMPORT') && <Link to={routes.imports()}>{t('budget.import')}</Link>}
                <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open({ create: '1' })}>
                  {t('budget.create')}
                </Button>
              </>
            )}
          </>
        }
        filters={
          <>
            <SearchFilter
              label={t('budget.search')}
              placeholder={t('budget.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('budget.year')}
              value={year}
              onChange={(value: number) => setFilter({ year: String(value) })}
              options={years.map((value) => ({ value, label: t('budget.ofYear', { year: value }) }))}
            />
            <ChipFilter
              label={t('budget.show')}
              options={narrow.map((value) => ({ value, text: t(`budget.shows.${value}`) }))}
              value={filter.show === 'ALL' ? [] : [filter.show]}
              onChange={(chosen) => setFilter({ show: chosen.at(-1) ?? 'ALL' })}
            />
            {filter.reached && (
              <FilterMark
                label={t('budget.usage')}
                name={t('budget.reached', { percent: filter.reached })}
                onRemove={() => setFilter({ reached: '' })}
              />
            )}
            {filter.department && (
              <FilterMark
                label={t('budget.department')}
                name={list.rows?.[0]?.department.name ?? '–'}
                onRemove={() => setFilter({ department: '' })}
              />
            )}
          </>
        }
        empty={<EmptyState title={t('budget.none')}>{t('budget.noneText')}</EmptyState>}
      />
      {create && <CreateBudgetDialog year={year} onClose={() => open({ create: '' })} />}
    </>
  );
}
