import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const TICKETS = [
  'dutyTickets',
  'dutyTicketCounts',
  'dutyTicket',
  'dutyLog',
  'dutyCalendar',
  'dutyStandardUses',
] as const;
const tickets: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, [...TICKETS]);
/** An event takes its alert on, too. */
const events: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [...TICKETS, 'drAlerts', 'drAlertCounts', 'drAlert']);
const faults: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, [...TICKETS, 'outages']);
const notices: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [...TICKETS, 'dutyNotices', 'dutyNotice']);
const standards: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['dutyStandardCatalogs', 'dutyTicket']);
const log: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['dutyLog']);

export const dutyCache = {
  keys: {
    DutyTicketConnection: embedded,
    DutyTicketEdge: embedded,
    DutyTicketCount: embedded,
    DutyTicketPayload: embedded,
    DutyTicketOffer: embedded,
    DutyTicketDue: embedded,
    DutyTicketLink: embedded,
    DutyTicketEntry: embedded,
    DutyTicketFault: embedded,
    DutyAffectedDepartment: embedded,
    DutyNoticeConnection: embedded,
    DutyNoticeEdge: embedded,
    DutyNoticePayload: embedded,
    DutyNoticeReceipt: embedded,
    DutyNoticeReading: embedded,
    DutyLogConnection: embedded,
    DutyLogEdge: embedded,
    DutyLogPayload: embedded,
    DutyHandOverPoint: embedded,
    DutyCalendar: embedded,
    DutyPlanned: embedded,
    DutyConflict: embedded,
    DutyStandardChange: embedded,
    DutyStandardUse: embedded,
    DutyStandardPayload: embedded,
  },
  updates: {
    Mutation: {
      openDutyTicket: events,
      openEventOfAlert: events,
      moveDutyTicket: tickets,
      assignDutyTicket: tickets,
      noteOnDutyTicket: tickets,
      linkDutyTicket: events,
      unlinkDutyTicket: events,
      confirmDutyFault: faults,
      denyDutyFault: faults,
      sendDutyNotice: notices,
      readDutyNotice: notices,
      remindOfDutyNotice: notices,
      writeDutyLog: log,
      settleDutyLog: log,
      beginDutyStandardDraft: standards,
      saveDutyStandardDraft: standards,
      discardDutyStandardDraft: standards,
      publishDutyStandardCatalog: standards,
    },
  },
} satisfies CacheExchangeOpts;
