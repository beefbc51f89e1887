import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { BudgetListQuery, BudgetRow } from '../budgets.gql';
import { budgetColumns } from '../components/budget-columns';
import { TotalsLine } from '../components/FiguresLine';
import { CreateBudgetDialog } from '../forms/CreateBudgetDialog';

const narrow = ['DEPARTMENTS', 'OVERRUN'] as const;
const shows = ['ALL', ...narrow] as const;
/** The budget year is the calendar year in Shanghai; the newest one that has budgets would hide that a new year began. */
const thisYear = () => new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const spec = { search: urlText(), year: urlText(), show: urlOneOf(shows, 'ALL') };
const opened = { create: urlText() };

/** What every department has for the year, what is promised of it and what is spent. */
export function BudgetListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ create }, open] = useUrlState(opened);
  const list = useList({
    name: 'budgets',
    spec,
    query: BudgetListQuery,
    variables: ({ search, year, show }) => ({
      filter: {
        search: search || null,
        year: Number.parseInt(year, 10) || thisYear(),
        departmentsOnly: show === 'DEPARTMENTS',
        overrunOnly: show === 'OVERRUN',
      },
    }),
    rows: ({ budgets }) => ({ ...budgets, rows: readFragment(BudgetRow, budgets.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => budgetColumns(t), [t]);
  const year = Number.parseInt(filter.year, 10) || thisYear();
  const years = [...new Set([year, thisYear(), ...(data?.budgetTotals.years ?? [])])].sort((a, b) => b - a);
  return (
    <>
      <ListPage
        list={list}
        title={t('budget.list')}
        lead={data ? <TotalsLine year={year} figures={data.budgetTotals.figures} /> : t('budget.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          may('BUDGET', 'CREATE') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open({ create: '1' })}>
              {t('budget.create')}
            </Button>
          )
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
          </>
        }
        empty={<EmptyState title={t('budget.none')}>{t('budget.noneText')}</EmptyState>}
      />
      {create && <CreateBudgetDialog year={year} onClose={() => open({ create: '' })} />}
    </>
  );
}
