import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { supplierColumns } from '../components/contract-columns';
import { SupplierDialog } from '../forms/SupplierDialog';
import { SupplierListQuery, SupplierRow } from '../spend.gql';

const spec = { search: urlText() };
const opened = { create: urlText() };

/** Who is paid, with what is in force with each and what was paid. */
export function SupplierListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ create }, open] = useUrlState(opened);
  const list = useList({
    name: 'suppliers',
    spec,
    query: SupplierListQuery,
    variables: ({ search }) => ({ search: search || null }),
    rows: ({ suppliers }) => ({ ...suppliers, rows: readFragment(SupplierRow, suppliers.nodes) }),
  });
  const columns = useMemo(() => supplierColumns(t), [t]);
  return (
    <>
      <ListPage
        list={list}
        title={t('supplier.list')}
        lead={t('supplier.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          may('SPEND', 'EDIT') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open({ create: '1' })}>
              {t('supplier.create')}
            </Button>
          )
        }
        filters={
          <SearchFilter
            label={t('supplier.search')}
            placeholder={t('supplier.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
        }
        empty={<EmptyState title={t('supplier.none')}>{t('supplier.noneText')}</EmptyState>}
      />
      {create && may('SPEND', 'EDIT') && <SupplierDialog onClose={() => open({ create: '' })} />}
    </>
  );
}
