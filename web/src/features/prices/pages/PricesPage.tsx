import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { priceColumns } from '../components/price-columns';
import { CreateItemDialog } from '../forms/CreateItemDialog';
import { PriceItemDialog } from '../forms/PriceItemDialog';
import { PriceItemRow, PriceListQuery } from '../prices.gql';

const spec = { search: urlText() };
/** The opened item is in the address too, but narrows nothing. */
const opened = { item: urlText() };

/** What everything costs, since when and until when. */
export function PricesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ item }, open] = useUrlState(opened);
  const [creating, setCreating] = useState(false);
  const list = useList({
    name: 'prices',
    spec,
    query: PriceListQuery,
    variables: ({ search }) => ({ search: search || null }),
    rows: ({ priceItems }) => ({ ...priceItems, rows: readFragment(PriceItemRow, priceItems.nodes) }),
  });
  const columns = useMemo(() => priceColumns(t, (id) => open({ item: id })), [t, open]);
  const shown = list.rows?.find((row) => row.id === item);
  return (
    <>
      <ListPage
        list={list}
        title={t('price.list')}
        lead={t('price.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          may('PRICE', 'EDIT') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
              {t('price.create')}
            </Button>
          )
        }
        filters={
          <SearchFilter
            label={t('price.search')}
            placeholder={t('price.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
        }
        empty={<EmptyState title={t('price.none')}>{t('price.noneText')}</EmptyState>}
      />
      {shown && (
        <PriceItemDialog
          item={shown}
          centers={list.data?.centers ?? []}
          editable={may('PRICE', 'EDIT')}
          onClose={() => open({ item: '' })}
        />
      )}
      {creating && <CreateItemDialog onClose={() => setCreating(false)} />}
    </>
  );
}
