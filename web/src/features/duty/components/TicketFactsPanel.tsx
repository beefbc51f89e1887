import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import type { Ticket, TicketLine } from '../duty.gql';

/** What its kind says of itself; of what was not said yet, nothing. */
export function TicketFactsPanel({ ticket, row }: { ticket: Ticket; row: TicketLine }) {
  const { t } = useTranslation();
  const words = (label: string, value: string | null) =>
    value ? [{ label, value: <span className="jy-desk-words">{value}</span>, wide: true }] : [];
  const moment = (label: string, at: string | null) => (at ? [{ label, value: <Time at={at} exact /> }] : []);
  const by = (label: string, name: string | null, at: string | null = null) =>
    name ? [{ label, value: at ? `${name} · ${exactTime(at)}` : name }] : [];
  const { outage } = ticket;
  return (
    <Panel title={t(`desk.kind.${row.kind}`)}>
      <Facts
        facts={[
          { label: t('desk.assignee'), value: row.assignee ?? t('desk.nobody') },
          { label: t('desk.center'), value: row.center?.name ?? '–' },
          {
            label: t('desk.judged'),
            value: `${t(`desk.impacts.${ticket.impact}`)} × ${t(`desk.urgencies.${ticket.urgency}`)}`,
          },
          ...(row.changeKind ? [{ label: t('desk.changeKind'), value: t(`desk.changeKinds.${row.changeKind}`) }] : []),
          ...(row.standardKey
            ? [
                {
                  label: t('standardChange.by'),
                  value: (
                    <Link className="jy-desk-link" to={routes.dutyStandards()}>
                      {t('standardChange.byEdition', { key: row.standardKey, number: ticket.standardEdition ?? 0 })}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(row.kind === 'EVENT' ? moment(t('desk.startedAt'), row.startedAt) : []),
          ...by(t('desk.openedBy'), ticket.openedBy, row.openedAt),
          ...moment(t('desk.respondedAt'), ticket.respondedAt),
          ...moment(t('desk.restoredAt'), ticket.restoredAt),
          ...(ticket.plannedFrom && ticket.plannedTo
            ? [{ label: t('desk.window'), value: `${exactTime(ticket.plannedFrom)} – ${exactTime(ticket.plannedTo)}` }]
            : []),
          ...by(t('desk.reviewedBy'), ticket.reviewedBy),
          ...by(t('desk.approvedBy'), ticket.approvedBy, ticket.approvedAt),
          ...by(t('desk.implementedBy'), ticket.implementedBy, ticket.implementedAt),
          ...words(t('desk.description'), ticket.description || null),
          ...words(t('desk.plan'), ticket.plan),
          ...words(t('desk.rollbackPlan'), ticket.rollbackPlan),
          ...words(t('desk.rootCause'), ticket.rootCause),
          ...words(t('desk.workaround'), ticket.workaround),
          ...words(t('desk.resolution'), ticket.resolution),
          ...(row.kind === 'EVENT'
            ? [
                {
                  label: t('desk.faultMinutes'),
                  value: outage ? (
                    <>
                      {t('desk.minutes', { n: outage.minutes })} ·{' '}
                      <Link
                        className="jy-desk-link"
                        to={`${routes.outages()}?search=${encodeURIComponent(outage.code)}`}
                      >
                        {outage.code}
                      </Link>{' '}
                      · {t(`outage.liabilities.${outage.liability}`)}
                      {outage.withdrawnAt && ` · ${t('desk.outageWithdrawn')}`}
                    </>
                  ) : ticket.faultDecidedAt ? (
                    t('desk.noneCounts', { by: ticket.faultDecidedBy ?? '' })
                  ) : ticket.fault ? (
                    t('desk.wouldCount', { n: ticket.fault.minutes })
                  ) : (
                    t('desk.faultLater')
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}
