import { Button, Checkbox } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { RequestOrder, RequestState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useStoredChoice } from '../../../lib/stored';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import type { Column } from '../../../ui/table/columns';
import { useSeesOneDepartment } from '../../../ui/viewer-context';
import { BatchDialog } from '../components/BatchDialog';
import { ReviewPanel } from '../components/ReviewPanel';
import { requestColumns } from '../components/request-columns';
import { following, neighbour, type QueueKey, useQueueKeys } from '../queue-keys';
import { RequestListQuery, RequestRow } from '../request-list.gql';

type QueueRow = ResultOf<typeof RequestRow>;

const orders: readonly RequestOrder[] = ['NEWEST', 'OLDEST', 'WAITING_LONGEST', 'DUE_FIRST'];
const narrowings = ['overdue', 'escalated'] as const;
const spec = {
  search: urlText(),
  only: urlManyOf(narrowings),
  order: urlOneOf(orders, 'DUE_FIRST'),
};
/** Beside the opened request only what tells the rows apart. */
const BESIDE_PANEL = new Set(['select', 'code', 'system', 'due']);
/** Shown when it is chosen: in a queue it counts how long one waits and until when, and English words leave no room beside that. */
const OF_THE_LIST = new Set(['createdAt']);
/** What can be approved together with others: drafts and returned ones only wait to be sent. */
const IN_CHAIN = new Set<RequestState>(['AWAITING_SIGN_OFF', 'UNDER_REVIEW']);

/** What waits for my decision, the next due first; the opened one stands beside the list and in the URL. */
export function ApprovalQueuePage() {
  const { t } = useTranslation();
  const seesOneDepartment = useSeesOneDepartment();
  const [params, setParams] = useSearchParams();
  const open = params.get('open');
  const list = useList({
    name: 'approvals',
    spec,
    query: RequestListQuery,
    variables: ({ search, only, order }) => ({
      orderBy: order,
      filter: {
        // What was escalated to me is another's to decide.
        awaitingMe: !only.includes('escalated'),
        escalatedToMe: only.includes('escalated'),
        overdue: only.includes('overdue'),
        search: search || null,
      },
    }),
    rows: ({ requests }) => ({ ...requests, rows: readFragment(RequestRow, requests.nodes) }),
  });
  const { filter, setFilter } = list;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [batch, setBatch] = useState(false);
  const chosen = useMemo(
    () => (list.rows ?? []).filter((row) => selected.has(row.id) && IN_CHAIN.has(row.state)),
    [list.rows, selected],
  );
  const select = useCallback((id: string, on: boolean) => {
    setSelected((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const columns = useMemo((): Column<QueueRow, RequestOrder>[] => {
    const toPanel = (id: string) => {
      const next = new URLSearchParams(params);
      next.set('open', id);
      return `?${next}`;
    };
    return [
      {
        key: 'select',
        title: t('chain.select'),
        tick: true,
        leading: true,
        render: (row) => (
          <Checkbox
            aria-label={t('chain.selectOne', { code: row.code })}
            disabled={!IN_CHAIN.has(row.state)}
            checked={selected.has(row.id)}
            onChange={(event) => select(row.id, event.target.checked)}
          />
        ),
        text: () => null,
      },
      ...requestColumns(t, toPanel, seesOneDepartment).map((column) =>
        OF_THE_LIST.has(column.key) ? { ...column, optional: true } : column,
      ),
    ];
  }, [t, params, seesOneDepartment, selected, select]);
  const selectable = (list.rows ?? []).filter((row) => IN_CHAIN.has(row.state));
  const close = useCallback(
    () =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        next.delete('open');
        return next;
      }),
    [setParams],
  );

  /** Whoever works through the queue goes on to the next without looking for it. */
  const toNext = useCallback(() => {
    const ids = (list.rows ?? []).map(({ id }) => id);
    const next = open && following(ids, open);
    if (!next) return close();
    setParams(
      (now) => {
        const address = new URLSearchParams(now);
        address.set('open', next);
        return address;
      },
      { replace: true },
    );
  }, [list.rows, open, close, setParams]);

  const [keysOn, setKeysOn] = useStoredChoice('jiyun.queue.keys', (text) => text !== 'false');
  const [pressed, setPressed] = useState<{ id: string; key: 'approve' | 'return' } | null>(null);
  const act = useCallback(
    (key: QueueKey) => {
      const rows = list.rows ?? [];
      if (key === 'close') return close();
      if (key === 'next' || key === 'previous') {
        const to = neighbour(
          rows.map(({ id }) => id),
          open,
          key === 'next' ? 1 : -1,
        );
        if (to)
          setParams(
            (now) => {
              const next = new URLSearchParams(now);
              next.set('open', to);
              return next;
            },
            { replace: open !== null },
          );
      } else if (open && key === 'select') {
        if (rows.some((row) => row.id === open && IN_CHAIN.has(row.state))) select(open, !selected.has(open));
      } else if (open && key !== 'select') setPressed({ id: open, key });
    },
    [list.rows, open, close, setParams, select, selected],
  );
  useQueueKeys(keysOn, act);

  return (
    <>
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
        beside={
          open && (
            <ReviewPanel
              key={open}
              id={open}
              pressed={pressed?.id === open ? pressed : null}
              onClose={close}
              onDone={toNext}
            />
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('request.search')}
              placeholder={t('request.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <ChipFilter
              label={t('chain.only')}
              options={narrowings.map((value) => ({ value, text: t(`chain.narrow.${value}`) }))}
              value={filter.only}
              onChange={(only) => setFilter({ only })}
            />
          </>
        }
        actions={
          selectable.length > 0 && (
            <div className="jy-batch">
              <Button
                onClick={() =>
                  setSelected(
                    chosen.length === selectable.length ? new Set() : new Set(selectable.map((row) => row.id)),
                  )
                }
              >
                {t(chosen.length === selectable.length ? 'chain.selectNone' : 'chain.selectAll')}
              </Button>
              <Button type="primary" disabled={chosen.length === 0} onClick={() => setBatch(true)}>
                {t('chain.batch', { selected: chosen.length })}
              </Button>
            </div>
          )
        }
        empty={
          <EmptyState title={t('request.queueEmpty')} action={<Link to={routes.requests()}>{t('request.list')}</Link>}>
            {t('request.queueEmptyText')}
          </EmptyState>
        }
      >
        <p className="jy-keys-hint">
          <Checkbox checked={keysOn} onChange={(event) => setKeysOn(event.target.checked)}>
            {t('queueKeys.on')}
          </Checkbox>
          {keysOn && <span className="jy-quiet-text">{t('queueKeys.hint')}</span>}
        </p>
      </ListPage>
      {batch && (
        <BatchDialog
          rows={chosen}
          onClose={() => {
            setBatch(false);
            setSelected(new Set());
          }}
        />
      )}
    </>
  );
}
