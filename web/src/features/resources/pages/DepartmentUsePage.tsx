import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { UseOrder } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { departmentUseColumns } from '../components/department-use-columns';
import { UseTotals } from '../components/UseTotals';
import { DepartmentUseQuery, DepartmentUseRow } from '../department-use.gql';

const orders: readonly UseOrder[] = ['SAVING', 'CPU'];
const spec = { department: urlText(), order: urlOneOf(orders, 'SAVING') };

/** 资源利用: what departments use of what they have, and where something could be given back or made smaller. */
export function DepartmentUsePage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'department-use',
    spec,
    query: DepartmentUseQuery,
    variables: ({ department, order }) => ({ departmentId: department || null, orderBy: order }),
    rows: ({ departmentUses }) => ({ ...departmentUses, rows: readFragment(DepartmentUseRow, departmentUses.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => departmentUseColumns(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('use.list')}
      lead={data && t('use.lead', { days: data.useTotal.windowDays })}
      columns={columns}
      rowKey={(row) => row.department.id}
      order={filter.order}
      onOrder={(order) => setFilter({ order })}
      above={data && <UseTotals total={data.useTotal} />}
      filters={
        may('DEPARTMENT', 'READ') && (
          <DepartmentSelect
            className="jy-filter-select"
            label={t('request.department')}
            none={t('use.anyDepartment')}
            value={filter.department}
            onChange={(department) => setFilter({ department })}
          />
        )
      }
      empty={
        <EmptyState title={t('use.noDepartment')} action={<Link to={routes.resources()}>{t('resource.list')}</Link>}>
          {t('use.noDepartmentText')}
        </EmptyState>
      }
    />
  );
}
