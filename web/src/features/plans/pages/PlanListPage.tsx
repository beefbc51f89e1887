import { CheckOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlanKind, PlanState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { PlanOverview } from '../components/PlanOverview';
import { PlanTabs } from '../components/PlanTabs';
import { planColumns } from '../components/plan-columns';
import { ApproveAllDialog } from '../forms/ApproveAllDialog';
import { BeginDialog } from '../forms/BeginDialog';
import { YearDialog } from '../forms/YearDialog';
import { planStates } from '../plan-look';
import { yearsToChoose, yearToPlan } from '../plan-years';
import { PlanListQuery, PlanRow, PlanYearFacts } from '../plans.gql';

const states = (Object.keys(planStates) as PlanState[]).filter((state) => state !== 'DISCARDED');
const kinds: readonly PlanKind[] = ['ANNUAL', 'ADDITION'];
/** Which year is a choice of pages, not a narrowing of one. */
const ofYear = { year: urlText() };
const spec = {
  states: urlManyOf(states),
  kinds: urlManyOf(kinds),
  department: urlText(),
  search: urlText(),
};

/** The year's plans: one's own with what comes next, or everybody's in sight with where they stand. */
export function PlanListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { permissions } = useViewer();
  const [opened, open] = useState<'YEAR' | 'BEGIN' | 'APPROVE' | null>(null);
  const [chosen, choose] = useUrlState(ofYear);
  const year = Number.parseInt(chosen.year, 10) || yearToPlan();
  const list = useList({
    name: 'plans',
    spec,
    query: PlanListQuery,
    variables: (filter) => ({
      year,
      filter: {
        year,
        states: filter.states.length > 0 ? filter.states : null,
        kind: filter.kinds.length === 1 ? (filter.kinds[0] ?? null) : null,
        departmentId: filter.department || null,
        search: filter.search || null,
      },
    }),
    rows: ({ plans }) => ({ ...plans, rows: readFragment(PlanRow, plans.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const known = readFragment(PlanYearFacts, data?.planYears ?? []);
  const planYear = known.find((one) => one.year === year);
  const overview = data?.planOverview;
  const departmentId = data?.viewer?.department?.id;
  const annual = list.rows?.some((row) => row.kind === 'ANNUAL' && row.department.id === departmentId) ?? false;
  const mayBegin = may('PLAN', 'CREATE') && departmentId !== undefined && planYear !== undefined && !annual;
  const wide = permissions.some(
    ({ object, action, scope }) => object === 'PLAN' && action === 'READ' && scope !== 'OWN_DEPARTMENT',
  );
  const toApprove = (list.rows ?? []).filter((row) =>
    row.availableActions.some(({ action, disabledReason }) => action === 'APPROVE' && disabledReason === null),
  );
  const columns = useMemo(() => planColumns(t), [t]);
  const begin = mayBegin && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open('BEGIN')}>
      {t('plan.create', { year })}
    </Button>
  );

  return (
    <>
      <ListPage
        list={list}
        title={t('plan.list')}
        lead={
          <>
            {planYear
              ? `${t('plan.window', { from: planYear.opensOn, to: planYear.closesOn })} · ${t(planYear.open ? 'plan.windowOpen' : 'plan.windowClosed')}${planYear.note && ` · ${planYear.note}`}`
              : t('plan.lead')}
            <PlanTabs />
          </>
        }
        actions={
          <>
            {may('PLAN', 'EDIT') && (
              <Button onClick={() => open('YEAR')}>{t(planYear ? 'plan.editYear' : 'plan.openYear')}</Button>
            )}
            {may('PLAN', 'IMPORT') && planYear && (
              <Button
                icon={<UploadOutlined aria-hidden />}
                onClick={() => void navigate(routes.newImport('plan-lines'))}
              >
                {t('plan.import')}
              </Button>
            )}
            {toApprove.length > 1 && (
              <Button type="primary" icon={<CheckOutlined aria-hidden />} onClick={() => open('APPROVE')}>
                {t('plan.approveAll', { count: toApprove.length })}
              </Button>
            )}
            {begin}
          </>
        }
        above={
          wide && overview && overview.sums.length > 0 ? (
            <PlanOverview year={year} departments={overview.departments} sums={overview.sums} />
          ) : undefined
        }
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <Select
              className="jy-filter-select"
              aria-label={t('plan.year')}
              value={year}
              onChange={(value: number) => choose({ year: String(value) })}
              options={yearsToChoose(year, known).map((value) => ({ value, label: t('plan.ofYear', { year: value }) }))}
            />
            <SearchFilter
              label={t('plan.search')}
              placeholder={t('plan.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            {wide && (
              <DepartmentSelect
                className="jy-filter-select"
                label={t('plan.department')}
                none={t('plan.anyDepartment')}
                value={filter.department}
                onChange={(department) => setFilter({ department })}
              />
            )}
            <ChipFilter
              label={t('plan.kind')}
              options={kinds.map((value) => ({ value, text: t(`plan.kinds.${value}`) }))}
              value={filter.kinds}
              onChange={(chosen) => setFilter({ kinds: chosen })}
            />
            <ChipFilter
              label={t('plan.state')}
              options={states.map((value) => ({ value, text: t(`plan.states.${value}`) }))}
              value={filter.states}
              onChange={(chosen) => setFilter({ states: chosen })}
            />
          </>
        }
        empty={
          planYear ? (
            <EmptyState title={t('plan.none', { year })} action={begin}>
              {t('plan.noneText')}
            </EmptyState>
          ) : (
            <EmptyState title={t('plan.noYear', { year })}>{t('plan.noYearText')}</EmptyState>
          )
        }
      />
      {opened === 'YEAR' && <YearDialog year={year} known={planYear} onClose={() => open(null)} />}
      {opened === 'BEGIN' && departmentId && (
        <BeginDialog kind="ANNUAL" year={year} departmentId={departmentId} onClose={() => open(null)} />
      )}
      {opened === 'APPROVE' && <ApproveAllDialog plans={toApprove} onClose={() => open(null)} />}
    </>
  );
}
