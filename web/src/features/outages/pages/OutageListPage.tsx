import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OutageLayer } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { OutageDialog, outageLayers } from '../forms/OutageDialog';
import { WithdrawOutageDialog } from '../forms/WithdrawOutageDialog';
import { OutageListQuery, OutageRow } from '../outages.gql';

type Row = ResultOf<typeof OutageRow>;
type Open = { kind: 'record' } | { kind: 'correct' | 'withdraw'; row: Row } | null;
type Show = 'LASTING' | 'WITHDRAWN';
const shows: readonly Show[] = ['LASTING', 'WITHDRAWN'];
const spec = { search: urlText(), layers: urlManyOf<OutageLayer>(outageLayers), show: urlManyOf<Show>(shows) };

/** 中断登记: what was down, from when to when, and whose fault it was; contracts and availability are judged by it. */
export function OutageListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const list = useList({
    name: 'outages',
    spec,
    query: OutageListQuery,
    variables: ({ search, layers, show }) => ({
      filter: {
        search: search || null,
        layers: layers.length > 0 ? layers : null,
        lastingOnly: show.includes('LASTING'),
        withdrawn: show.includes('WITHDRAWN'),
      },
    }),
    rows: ({ outages }) => ({ ...outages, rows: readFragment(OutageRow, outages.nodes) }),
  });
  const edits = may('OUTAGE', 'EDIT');
  const columns = useMemo((): Column<Row>[] => {
    const end = (row: Row) => (row.to ? exactTime(row.to) : t('outage.lasts'));
    const place = (row: Row) => [row.center.name, row.pool?.code].filter(Boolean).join(' · ');
    const layer = (row: Row) => t(`outage.layers.${row.layer}`);
    const whose = (row: Row) => t(`outage.liabilities.${row.liability}`);
    const systems = (row: Row) => row.systems.map(({ name }) => name).join(t('outage.comma'));
    const all: (Column<Row> | false)[] = [
      {
        ...{ key: 'title', title: t('outage.title'), leading: true },
        render: (row) => (
          <>
            {row.title}
            <div className="jy-code jy-quiet-text">{row.code}</div>
            {row.withdrawnReason && (
              <div className="jy-quiet-text">{t('outage.withdrawnBecause', { reason: row.withdrawnReason })}</div>
            )}
            {row.files.map((file) => (
              <a key={file.id} className="jy-spend-file" href={file.url}>
                {file.name}
              </a>
            ))}
          </>
        ),
        text: (row) => `${row.code} ${row.title}`,
      },
      { ...{ key: 'layer', title: t('outage.layer') }, render: layer, text: layer },
      { ...{ key: 'center', title: t('outage.center') }, render: place, text: place },
      {
        ...{ key: 'from', title: t('outage.from') },
        render: (row) => <span className="jy-number">{exactTime(row.from)}</span>,
        text: (row) => exactTime(row.from),
      },
      {
        ...{ key: 'to', title: t('outage.to') },
        render: (row) => <span className={row.to ? 'jy-number' : 'jy-mark'}>{end(row)}</span>,
        text: end,
      },
      {
        ...{ key: 'minutes', title: t('outage.minutes'), numeric: true },
        render: (row) => <span className="jy-number">{count(row.minutes)}</span>,
        text: (row) => row.minutes,
      },
      {
        ...{ key: 'liability', title: t('outage.liability') },
        render: (row) => (
          <>
            {whose(row)}
            {row.excuse && <div className="jy-quiet-text">{row.excuse}</div>}
          </>
        ),
        text: (row) => [whose(row), row.excuse].filter(Boolean).join(' '),
      },
      {
        ...{ key: 'order', title: t('outage.orderCode') },
        render: (row) =>
          row.orderId && row.orderCode ? <Link to={routes.workOrder(row.orderId)}>{row.orderCode}</Link> : '–',
        text: (row) => row.orderCode ?? '',
      },
      {
        ...{ key: 'window', title: t('outage.windowCode'), optional: true },
        render: (row) => <span className="jy-code">{row.windowCode ?? '–'}</span>,
        text: (row) => row.windowCode ?? '',
      },
      { ...{ key: 'systems', title: t('outage.systems'), optional: true }, render: systems, text: systems },
      {
        ...{ key: 'source', title: t('outage.source'), optional: true },
        render: (row) => row.source,
        text: (row) => row.source,
      },
      {
        ...{ key: 'recorded', title: t('outage.recordedBy') },
        render: (row) => (
          <span title={exactTime(row.changedAt ?? row.recordedAt)}>{row.changedBy ?? row.recordedBy}</span>
        ),
        text: (row) => row.changedBy ?? row.recordedBy,
      },
      edits && {
        ...{ key: 'acts', title: t('spend.acts') },
        render: (row) =>
          row.withdrawnAt ? null : (
            <span className="jy-row-acts">
              <Button size="small" onClick={() => setOpen({ kind: 'correct', row })}>
                {t(row.to ? 'outage.correct' : 'outage.end')}
              </Button>
              <Button size="small" onClick={() => setOpen({ kind: 'withdraw', row })}>
                {t('outage.withdraw')}
              </Button>
            </span>
          ),
        text: () => null,
      },
    ];
    return all.filter((column) => column !== false);
  }, [t, edits]);
  const record = edits && (
    <Button type="primary" onClick={() => setOpen({ kind: 'record' })}>
      {t('outage.record')}
    </Button>
  );
  const close = () => setOpen(null);
  return (
    <>
      <ListPage
        list={list}
        title={t('outage.list')}
        lead={t('outage.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={record}
        filters={
          <>
            <SearchFilter
              label={t('outage.search')}
              placeholder={t('outage.searchPlaceholder')}
              value={list.filter.search}
              onChange={(search) => list.setFilter({ search })}
            />
            <ChipFilter
              label={t('outage.layer')}
              options={outageLayers.map((value) => ({ value, text: t(`outage.layers.${value}`) }))}
              value={list.filter.layers}
              onChange={(layers) => list.setFilter({ layers })}
            />
            <ChipFilter
              label={t('outage.show')}
              options={shows.map((value) => ({ value, text: t(`outage.shows.${value}`) }))}
              value={list.filter.show}
              onChange={(show) => list.setFilter({ show })}
            />
          </>
        }
        empty={
          <EmptyState title={t('outage.none')} action={record || undefined}>
            {t('outage.noneText')}
          </EmptyState>
        }
      />
      {open?.kind === 'record' && <OutageDialog row={null} onClose={close} />}
      {open?.kind === 'correct' && <OutageDialog row={open.row} onClose={close} />}
      {open?.kind === 'withdraw' && <WithdrawOutageDialog row={open.row} onClose={close} />}
    </>
  );
}
