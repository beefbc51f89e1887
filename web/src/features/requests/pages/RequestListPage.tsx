import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { RequestOrder, RequestState } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, FilterBar, SearchFilter } from '../../../ui/FilterBar';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState, NothingFound } from '../../../ui/page-states';
import { requestStates } from '../../../ui/states';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { useMay, useSeesOneDepartment } from '../../../ui/viewer-context';
import { requestColumns } from '../components/request-columns';
import { RequestListQuery, RequestRow } from '../requests.gql';

const PAGE_SIZE = 50;
const states = Object.keys(requestStates) as RequestState[];
const orders: readonly RequestOrder[] = ['NEWEST', 'OLDEST', 'WAITING_LONGEST'];
const spec = { search: urlText(), states: urlManyOf(states), order: urlOneOf(orders, 'NEWEST') };
const noFilter = { search: '', states: [] };

export function RequestListPage() {
  const { t } = useTranslation();
  const seesOneDepartment = useSeesOneDepartment();
  const may = useMay();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlState(spec);
  const paging = useKeyPaging();
  const [{ data, error, fetching }, ask] = useQuery({
    query: RequestListQuery,
    requestPolicy: 'cache-and-network',
    variables: {
      first: PAGE_SIZE,
      after: paging.after,
      orderBy: filter.order,
      filter: { search: filter.search || null, states: filter.states.length > 0 ? filter.states : null },
    },
  });
  const columns = useMemo(() => requestColumns(t, routes.request, seesOneDepartment), [t, seesOneDepartment]);
  const options = useMemo(() => states.map((value) => ({ value, text: t(`state.request.${value}`) })), [t]);
  const filtered = filter.search !== '' || filter.states.length > 0;
  const create = may('REQUEST', 'CREATE') ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newRequest())}>
      {t('request.new')}
    </Button>
  ) : null;
  const page = data?.requests;
  const { endCursor } = page?.pageInfo ?? {};

  if (error && !page) {
    return (
      <>
        <PageHeader title={t('request.list')} actions={create} />
        <FailureState
          failure={failureOf(error)}
          onRetry={() => ask({ requestPolicy: 'network-only' })}
          home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
        />
      </>
    );
  }

  return (
    <>
      <PageHeader title={t('request.list')} actions={create} />
      <FilterBar active={filtered} onClear={() => setFilter(noFilter)}>
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
      </FilterBar>
      {page ? (
        <ResourceTable
          name="requests"
          caption={t('request.list')}
          columns={columns}
          rows={readFragment(RequestRow, page.nodes)}
          rowKey={(row) => row.id}
          busy={fetching}
          order={filter.order}
          onOrder={(order) => setFilter({ order })}
          paging={{
            from: paging.from,
            totalCount: page.totalCount,
            onNext: page.pageInfo.hasNextPage && endCursor ? () => paging.next(endCursor, page.nodes.length) : null,
            onPrevious: paging.previous,
          }}
          empty={
            filtered ? (
              <NothingFound onClear={() => setFilter(noFilter)} />
            ) : (
              <EmptyState title={t('request.none')} action={create}>
                {t('request.noneText')}
              </EmptyState>
            )
          }
        />
      ) : (
        <LoadingState rows={10} />
      )}
    </>
  );
}
