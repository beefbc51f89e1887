import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { projectColumns } from '../components/project-columns';
import { ProjectListQuery, ProjectRow } from '../projects.gql';

const spec = { search: urlText(), year: urlText() };
/** Budgets are spoken of three years back and one ahead. */
const YEARS_BACK = 3;

export function ProjectListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const list = useList({
    name: 'projects',
    spec,
    query: ProjectListQuery,
    variables: ({ search, year }) => ({
      search: search || null,
      filter: { departmentId: null, budgetYear: /^\d{4}$/.test(year) ? Number(year) : null },
    }),
    rows: ({ projects }) => ({ ...projects, rows: readFragment(ProjectRow, projects.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => projectColumns(t), [t]);
  const thisYear = new Date().getFullYear();
  const years = Array.from({ length: YEARS_BACK + 2 }, (_, n) => String(thisYear + 1 - n));
  const register = may('PROJECT', 'CREATE') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newProject())}>
      {t('project.register')}
    </Button>
  );
  return (
    <ListPage
      list={list}
      title={t('project.list')}
      lead={t('project.lead')}
      actions={register}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('project.search')}
            placeholder={t('project.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('project.budgetYear')}
            value={filter.year}
            onChange={(year: string) => setFilter({ year })}
            options={[
              { value: '', label: t('project.anyYear') },
              ...years.map((value) => ({ value, label: t('project.yearText', { year: value }) })),
            ]}
          />
        </>
      }
      empty={
        <EmptyState title={t('project.none')} action={register}>
          {t('project.noneText')}
        </EmptyState>
      }
    />
  );
}
