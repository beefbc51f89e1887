import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { ResourceOrder, ResourceState } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, FilterBar, SearchFilter } from '../../../ui/FilterBar';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState, NothingFound } from '../../../ui/page-states';
import { resourceStates } from '../../../ui/states';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { resourceColumns } from '../components/resource-columns';
import { ResourceListQuery, ResourceRow } from '../resources.gql';

const PAGE_SIZE = 50;
const states = Object.keys(resourceStates) as ResourceState[];
const orders: readonly ResourceOrder[] = ['NEWEST', 'NAME'];
const spec = { search: urlText(), states: urlManyOf(states), center: urlText(), order: urlOneOf(orders, 'NEWEST') };
const noFilter = { search: '', states: [], center: '' };

export function ResourceListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [filter, setFilter] = useUrlState(spec);
  const paging = useKeyPaging();
  const [{ data, error, fetching }, ask] = useQuery({
    query: ResourceListQuery,
    requestPolicy: 'cache-and-network',
    variables: {
      first: PAGE_SIZE,
      after: paging.after,
      orderBy: filter.order,
      filter: {
        search: filter.search || null,
        states: filter.states.length > 0 ? filter.states : null,
        centerId: filter.center || null,
      },
    },
  });
  const columns = useMemo(() => resourceColumns(t), [t]);
  const options = useMemo(() => states.map((value) => ({ value, text: t(`state.resource.${value}`) })), [t]);
  const filtered = filter.search !== '' || filter.states.length > 0 || filter.center !== '';
  const page = data?.resources;
  const endCursor = page?.pageInfo.endCursor;

  if (error && !page) {
    return (
      <>
        <PageHeader title={t('resource.list')} />
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
      <PageHeader title={t('resource.list')} />
      <FilterBar active={filtered} onClear={() => setFilter(noFilter)}>
        <SearchFilter
          label={t('resource.search')}
          placeholder={t('resource.searchPlaceholder')}
          value={filter.search}
          onChange={(search) => setFilter({ search })}
        />
        <Select
          className="jy-filter-select"
          aria-label={t('resource.center')}
          value={filter.center}
          onChange={(center: string) => setFilter({ center })}
          options={[
            { value: '', label: t('resource.allCenters') },
            ...(data?.centers ?? []).map((center) => ({
              value: center.id,
              label: <CenterMark role={center.role} name={center.name} />,
            })),
          ]}
        />
        <ChipFilter
          label={t('resource.state')}
          options={options}
          value={filter.states}
          onChange={(chosen) => setFilter({ states: chosen })}
        />
      </FilterBar>
      {page ? (
        <ResourceTable
          name="resources"
          caption={t('resource.list')}
          columns={columns}
          rows={readFragment(ResourceRow, page.nodes)}
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
              <EmptyState
                title={t('resource.none')}
                action={may('REQUEST', 'CREATE') && <Link to={routes.newRequest()}>{t('request.new')}</Link>}
              >
                {t('resource.noneText')}
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
