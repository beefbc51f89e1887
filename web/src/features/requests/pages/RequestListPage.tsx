import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RequestOrder, RequestState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { requestStates } from '../../../ui/states';
import { useMay, useSeesOneDepartment } from '../../../ui/viewer-context';
import { requestColumns } from '../components/request-columns';
import { RequestListQuery, RequestRow } from '../request-list.gql';

const states = Object.keys(requestStates) as RequestState[];
const orders: readonly RequestOrder[] = ['NEWEST', 'OLDEST', 'WAITING_LONGEST'];
const spec = { search: urlText(), states: urlManyOf(states), order: urlOneOf(orders, 'NEWEST') };

const again = (id: string) => routes.newRequest({ like: id, step: 'check' });

export function RequestListPage() {
  const { t } = useTranslation();
  const seesOneDepartment = useSeesOneDepartment();
  const may = useMay();
  const navigate = useNavigate();
  const list = useList({
    name: 'requests',
    spec,
    query: RequestListQuery,
    variables: ({ search, states, order }) => ({
      orderBy: order,
      filter: { search: search || null, states: states.length > 0 ? states : null },
    }),
    rows: ({ requests }) => ({ ...requests, rows: readFragment(RequestRow, requests.nodes) }),
  });
  const asks = may('REQUEST', 'CREATE');
  const { filter, setFilter } = list;
  const columns = useMemo(
    () => requestColumns(t, routes.request, seesOneDepartment, asks ? again : null),
    [t, seesOneDepartment, asks],
  );
  const options = useMemo(() => states.map((value) => ({ value, text: t(`state.request.${value}`) })), [t]);
  const create = asks ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newRequest())}>
      {t('request.new')}
    </Button>
  ) : null;

  return (
    <ListPage
      list={list}
      title={t('request.list')}
      actions={create}
      columns={columns}
      rowKey={(row) => row.id}
      order={filter.order}
      onOrder={(order) => setFilter({ order })}
      filters={
        <>
          <SearchFilter
            label={t('request.search')}
            placeholder={t('request.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('request.state')}
            options={options}
            value={filter.states}
            onChange={(chosen) => setFilter({ states: chosen })}
          />
        </>
      }
      empty={
        <EmptyState title={t('request.none')} action={create}>
          {t('request.noneText')}
        </EmptyState>
      }
    />
  );
}
