import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import type { ConsoleClient } from '../console-client.ts';
import {
  byId,
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  has,
  listed,
  type NodeIds,
  RESOURCES_OF_ALL,
} from './case.ts';

/** Who works at the desk. */
const ON_DUTY = ['recovery', 'duty', 'leader'];
/** Who keeps the book of outages. */
const KEEPS_OUTAGES = ['facility', 'duty'];
const TITLE = '外单位事件';
const TEXT = '外单位日志';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const ticket = () => toNodeId('DutyTicket', newId());
const notice = () => toNodeId('DutyNotice', newId());
const act =
  (name: string, type: string, input: (f: Foreign, exists: boolean) => object): Case['ask'] =>
  (f, exists) => ({
    query: `mutation M($input: ${type}!) { ${name}(input: $input) { errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...input(f, exists) } },
  });
/** An act on a ticket that somebody else has changed meanwhile. */
const onTicket = (name: string, type: string, more: object, seen = ON_DUTY): Case => ({
  ask: act(name, type, (f, exists) => ({ id: exists ? f.dutyTicketId : ticket(), expectedVersion: 99, ...more })),
  seen,
  shows: saysCode('VERSION_CONFLICT'),
});

const noCatalog = { id: toNodeId('DutyStandardCatalog', newId()), expectedVersion: 1 };
/** The catalog is the desk's: of no department's. */
const onCatalog = (name: string, type: string, input: object): Case => ({
  ...CLOSED,
  ask: act(name, type, () => input),
});

export const dutyCases: Cases = {
  'Query.dutyTickets': {
    ask: (_f, exists) => ({
      query: 'query T($filter: DutyTicketFilter) { dutyTickets(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? TITLE : 'no such ticket' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('dutyTickets'),
  },
  // Numbers of what the viewer may see; the list's own case says of whom.
  'Query.dutyTicketCounts': { ...CLOSED, ask: () => ({ query: '{ dutyTicketCounts { tickets } }' }) },
  'Query.dutyCalendar': {
    ...CLOSED,
    ask: () => ({
      query: 'query C($from: DateTime!, $to: DateTime!) { dutyCalendar(from: $from, to: $to) { isCut } }',
      variables: { from: new Date(0).toISOString(), to: new Date(86_400_000).toISOString() },
    }),
  },
  'Query.dutyStandardCatalogs': { ...CLOSED, ask: () => ({ query: '{ dutyStandardCatalogs { number } }' }) },
  'Query.dutyStandardUses': { ...CLOSED, ask: () => ({ query: '{ dutyStandardUses { key } }' }) },
  // A draft without a word of why is refused, so that asking changes nothing.
  'Mutation.beginDutyStandardDraft': onCatalog('beginDutyStandardDraft', 'BeginDutyStandardDraftInput', { note: '' }),
  'Mutation.saveDutyStandardDraft': onCatalog('saveDutyStandardDraft', 'SaveDutyStandardDraftInput', {
    ...{ ...noCatalog, note: '', entries: [] },
  }),
  'Mutation.discardDutyStandardDraft': onCatalog('discardDutyStandardDraft', 'DutyStandardActInput', noCatalog),
  'Mutation.publishDutyStandardCatalog': onCatalog('publishDutyStandardCatalog', 'DutyStandardActInput', noCatalog),
  'Query.dutyTicket': {
    ask: byId('dutyTicket', (f) => f.dutyTicketId, ticket),
    seen: RESOURCES_OF_ALL,
    shows: has('dutyTicket', 'id'),
  },
  'Query.dutyLog': {
    ask: (_f, exists) => ({
      query: 'query L($filter: DutyLogFilter) { dutyLog(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? TEXT : 'no such entry' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('dutyLog'),
  },
  // What one's own department was sent; the single one's case says of whom.
  'Query.dutyNotices': { ...CLOSED, ask: () => ({ query: '{ dutyNotices { totalCount } }' }) },
  'Query.dutyNotice': {
    ask: byId('dutyNotice', (f) => f.dutyNoticeId, notice),
    seen: RESOURCES_OF_ALL,
    shows: has('dutyNotice', 'id'),
  },
  // Opens what is nobody's; what it names is looked for by those who see all of it.
  'Mutation.openDutyTicket': {
    ask: act('openDutyTicket', 'OpenDutyTicketInput', (f, exists) => ({
      ...{ kind: 'EVENT', title: '', impact: 'ONE', urgency: 'LOW' },
      links: [{ subjectType: 'DutyTicket', subject: exists ? f.dutyTicketId : ticket() }],
    })),
    seen: ON_DUTY,
    shows: ({ data }) => {
      const said = JSON.stringify(data);
      return said.includes('INVALID_INPUT') && !said.includes('UNKNOWN_REFERENCE');
    },
  },
  // The alert of the matrix is over, so that nothing moves while it is asked.
  'Mutation.openEventOfAlert': {
    ...CLOSED,
    ask: act('openEventOfAlert', 'OpenEventOfAlertInput', () => ({ alertId: toNodeId('DrAlert', newId()) })),
  },
  'Mutation.moveDutyTicket': onTicket('moveDutyTicket', 'MoveDutyTicketInput', { action: 'RESPOND' }),
  'Mutation.assignDutyTicket': onTicket('assignDutyTicket', 'AssignDutyTicketInput', {
    userId: toNodeId('User', newId()),
  }),
  'Mutation.noteOnDutyTicket': onTicket('noteOnDutyTicket', 'NoteOnDutyTicketInput', { text: '说明' }),
  'Mutation.linkDutyTicket': onTicket('linkDutyTicket', 'LinkDutyTicketInput', { subjectType: 'System', subject: 'x' }),
  'Mutation.unlinkDutyTicket': onTicket('unlinkDutyTicket', 'LinkDutyTicketInput', {
    subjectType: 'System',
    subject: toNodeId('System', newId()),
  }),
  'Mutation.confirmDutyFault': onTicket(
    'confirmDutyFault',
    'ConfirmDutyFaultInput',
    { layer: 'POWER', liability: 'PROVIDER' },
    KEEPS_OUTAGES,
  ),
  'Mutation.denyDutyFault': onTicket('denyDutyFault', 'DenyDutyFaultInput', { reason: '说明' }, KEEPS_OUTAGES),
  'Mutation.sendDutyNotice': {
    ask: act('sendDutyNotice', 'SendDutyNoticeInput', (f, exists) => ({
      ...{ ticketId: exists ? f.dutyTicketId : ticket(), kind: 'FAULT', title: '', body: '' },
    })),
    seen: ON_DUTY,
    shows: saysCode('INVALID_INPUT'),
  },
  // Only the department that it was sent to gives its receipt.
  'Mutation.readDutyNotice': {
    ask: act('readDutyNotice', 'DutyNoticeActInput', (f, exists) => ({ id: exists ? f.dutyNoticeId : notice() })),
    seen: [],
    shows: saysCode('NOT_PERMITTED'),
  },
  'Mutation.remindOfDutyNotice': {
    ask: act('remindOfDutyNotice', 'DutyNoticeActInput', (f, exists) => ({ id: exists ? f.dutyNoticeId : notice() })),
    seen: ON_DUTY,
    shows: saysCode('NOT_PERMITTED'),
  },
  'Mutation.writeDutyLog': {
    ...CLOSED,
    ask: act('writeDutyLog', 'WriteDutyLogInput', () => ({ kind: 'NOTE', text: '', isOpen: false })),
  },
  'Mutation.settleDutyLog': {
    ask: act('settleDutyLog', 'SettleDutyLogInput', (f, exists) => ({
      ...{ id: exists ? f.dutyLogId : toNodeId('DutyLogEntry', newId()), note: '说明' },
    })),
    seen: ON_DUTY,
    shows: saysCode('NOT_PERMITTED'),
  },
};

/** A draft of the catalog is for those who write it and put it in force. */
export async function dutyNodes(clients: Clients, foreign: Foreign): Promise<NodeIds> {
  const { beginDutyStandardDraft } = await (clients.get('recovery') as ConsoleClient).data(
    'mutation B($input: BeginDutyStandardDraftInput!) { beginDutyStandardDraft(input: $input) { edition { id } } }',
    { input: { note: '首版', idempotencyKey: newId() } },
  );
  return {
    DutyStandardCatalog: [beginDutyStandardDraft.edition.id, ['recovery', 'leader']],
    DutyTicket: [foreign.dutyTicketId, RESOURCES_OF_ALL],
    DutyNotice: [foreign.dutyNoticeId, RESOURCES_OF_ALL],
    DutyLogEntry: [foreign.dutyLogId, RESOURCES_OF_ALL],
  };
}

/** An event that is over, of the foreign system, and a notice of it that its department has read. */
export async function foreignTicket(
  { test }: TestConsole,
  systemNodeId: string,
): Promise<Pick<Foreign, 'dutyTicketId' | 'dutyNoticeId' | 'dutyLogId'>> {
  const [ticketId, noticeId, entryId] = [newId(), newId(), newId()];
  await test.db.query(
    `insert into duty_ticket (id, code, kind, state, open, title, description, impact, urgency, severity, started_at, opened_at,
       opened_by_id, opened_by, closed_at, version)
     values (?, 'SJ-2020-900001', 'EVENT', 'CANCELLED', null, ?, '', 'ONE', 'LOW', 'P4', now(), now(), ?, '某人', now(), 1)`,
    [ticketId, TITLE, newId()],
  );
  const systemId = uuidOf('System', systemNodeId);
  await test.db.query(
    `insert into duty_ticket_link (ticket_id, subject_type, subject_id, subject_name, linked_at, linked_by)
     values (?, 'System', ?, '外单位系统', now(), '某人')`,
    [ticketId, systemId],
  );
  await test.db.query(
    `insert into duty_notice (id, code, ticket_id, kind, title, body, sent_at, sent_by, version)
     values (?, 'TG-2020-900001', ?, 'FAULT', '外单位通告', '正文', now(), '某人', 1)`,
    [noticeId, ticketId],
  );
  await test.db.query(
    `insert into duty_notice_receipt (notice_id, department_id, system_ids, read_at, read_by)
     select ?, department_id, '[]', now(), '某人' from government_system where id = ?`,
    [noticeId, systemId],
  );
  await test.db.query(`insert into duty_log_entry (id, at, kind, text, by_name) values (?, now(), 'NOTE', ?, '某人')`, [
    entryId,
    TEXT,
  ]);
  return {
    dutyTicketId: toNodeId('DutyTicket', ticketId),
    dutyNoticeId: toNodeId('DutyNotice', noticeId),
    dutyLogId: toNodeId('DutyLogEntry', entryId),
  };
}
