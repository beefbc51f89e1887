import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import type { RequestOrder } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { useUrlState } from '../../../lib/use-url-state';
import { FilterBar, SearchFilter } from '../../../ui/FilterBar';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState, NothingFound } from '../../../ui/page-states';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { useSeesOneDepartment } from '../../../ui/viewer-context';
import { ReviewPanel } from '../components/ReviewPanel';
import { requestColumns } from '../components/request-columns';
import { RequestListQuery, RequestRow } from '../requests.gql';

const PAGE_SIZE = 50;
const orders: readonly RequestOrder[] = ['NEWEST', 'OLDEST', 'WAITING_LONGEST'];
const spec = { search: urlText(), order: urlOneOf(orders, 'WAITING_LONGEST') };
/** Beside the opened request only what tells the rows apart. */
const BESIDE_PANEL = new Set(['code', 'system', 'waiting', 'machines']);

/** What waits for my decision, the longest waiting first; the opened one stands beside the list and in the URL. */
export function ApprovalQueuePage() {
  const { t } = useTranslation();
  const seesOneDepartment = useSeesOneDepartment();
  const [filter, setFilter] = useUrlState(spec);
  const [params, setParams] = useSearchParams();
  const open = params.get('open');
  const paging = useKeyPaging();
  const [{ data, error, fetching }, ask] = useQuery({
    query: RequestListQuery,
    requestPolicy: 'cache-and-network',
    variables: {
      first: PAGE_SIZE,
      after: paging.after,
      orderBy: filter.order,
      filter: { awaitingMe: true, search: filter.search || null },
    },
  });
  const columns = useMemo(() => {
    const all = requestColumns(
      t,
      (id) => {
        const next = new URLSearchParams(params);
        next.set('open', id);
        return `?${next}`;
      },
      seesOneDepartment,
    );
    return open ? all.filter((column) => BESIDE_PANEL.has(column.key)) : all;
  }, [t, open, params, seesOneDepartment]);
  const close = useCallback(
    () =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        next.delete('open');
        return next;
      }),
    [setParams],
  );
  const page = data?.requests;
  const endCursor = page?.pageInfo.endCursor;

  return (
    <>
      <PageHeader title={t('request.queue')}>{t('request.queueLead')}</PageHeader>
      <div className={open ? 'jy-split' : undefined}>
        <div>
          <FilterBar active={filter.search !== ''} onClear={() => setFilter({ search: '' })}>
            <SearchFilter
              label={t('request.search')}
              placeholder={t('request.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
          </FilterBar>
          {page ? (
            <ResourceTable
              name="approvals"
              caption={t('request.queue')}
              columns={columns}
              rows={readFragment(RequestRow, page.nodes)}
              rowKey={(row) => row.id}
              selectedKey={open ?? undefined}
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
                filter.search ? (
                  <NothingFound onClear={() => setFilter({ search: '' })} />
                ) : (
                  <EmptyState
                    title={t('request.queueEmpty')}
                    action={<Link to={routes.requests()}>{t('request.list')}</Link>}
                  >
                    {t('request.queueEmptyText')}
                  </EmptyState>
                )
              }
            />
          ) : error ? (
            <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
          ) : (
            <LoadingState rows={8} />
          )}
        </div>
        {open && <ReviewPanel key={open} id={open} onClose={close} />}
      </div>
    </>
  );
}
