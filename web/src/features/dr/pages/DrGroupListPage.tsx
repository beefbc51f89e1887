import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DrGroupGrade } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { drGrades } from '../../../ui/dr-states';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { groupColumns } from '../components/group-columns';
import { DrGroupListQuery, DrGroupRow } from '../dr.gql';
import { useDrLive } from '../use-dr-live';

const grades = Object.keys(drGrades) as DrGroupGrade[];
const spec = { search: urlText(), grades: urlManyOf(grades), department: urlText(), system: urlText() };

/** 容灾组: what each system's DR mode promises, whether it is kept, and why not. */
export function DrGroupListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'dr-groups',
    spec,
    query: DrGroupListQuery,
    variables: ({ department, grades: of, search, system }) => ({
      filter: {
        search: search || null,
        grades: of.length > 0 ? of : null,
        departmentId: department || null,
        systemId: system || null,
      },
    }),
    rows: ({ drGroups }) => ({ ...drGroups, rows: readFragment(DrGroupRow, drGroups.nodes) }),
  });
  const { busy, data, filter, retry, setFilter } = list;
  // Grades change while one looks: on a first start within minutes.
  useDrLive({ fetching: busy, stale: false }, retry);
  const columns = useMemo(() => groupColumns(t), [t]);
  const counts = new Map(data?.drGradeCounts.map(({ grade, groups }) => [grade, groups]));
  return (
    <ListPage
      list={list}
      title={t('dr.title')}
      lead={t('dr.lead')}
      columns={columns}
      rowKey={({ id }) => id}
      actions={<Link to={routes.drPicture()}>{t('dr.toPicture')}</Link>}
      filters={
        <>
          <SearchFilter
            label={t('dr.search')}
            placeholder={t('dr.search')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          {may('DEPARTMENT', 'READ') && (
            <DepartmentSelect
              className="jy-filter-select"
              label={t('request.department')}
              none={t('drDebt.anyDepartment')}
              value={filter.department}
              onChange={(department) => setFilter({ department })}
            />
          )}
          <ChipFilter
            label={t('dr.gradeLabel')}
            options={grades.map((value) => ({
              value,
              text: `${t(`dr.grade.${value}`)} ${count(counts.get(value) ?? 0)}`,
            }))}
            value={filter.grades}
            onChange={(of) => setFilter({ grades: of })}
          />
        </>
      }
      empty={
        <EmptyState title={t('dr.none')} action={<Link to={routes.systems()}>{t('dr.toSystems')}</Link>}>
          {t('dr.noneText')}
        </EmptyState>
      }
    />
  );
}
