import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DutySeverity, DutyTicketKind } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { Due, SeverityTag, TicketStateTag } from '../components/TicketParts';
import { type TicketLine, TicketListQuery, TicketRow } from '../duty.gql';
import { severityLooks } from '../duty-looks';
import { useDutyLive } from '../use-duty-live';

const kinds: readonly DutyTicketKind[] = ['EVENT', 'CHANGE', 'PROBLEM'];
const severities = Object.keys(severityLooks) as DutySeverity[];
const SHOWN = ['OPEN', 'MINE'] as const;
const spec = { search: urlText(), kinds: urlManyOf(kinds), severities: urlManyOf(severities), shown: urlManyOf(SHOWN) };

/** 工单: events, changes and problems, whoever has them. */
export function TicketListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'duty-tickets',
    spec,
    query: TicketListQuery,
    variables: ({ kinds: of, search, severities: grave, shown }) => ({
      filter: {
        search: search || null,
        kinds: of.length > 0 ? of : null,
        severities: grave.length > 0 ? grave : null,
        openOnly: shown.includes('OPEN'),
        mine: shown.includes('MINE'),
      },
    }),
    rows: ({ dutyTickets }) => ({ ...dutyTickets, rows: readFragment(TicketRow, dutyTickets.nodes) }),
  });
  useDutyLive(list.retry);
  const { data, filter, setFilter } = list;
  const open = (kind: DutyTicketKind) =>
    (data?.dutyTicketCounts ?? []).filter((one) => one.kind === kind).reduce((sum, { tickets }) => sum + tickets, 0);
  const columns = useMemo((): Column<TicketLine>[] => ticketColumns(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('desk.tickets')}
      lead={t('desk.ticketsLead')}
      columns={columns}
      rowKey={({ id }) => id}
      actions={<Link to={routes.duty()}>{t('desk.name')}</Link>}
      filters={
        <>
          <SearchFilter
            label={t('desk.search')}
            placeholder={t('desk.search')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('desk.kindLabel')}
            options={kinds.map((value) => ({ value, text: `${t(`desk.kind.${value}`)} ${count(open(value))}` }))}
            value={filter.kinds}
            onChange={(of) => setFilter({ kinds: of })}
          />
          <ChipFilter
            label={t('desk.severityLabel')}
            options={severities.map((value) => ({ value, text: t(`desk.severity.${value}`) }))}
            value={filter.severities}
            onChange={(grave) => setFilter({ severities: grave })}
          />
          <ChipFilter
            label={t('desk.shownLabel')}
            options={SHOWN.map((value) => ({ value, text: t(`desk.shown.${value}`) }))}
            value={filter.shown}
            onChange={(shown) => setFilter({ shown })}
          />
        </>
      }
      empty={
        <EmptyState title={t('desk.noTickets')} action={<Link to={routes.duty()}>{t('desk.name')}</Link>}>
          {t('desk.noTicketsText')}
        </EmptyState>
      }
    />
  );
}

function ticketColumns(t: TFunction): Column<TicketLine>[] {
  return [
    {
      ...{ key: 'title', title: t('desk.ticket'), leading: true },
      render: ({ code, id, kind, title }) => (
        <>
          <Link to={routes.dutyTicket(id)}>{title}</Link>
          <div className="jy-quiet-text">
            <span className="jy-code">{code}</span> {t(`desk.kind.${kind}`)}
          </div>
        </>
      ),
      text: ({ code, title }) => `${code} ${title}`,
    },
    {
      ...{ key: 'severity', title: t('desk.severityLabel') },
      render: ({ severity }) => <SeverityTag severity={severity} />,
      text: ({ severity }) => severity,
    },
    {
      ...{ key: 'state', title: t('desk.stateLabel') },
      render: ({ state }) => <TicketStateTag state={state} />,
      text: ({ state }) => t(`desk.state.${state}`),
    },
    {
      ...{ key: 'due', title: t('desk.due') },
      render: ({ due }) => <Due due={due} />,
      text: ({ due }) => (due ? `${t(`desk.clock.${due.what}`)} ${exactTime(due.at)}` : ''),
    },
    {
      ...{ key: 'assignee', title: t('desk.assignee') },
      render: ({ assignee }) => assignee ?? t('desk.nobody'),
      text: ({ assignee }) => assignee ?? '',
    },
    {
      ...{ key: 'center', title: t('desk.center'), optional: true },
      render: ({ center }) => center?.name ?? '–',
      text: ({ center }) => center?.name ?? '',
    },
    {
      ...{ key: 'opened', title: t('desk.openedAt') },
      render: ({ openedAt }) => <Time at={openedAt} />,
      text: ({ openedAt }) => exactTime(openedAt),
    },
  ];
}
