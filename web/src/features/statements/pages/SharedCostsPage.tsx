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
import { MonthSelect } from '../../../ui/MonthSelect';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { sharedColumns } from '../components/shared-columns';
import { thisMonth } from '../components/statement-words';
import { CreateSharedPoolDialog } from '../forms/CreateSharedPoolDialog';
import { SharedPoolDialog } from '../forms/SharedPoolDialog';
import { SharedCostsQuery, SharedPoolRow, SharedSpreadParts } from '../shared-costs.gql';

const spec = { search: urlText(), month: urlText() };
/** Of which month it is narrows nothing. */
const keeps = ['month'];
/** The opened one is in the address too, but narrows nothing. */
const opened = { pool: urlText() };

/** 公共费用: what centers cost in common, by what it is spread, and what of a month could be spread over nobody. */
export function SharedCostsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ pool: openPool }, open] = useUrlState(opened);
  const [creating, setCreating] = useState(false);
  const list = useList({
    name: 'shared-costs',
    spec,
    keeps,
    query: SharedCostsQuery,
    variables: ({ month, search }) => ({ month: month || thisMonth(), search: search || null }),
    rows: ({ sharedPools, sharedSpreads }) => {
      const spreads = readFragment(SharedSpreadParts, sharedSpreads);
      const rows = readFragment(SharedPoolRow, sharedPools.nodes);
      return {
        ...sharedPools,
        rows: rows.map((row) => ({ ...row, spread: spreads.find(({ pool }) => pool?.id === row.id) ?? null })),
      };
    },
  });
  const { data, filter, setFilter } = list;
  const month = filter.month || thisMonth();
  const columns = useMemo(() => sharedColumns(t, month, (id) => open({ pool: id })), [t, month, open]);
  const shown = list.rows?.find(({ id }) => id === openPool);
  const meters = [...new Map((data?.catalog.unitPrices ?? []).map((price) => [price.meter, price])).values()];
  return (
    <>
      <ListPage
        list={list}
        title={t('sharedCost.list')}
        lead={t('sharedCost.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          may('PRICE', 'EDIT') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
              {t('sharedCost.create')}
            </Button>
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('sharedCost.search')}
              placeholder={t('sharedCost.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <MonthSelect
              months={data?.statementMonths ?? []}
              value={month}
              onChange={(chosen) => setFilter({ month: chosen === thisMonth() ? '' : chosen })}
            />
          </>
        }
        empty={<EmptyState title={t('sharedCost.none')}>{t('sharedCost.noneText')}</EmptyState>}
      />
      {shown && (
        <SharedPoolDialog
          pool={shown}
          meters={meters}
          editable={may('PRICE', 'EDIT')}
          onClose={() => open({ pool: '' })}
        />
      )}
      {creating && <CreateSharedPoolDialog centers={data?.centers ?? []} onClose={() => setCreating(false)} />}
    </>
  );
}
