import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { Conflicts } from '../components/Conflicts';
import { TicketButtons } from '../components/TicketButtons';
import { Affected, TicketLinks, TicketNotices } from '../components/TicketConcerns';
import { TicketFactsPanel } from '../components/TicketFactsPanel';
import { Due, SeverityTag, TicketStateTag } from '../components/TicketParts';
import { Timeline } from '../components/Timeline';
import { type Ticket, TicketFacts, TicketQuery, TicketRow } from '../duty.gql';
import { FaultDialog } from '../forms/FaultDialog';
import { NoticeDialog } from '../forms/NoticeDialog';
import { OpenTicketDialog } from '../forms/OpenTicketDialog';
import { AssignDialog, LinkDialog, NoteDialog } from '../forms/SmallDialogs';
import { ConflictParts } from '../plans.gql';
import { useDutyLive } from '../use-duty-live';

type Dialog = 'NOTE' | 'ASSIGN' | 'LINK' | 'FAULT' | 'NOTICE' | 'PROBLEM';

/** One event, change or problem: what to press next, what it is about, whom it concerns, and what became of it. */
export function TicketPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: TicketQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useDutyLive(again);
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={8} />;
  if (!data.dutyTicket)
    return (
      <EmptyState title={t('desk.notThere')} action={<Link to={routes.dutyTickets()}>{t('desk.tickets')}</Link>}>
        {t('desk.notThereText')}
      </EmptyState>
    );
  return <TicketParts ticket={readFragment(TicketFacts, data.dutyTicket)} />;
}

const calendarOf = ({ plannedFrom }: Ticket) =>
  routes.dutyCalendar(plannedFrom ? exactTime(plannedFrom).slice(0, 10) : undefined);

function TicketParts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const may = useMay();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const row = readFragment(TicketRow, ticket);
  const operates = may('DUTY', 'OPERATE');
  const close = () => setDialog(null);
  const hasProblem = ticket.namedBy.some(({ kind }) => kind === 'PROBLEM');
  const more: { key: Dialog; label: string }[] = [
    { key: 'NOTE', label: t('desk.note') },
    { key: 'ASSIGN', label: t('desk.assign') },
    { key: 'LINK', label: t('desk.link') },
  ];
  return (
    <>
      <PageHeader
        title={row.code}
        back={<Link to={routes.duty()}>{t('desk.name')}</Link>}
        state={
          <>
            <SeverityTag severity={row.severity} /> <TicketStateTag state={row.state} />
          </>
        }
        actions={
          operates && (
            <>
              {more.map(({ key, label }) => (
                <Button key={key} type="text" onClick={() => setDialog(key)}>
                  {label}
                </Button>
              ))}
              <Button onClick={() => setDialog('NOTICE')}>{t('desk.notice')}</Button>
              {row.kind === 'EVENT' && !hasProblem && (
                <Button onClick={() => setDialog('PROBLEM')}>{t('desk.toProblem')}</Button>
              )}
              {ticket.mayDecideFault && (
                <Button type={row.state === 'RESTORED' ? 'primary' : 'default'} onClick={() => setDialog('FAULT')}>
                  {t('desk.fault')}
                </Button>
              )}
              <TicketButtons ticket={row} frozen={ticket.frozenBecause} />
            </>
          )
        }
      >
        {row.title}
      </PageHeader>
      {row.due && (
        <p className="jy-desk-deadline">
          <Due due={row.due} />
        </p>
      )}
      {ticket.frozenBecause && <p className="jy-desk-frozen">{ticket.frozenBecause}</p>}
      {ticket.conflicts.length > 0 && (
        <Panel
          title={t('changeCalendar.ofTicket')}
          aside={<Link to={calendarOf(ticket)}>{t('changeCalendar.title')}</Link>}
        >
          <Conflicts conflicts={readFragment(ConflictParts, ticket.conflicts)} />
        </Panel>
      )}
      <TicketFactsPanel ticket={ticket} row={row} />
      <div className="jy-desk-columns">
        <Panel title={t('desk.timeline')}>
          <Timeline key={ticket.id} ticket={ticket} />
        </Panel>
        <div>
          <TicketLinks ticket={ticket} row={row} operates={operates} />
          <Affected ticket={ticket} />
          <TicketNotices ticket={ticket} />
        </div>
      </div>
      {dialog === 'NOTE' && <NoteDialog row={row} onClose={close} />}
      {dialog === 'ASSIGN' && <AssignDialog row={row} onClose={close} />}
      {dialog === 'LINK' && <LinkDialog row={row} onClose={close} />}
      {dialog === 'FAULT' && <FaultDialog ticket={ticket} row={row} onClose={close} />}
      {dialog === 'NOTICE' && <NoticeDialog ticket={ticket} row={row} onClose={close} />}
      {dialog === 'PROBLEM' && (
        <OpenTicketDialog
          kind="PROBLEM"
          begun={{
            title: row.title,
            centerId: row.center?.id ?? '',
            links: [
              { subjectType: 'DutyTicket', subject: ticket.id },
              ...ticket.links
                .filter(({ subjectType }) => subjectType === 'System' || subjectType === 'Resource')
                .map(({ subjectId, subjectType }) => ({ subjectType, subject: subjectId })),
            ],
          }}
          onClose={close}
        />
      )}
    </>
  );
}
