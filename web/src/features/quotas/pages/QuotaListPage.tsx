import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuotaLevel } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { quotaColumns } from '../components/quota-columns';
import { QuotaDialog } from '../forms/QuotaDialog';
import { QuotaListQuery, QuotaRow } from '../quotas.gql';

const levels: readonly QuotaLevel[] = ['DEPARTMENT', 'SYSTEM', 'PROJECT'];
const spec = { search: urlText(), level: urlOneOf(levels, 'DEPARTMENT') };
/** The opened dialog is in the address too, but narrows nothing. */
const opened = { edit: urlText() };

/** Used, held and left of every quota in sight, the departments as the tree that they are. */
export function QuotaListPage() {
  const { t } = useTranslation();
  const [{ edit }, open] = useUrlState(opened);
  const list = useList({
    name: 'quotas',
    spec,
    query: QuotaListQuery,
    variables: ({ search, level }) => ({ filter: { level, search: search || null, departmentId: null } }),
    rows: ({ quotas }) => ({ ...quotas, rows: readFragment(QuotaRow, quotas.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => quotaColumns(t, (id) => open({ edit: id })), [t, open]);
  const editing = list.rows?.find((row) => row.id === edit && row.editable);
  return (
    <>
      <ListPage
        list={list}
        title={t('quota.list')}
        lead={t('quota.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('quota.search')}
              placeholder={t('quota.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('quota.level.label')}
              value={filter.level}
              onChange={(level: QuotaLevel) => setFilter({ level })}
              options={levels.map((value) => ({ value, label: t(`quota.level.${value}`) }))}
            />
          </>
        }
        empty={<EmptyState title={t('quota.none')}>{t('quota.noneText')}</EmptyState>}
      />
      {editing && <QuotaDialog quota={editing} onClose={() => open({ edit: '' })} />}
    </>
  );
}
