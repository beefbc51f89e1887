import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { RequestOrder } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useSeesOneDepartment } from '../../../ui/viewer-context';
import { ReviewPanel } from '../components/ReviewPanel';
import { requestColumns } from '../components/request-columns';
import { RequestListQuery, RequestRow } from '../requests.gql';

const orders: readonly RequestOrder[] = ['NEWEST', 'OLDEST', 'WAITING_LONGEST'];
const spec = { search: urlText(), order: urlOneOf(orders, 'WAITING_LONGEST') };
/** Beside the opened request only what tells the rows apart. */
const BESIDE_PANEL = new Set(['code', 'system', 'waiting', 'machines']);

/** What waits for my decision, the longest waiting first; the opened one stands beside the list and in the URL. */
export function ApprovalQueuePage() {
  const { t } = useTranslation();
  const seesOneDepartment = useSeesOneDepartment();
  const [params, setParams] = useSearchParams();
  const open = params.get('open');
  const list = useList({
    name: 'approvals',
    spec,
    query: RequestListQuery,
    variables: ({ search, order }) => ({ orderBy: order, filter: { awaitingMe: true, search: search || null } }),
    rows: ({ requests }) => ({ ...requests, rows: readFragment(RequestRow, requests.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(
    () =>
      requestColumns(
        t,
        (id) => {
          const next = new URLSearchParams(params);
          next.set('open', id);
          return `?${next}`;
        },
        seesOneDepartment,
      ),
    [t, params, seesOneDepartment],
  );
  const close = useCallback(
    () =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        next.delete('open');
        return next;
      }),
    [setParams],
  );

  return (
    <ListPage
      list={list}
      title={t('request.queue')}
      lead={t('request.queueLead')}
      columns={columns}
      columnsBeside={BESIDE_PANEL}
      rowKey={(row) => row.id}
      selectedKey={open ?? undefined}
      order={filter.order}
      onOrder={(order) => setFilter({ order })}
      beside={open && <ReviewPanel key={open} id={open} onClose={close} />}
      filters={
        <SearchFilter
          label={t('request.search')}
          placeholder={t('request.searchPlaceholder')}
          value={filter.search}
          onChange={(search) => setFilter({ search })}
        />
      }
      empty={
        <EmptyState title={t('request.queueEmpty')} action={<Link to={routes.requests()}>{t('request.list')}</Link>}>
          {t('request.queueEmptyText')}
        </EmptyState>
      }
    />
  );
}
