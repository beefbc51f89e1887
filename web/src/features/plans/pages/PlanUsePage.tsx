import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuotaLevel } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { Panel } from '../../../ui/Panel';
import { EmptyState } from '../../../ui/page-states';
import { useViewer } from '../../../ui/viewer-context';
import { PlanTabs } from '../components/PlanTabs';
import { UseBar } from '../components/UseBar';
import { planUseColumns, type UseRow } from '../components/use-columns';
import { thisYear, yearsToChoose } from '../plan-years';
import { PlanUseQuery, PlanUseRow } from '../plans.gql';

const levels = ['DEPARTMENT', 'SYSTEM'] as const satisfies readonly QuotaLevel[];
/** Which year is a choice of pages, not a narrowing of one. */
const ofYear = { year: urlText() };
const spec = { level: urlOneOf(levels, 'DEPARTMENT'), department: urlText(), search: urlText() };
/** Those farthest beyond; the list below has them all. */
const OVER_SHOWN = 6;

/** In the year: plan, used and left of departments and systems, and who is beyond. */
export function PlanUsePage() {
  const { t } = useTranslation();
  const { permissions } = useViewer();
  const [chosen, choose] = useUrlState(ofYear);
  const year = Number.parseInt(chosen.year, 10) || thisYear();
  const list = useList({
    name: 'plan-use',
    spec,
    query: PlanUseQuery,
    variables: ({ level, department, search }) => ({
      year,
      level,
      departmentId: department || null,
      search: search || null,
    }),
    rows: ({ planUse }) => ({ ...planUse, rows: readFragment(PlanUseRow, planUse.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => planUseColumns(t), [t]);
  const over = readFragment(PlanUseRow, data?.plansOver ?? []);
  const wide = permissions.some(
    ({ object, action, scope }) => object === 'PLAN' && action === 'READ' && scope !== 'OWN_DEPARTMENT',
  );
  return (
    <ListPage
      list={list}
      title={t('plan.use.title')}
      lead={
        <>
          {t('plan.use.lead')}
          <PlanTabs />
        </>
      }
      above={data && <OverPanel rows={over} />}
      columns={columns}
      rowKey={(row) => row.subjectId}
      filters={
        <>
          <Select
            className="jy-filter-select"
            aria-label={t('plan.year')}
            value={year}
            onChange={(value: number) => choose({ year: String(value) })}
            options={yearsToChoose(year, data?.planYears).map((value) => ({
              value,
              label: t('plan.ofYear', { year: value }),
            }))}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('plan.use.level')}
            value={filter.level}
            onChange={(level: (typeof levels)[number]) => setFilter({ level })}
            options={levels.map((value) => ({ value, label: t(`plan.use.${value}`) }))}
          />
          <SearchFilter
            label={t('plan.use.search')}
            placeholder={t('plan.use.searchPlaceholder')}
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
        </>
      }
      empty={<EmptyState title={t('plan.use.none')} />}
    />
  );
}

/** Nobody has to look for them. */
function OverPanel({ rows }: { rows: readonly UseRow[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={rows.length > 0 ? `${t('plan.use.over')} · ${rows.length}` : t('plan.use.over')}>
      {rows.length === 0 ? (
        <p className="jy-quiet-text">{t('plan.use.noneOver')}</p>
      ) : (
        <>
          <p className="jy-quiet-text">{t('plan.use.overText')}</p>
          <dl className="jy-quota-list">
            {rows.slice(0, OVER_SHOWN).map((row) => (
              <div key={row.subjectId}>
                <dt>{row.level === 'SYSTEM' ? `${row.department.name} · ${row.name}` : row.name}</dt>
                {row.meters
                  .filter(({ planned, over }) => planned > 0 && over > 0)
                  .map((use) => (
                    <dd key={use.meter}>
                      <span className="jy-quiet-text">{t(`quota.meter.${use.meter}`)} </span>
                      <UseBar use={use} planned />
                    </dd>
                  ))}
              </div>
            ))}
          </dl>
        </>
      )}
    </Panel>
  );
}
