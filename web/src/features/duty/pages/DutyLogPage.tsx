import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DutyLogKind } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { type LogLine, LogQuery, LogRow } from '../duty.gql';
import { LogDialog, SettleDialog } from '../forms/SmallDialogs';
import { useDutyLive } from '../use-duty-live';

const kinds: readonly DutyLogKind[] = ['NOTE', 'ROUND', 'CALL', 'TICKET', 'HAND_OVER'];
const SHOWN = ['OPEN'] as const;
const spec = { search: urlText(), kinds: urlManyOf(kinds), shown: urlManyOf(SHOWN) };

/** 值班日志: what happened in the shifts, and what of it is still open. */
export function DutyLogPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<'WRITE' | LogLine | null>(null);
  const list = useList({
    name: 'duty-log',
    spec,
    query: LogQuery,
    variables: ({ kinds: of, search, shown }) => ({
      filter: { search: search || null, kinds: of.length > 0 ? of : null, openOnly: shown.includes('OPEN') },
    }),
    rows: ({ dutyLog }) => ({ ...dutyLog, rows: readFragment(LogRow, dutyLog.nodes) }),
  });
  useDutyLive(list.retry);
  const { data, filter, setFilter } = list;
  const operates = may('DUTY', 'OPERATE');
  const columns = useMemo((): Column<LogLine>[] => logColumns(t, operates, setOpen), [t, operates]);
  return (
    <>
      <ListPage
        list={list}
        title={t('desk.log.name')}
        lead={t('desk.log.lead')}
        columns={columns}
        rowKey={({ id }) => id}
        actions={
          <>
            <Link to={routes.dutyRoster()}>{t('desk.log.handOver')}</Link>
            {operates && (
              <Button type="primary" onClick={() => setOpen('WRITE')}>
                {t('desk.log.write')}
              </Button>
            )}
          </>
        }
        filters={
          <>
            <SearchFilter
              label={t('desk.log.search')}
              placeholder={t('desk.log.search')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <ChipFilter
              label={t('desk.log.kind')}
              options={kinds.map((value) => ({ value, text: t(`desk.log.kinds.${value}`) }))}
              value={filter.kinds}
              onChange={(of) => setFilter({ kinds: of })}
            />
            <ChipFilter
              label={t('desk.shownLabel')}
              options={SHOWN.map((value) => ({ value, text: t('desk.log.openOnly') }))}
              value={filter.shown}
              onChange={(shown) => setFilter({ shown })}
            />
          </>
        }
        empty={<EmptyState title={t('desk.log.none')}>{t('desk.log.noneText')}</EmptyState>}
      />
      {open === 'WRITE' && <LogDialog centers={data?.centers ?? []} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'WRITE' && <SettleDialog entry={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function logColumns(t: TFunction, operates: boolean, settle: (row: LogLine) => void): Column<LogLine>[] {
  return [
    {
      ...{ key: 'text', title: t('desk.log.text'), leading: true },
      render: ({ text, ticketId }) => (
        <span className="jy-desk-words">{ticketId ? <Link to={routes.dutyTicket(ticketId)}>{text}</Link> : text}</span>
      ),
      text: ({ text }) => text,
    },
    {
      ...{ key: 'kind', title: t('desk.log.kind') },
      render: ({ kind }) => t(`desk.log.kinds.${kind}`),
      text: ({ kind }) => t(`desk.log.kinds.${kind}`),
    },
    {
      ...{ key: 'by', title: t('desk.log.by') },
      render: ({ byName, center }) => (
        <>
          {byName}
          <div className="jy-quiet-text">{center?.name ?? t('desk.log.wholeDesk')}</div>
        </>
      ),
      text: ({ byName }) => byName,
    },
    {
      ...{ key: 'at', title: t('desk.log.at') },
      render: ({ at }) => <Time at={at} exact />,
      text: ({ at }) => exactTime(at),
    },
    {
      ...{ key: 'state', title: t('desk.log.state') },
      render: (row) =>
        row.isOpen ? (
          <>
            <span className="jy-desk-late">{t('desk.log.openNow')}</span>{' '}
            {operates && row.ticketId === null && (
              <Button size="small" aria-label={`${t('desk.log.settle')} ${row.text}`} onClick={() => settle(row)}>
                {t('desk.log.settle')}
              </Button>
            )}
          </>
        ) : row.settledAt ? (
          <>
            {t('desk.log.settledBy', { by: row.settledBy ?? '' })} <Time at={row.settledAt} />
            {row.settledNote && <div className="jy-quiet-text">{row.settledNote}</div>}
          </>
        ) : (
          '–'
        ),
      text: ({ isOpen, settledBy }) => (isOpen ? t('desk.log.openNow') : (settledBy ?? '')),
    },
  ];
}
