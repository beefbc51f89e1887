import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { DutyTicketKind } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time, Waiting } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { TicketButtons } from '../components/TicketButtons';
import { Due, SeverityTag, TicketStateTag } from '../components/TicketParts';
import { type Desk, DutyAlertRow, DutyDeskQuery, NoticeRow, type TicketLine, TicketRow } from '../duty.gql';
import { OpenEventOfAlertMutation } from '../duty-acts.gql';
import { aroundNow } from '../duty-looks';
import { OpenTicketDialog } from '../forms/OpenTicketDialog';
import { LogDialog } from '../forms/SmallDialogs';
import { useDutyLive } from '../use-duty-live';

type Alert = ResultOf<typeof DutyAlertRow>;
const kinds: readonly DutyTicketKind[] = ['EVENT', 'CHANGE', 'PROBLEM'];

/** 值班台: at three in the morning: what burns, in its order, each with the one button to press next; then all the rest. */
export function DutyDeskPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [span] = useState(aroundNow);
  const [open, setOpen] = useState<DutyTicketKind | 'LOG' | null>(null);
  const [{ data, error }, ask] = useQuery({
    query: DutyDeskQuery,
    variables: span,
    requestPolicy: 'cache-and-network',
  });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useDutyLive(again);
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={10} />;
  return (
    <>
      <PageHeader
        title={t('desk.name')}
        actions={
          may('DUTY', 'OPERATE') && (
            <>
              {(['CHANGE', 'PROBLEM'] as const).map((kind) => (
                <Button key={kind} onClick={() => setOpen(kind)}>
                  {t(`desk.open.${kind}`)}
                </Button>
              ))}
              <Button onClick={() => setOpen('LOG')}>{t('desk.log.write')}</Button>
              <Button onClick={() => setOpen('EVENT')}>{t('desk.open.EVENT')}</Button>
            </>
          )
        }
      >
        {t('desk.lead')}
      </PageHeader>
      {/* On a telephone, too, what burns comes first. */}
      <Burning desk={data} />
      <DeskStrip desk={data} />
      <div className="jy-desk-columns">
        <OpenTickets desk={data} />
        <Shift desk={data} />
      </div>
      {open !== null && open !== 'LOG' && <OpenTicketDialog kind={open} onClose={() => setOpen(null)} />}
      {open === 'LOG' && (
        <LogDialog
          centers={data.dutyRoster.now
            .map(({ center }) => center)
            .filter((one, at, all) => all.findIndex(({ id }) => id === one.id) === at)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** Four things in one line: who has it, what is frozen, how much is open, when it was handed over. */
function DeskStrip({ desk: { changeFreezes, drAlerts, dutyRoster, dutyTicketCounts } }: { desk: Desk }) {
  const { t } = useTranslation();
  const now = Date.now();
  const running = changeFreezes.filter(({ running: runs }) => runs);
  const next = changeFreezes.filter(({ endedAt, from }) => endedAt === null && Date.parse(from) > now).at(-1);
  const engineers = dutyRoster.now.filter(({ role }) => role === 'ENGINEER');
  const last = dutyRoster.handOvers.find(({ takenAt }) => takenAt !== null);
  const open = (kind: DutyTicketKind) =>
    dutyTicketCounts.filter((one) => one.kind === kind).reduce((sum, { tickets }) => sum + tickets, 0);
  return (
    <dl className="jy-desk-strip">
      <div>
        <dt>{t('desk.onDuty')}</dt>
        <dd>
          {engineers.length === 0 ? (
            <span className="jy-desk-late">{t('desk.nobodyOnDuty')}</span>
          ) : (
            [...Map.groupBy(engineers, ({ person }) => person ?? '–')].map(([name, shifts]) => (
              <div key={name}>
                {name}
                {shifts.some(({ own }) => own) && ` ${t('desk.you')}`}{' '}
                <span className="jy-quiet-text">{shifts.map(({ center }) => center.name).join(t('dr.comma'))}</span>
              </div>
            ))
          )}
          <div>
            <Link to={routes.dutyRoster()}>{t('alert.toRoster')}</Link>
          </div>
        </dd>
      </div>
      <div>
        <dt>{t('desk.freeze')}</dt>
        <dd>
          {running.length === 0 ? t('desk.noFreeze') : null}
          {running.map(({ centers, id, title, to }) => (
            <div key={id}>
              <strong>{title}</strong> {t('desk.freezeUntil', { at: exactTime(to) })}{' '}
              <span className="jy-quiet-text">
                {centers.length === 0 ? t('freeze.allCenters') : centers.map(({ name }) => name).join(t('dr.comma'))}
              </span>
            </div>
          ))}
          {next && (
            <div className="jy-quiet-text">{t('desk.nextFreeze', { title: next.title, at: exactTime(next.from) })}</div>
          )}
          <div>
            <Link to={routes.changeFreezes()}>{t('freeze.title')}</Link>
          </div>
        </dd>
      </div>
      <div>
        <dt>{t('desk.openTickets')}</dt>
        <dd>
          {kinds.map((kind) => (
            <Link key={kind} className="jy-desk-count" to={routes.dutyTickets({ kinds: kind })}>
              <span className="jy-number">{open(kind)}</span> {t(`desk.openOf.${kind}`, { n: open(kind) })}
            </Link>
          ))}
          <Link className="jy-desk-count" to={routes.alerts({ states: 'OPEN' })}>
            <span className="jy-number">{drAlerts.totalCount}</span>{' '}
            {t('desk.unansweredAlerts', { n: drAlerts.totalCount })}
          </Link>
        </dd>
      </div>
      <div>
        <dt>{t('desk.lastHandOver')}</dt>
        <dd>
          {last ? (
            <>
              {last.givenBy} → {last.to ?? '–'} <Time at={last.takenAt} />
              <div className="jy-quiet-text">
                {t('desk.pointsLeft', { n: last.points.filter(({ settledAt }) => settledAt === null).length })}
              </div>
            </>
          ) : (
            t('desk.noHandOver')
          )}
        </dd>
      </div>
    </dl>
  );
}

const gravity = (row: TicketLine): string => `${row.due?.isOver ? 0 : 1}${row.severity}${row.due?.at ?? row.openedAt}`;

/** Alerts that nobody has taken on, then events that are not over, the gravest and the latest first. */
function Burning({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const may = useMay();
  // One whose event is over, or that has become worse since, calls again, and is not taken on.
  const alerts = desk.drAlerts.nodes.map((node) => readFragment(DutyAlertRow, node));
  const events = desk.events.nodes
    .map((node) => readFragment(TicketRow, node))
    .toSorted((a, b) => gravity(a).localeCompare(gravity(b)));
  return (
    <Panel title={t('desk.burning')} className="jy-desk-burning">
      {alerts.length + events.length === 0 ? (
        <p className="jy-quiet-text">{t('desk.nothingBurns')}</p>
      ) : (
        <ul className="jy-desk-list">
          {alerts.map((alert) => (
            <AlertItem key={alert.id} alert={alert} operates={may('DUTY', 'OPERATE')} />
          ))}
          {events.map((event) => (
            <li key={event.id} className={`jy-desk-item jy-desk-${event.severity}`}>
              <div className="jy-desk-what">
                <SeverityTag severity={event.severity} /> <TicketStateTag state={event.state} />{' '}
                <Link to={routes.dutyTicket(event.id)}>{event.title}</Link>
                <div className="jy-quiet-text">
                  <span className="jy-code">{event.code}</span> {event.assignee ?? t('desk.nobody')} · {t('desk.since')}{' '}
                  <Waiting since={event.startedAt} />
                </div>
              </div>
              <div className="jy-desk-due">
                <Due due={event.due} />
              </div>
              <div className="jy-desk-press">
                <TicketButtons ticket={event} firstOnly />
                {event.offers.every(({ because }) => because !== null) && (
                  <Link to={routes.dutyTicket(event.id)}>{event.offers[0]?.because ?? t('desk.look')}</Link>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AlertItem({ alert, operates }: { alert: Alert; operates: boolean }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const navigate = useNavigate();
  const { send, busy } = useOutcome(OpenEventOfAlertMutation);
  const press = async () => {
    const { data, errors } = await send({ alertId: alert.id });
    const ticket = data?.outcome.ticket;
    if (!ticket) return notice(errors[0]?.message ?? '');
    notice(t('desk.eventOpened', { code: ticket.code }));
    void navigate(routes.dutyTicket(ticket.id));
  };
  return (
    <li className={`jy-desk-item ${alert.severity === 'CRITICAL' ? 'jy-desk-P1' : 'jy-desk-P3'}`}>
      <div className="jy-desk-what">
        <strong>{t(`alert.severity.${alert.severity}`)}</strong>{' '}
        <Link to={routes.alert(alert.id)}>{alert.answers.broken}</Link>
        {alert.behind > 0 && <> · {t('desk.behind', { n: alert.behind })}</>}
        <div className="jy-quiet-text">
          <span className="jy-code">{alert.code}</span> {alert.answers.promise} · {t('desk.since')}{' '}
          <Waiting since={alert.since} />
        </div>
      </div>
      <div className="jy-desk-due">
        {alert.unansweredAt ? (
          <span className="jy-desk-late">{t('alert.unanswered')}</span>
        ) : alert.nextCallAt ? (
          <>
            {t('desk.nextCall')} <Time at={alert.nextCallAt} exact />
          </>
        ) : null}
      </div>
      <div className="jy-desk-press">
        {alert.event && alert.event.closedAt === null ? (
          <Link to={routes.alert(alert.id)}>{t('desk.look')}</Link>
        ) : (
          operates && (
            <Button type="primary" loading={busy} onClick={press} aria-label={`${t('desk.takeOn')} ${alert.code}`}>
              {t('desk.takeOn')}
            </Button>
          )
        )}
      </div>
    </li>
  );
}

/** Changes and problems that are not over. */
function OpenTickets({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const rows = desk.others.nodes
    .map((node) => readFragment(TicketRow, node))
    .toSorted((a, b) => gravity(a).localeCompare(gravity(b)));
  return (
    <Panel
      title={t('desk.changesAndProblems')}
      aside={
        <>
          <Link to={routes.dutyCalendar()}>{t('changeCalendar.title')}</Link>{' '}
          <Link to={routes.dutyTickets()}>{t('desk.allTickets')}</Link>
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="jy-quiet-text">{t('desk.noOthers')}</p>
      ) : (
        <ul className="jy-desk-list">
          {rows.map((row) => (
            <li key={row.id} className="jy-desk-item">
              <div className="jy-desk-what">
                <TicketStateTag state={row.state} /> <Link to={routes.dutyTicket(row.id)}>{row.title}</Link>
                <div className="jy-quiet-text">
                  <span className="jy-code">{row.code}</span> {t(`desk.kind.${row.kind}`)}
                  {row.changeKind && ` · ${t(`desk.changeKinds.${row.changeKind}`)}`} ·{' '}
                  {row.assignee ?? t('desk.nobody')}
                </div>
              </div>
              <div className="jy-desk-due">
                <Due due={row.due} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What the shift carries: open points, and notices that somebody has not read. */
function Shift({ desk: { dutyLog, dutyNotices } }: { desk: Desk }) {
  const { t } = useTranslation();
  const points = dutyLog.nodes;
  return (
    <div>
      <Panel title={t('desk.openPoints')} aside={<Link to={routes.dutyLog()}>{t('desk.log.name')}</Link>}>
        {points.length === 0 ? (
          <p className="jy-quiet-text">{t('desk.noPoints')}</p>
        ) : (
          <ul className="jy-desk-list">
            {points.map(({ at, byName, center, id, text }) => (
              <li key={id} className="jy-desk-item">
                <div className="jy-desk-what">
                  {text}
                  <div className="jy-quiet-text">
                    {byName} · {center?.name ?? t('desk.log.wholeDesk')} · <Time at={at} />
                  </div>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('desk.unreadNotices')} aside={<Link to={routes.dutyNotices()}>{t('desk.notices')}</Link>}>
        {dutyNotices.nodes.length === 0 ? (
          <p className="jy-quiet-text">{t('desk.allRead')}</p>
        ) : (
          <ul className="jy-desk-list">
            {dutyNotices.nodes.map((node) => {
              const { code, id, reading, sentAt, title } = readFragment(NoticeRow, node);
              return (
                <li key={id} className="jy-desk-item">
                  <div className="jy-desk-what">
                    <Link to={routes.dutyNotice(id)}>{title}</Link>
                    <div className="jy-quiet-text">
                      <span className="jy-code">{code}</span> <Time at={sentAt} />
                    </div>
                  </div>
                  <div className="jy-desk-due">
                    {reading && t('desk.readOf', { read: reading.read, told: reading.told })}
                  </div>
                </li>
              );
            })}
          </ul>
        )}
      </Panel>
    </div>
  );
}
