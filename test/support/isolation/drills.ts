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

/** Who plans and runs drills. */
const SAYS = ['recovery'];
const NAME = '外单位容灾演练';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const drill = () => toNodeId('DrDrill', newId());
const act = (
  name: string,
  type: string,
  seen: readonly string[],
  more: object = {},
  of: 'drDrillId' | 'drTicketId' = 'drDrillId',
): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${type}!) { ${name}(input: $input) { errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f[of] : toNodeId(of === 'drDrillId' ? 'DrDrill' : 'DrTicket', newId()),
        ...{ idempotencyKey: newId(), expectedVersion: 99, ...more },
      },
    },
  }),
  seen: [...seen],
  shows: saysCode('VERSION_CONFLICT'),
});

const noRule = { id: toNodeId('DrDrillRule', newId()), expectedVersion: 1 };
/** The rule is the province's; who may not keep it changes nothing, and nobody changes what is not there. */
const onRule = (mutation: string, input: string, fields: Record<string, unknown>): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { edition { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields } },
  }),
});

export const drillCases: Cases = {
  'Query.drDrills': {
    ask: (_f, exists) => ({
      query: 'query D($filter: DrDrillFilter) { drDrills(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? NAME : 'no such drill' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('drDrills'),
  },
  'Query.drDrill': {
    ask: byId('drDrill', (f) => f.drDrillId, drill),
    seen: RESOURCES_OF_ALL,
    shows: has('drDrill', 'id'),
  },
  'Query.drDrillCalendar': {
    ...CLOSED,
    ask: () => ({ query: '{ drDrillCalendar { entries { groupName } } }' }),
    seen: RESOURCES_OF_ALL,
    shows: saysCode('外单位容灾组'),
  },
  'Query.drTickets': {
    ...CLOSED,
    ask: () => ({ query: '{ drTickets { code } }' }),
    seen: RESOURCES_OF_ALL,
    shows: saysCode('ZG-2026-900001'),
  },
  'Query.drDrillPlaces': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query P($id: ID!) { drDrillPlaces(groupId: $id) { machines } }',
      variables: { id: exists ? f.drGroupId : toNodeId('DrGroup', newId()) },
    }),
  },
  'Query.drDrillFrozen': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query F($id: ID!, $center: ID!, $at: DateTime!) { drDrillFrozen(groupId: $id, centerId: $center, at: $at) }',
      variables: {
        ...{ id: exists ? f.drGroupId : toNodeId('DrGroup', newId()), center: toNodeId('Center', newId()) },
        at: new Date().toISOString(),
      },
    }),
  },
  'Query.dataCopies': {
    ...CLOSED,
    ask: (_f, exists) => ({
      query: 'query C($filter: DataCopyFilter) { dataCopies(filter: $filter) { total copies { machineName } } }',
      variables: { filter: { search: exists ? '外单位' : 'no such machine' } },
    }),
  },
  'Query.drDrillRules': { ...CLOSED, ask: () => ({ query: '{ drDrillRules { number } }' }) },
  // A draft without a word of why is refused, so that asking changes nothing.
  'Mutation.beginDrDrillRuleDraft': onRule('beginDrDrillRuleDraft', 'BeginDrDrillRuleDraftInput', { note: '' }),
  'Mutation.saveDrDrillRuleDraft': onRule('saveDrDrillRuleDraft', 'SaveDrDrillRuleDraftInput', {
    ...{ ...noRule, note: '', effectiveFrom: '2099-01-01', lines: [], rectifyDays: 30 },
  }),
  'Mutation.discardDrDrillRuleDraft': onRule('discardDrDrillRuleDraft', 'DrDrillRuleActInput', noRule),
  'Mutation.publishDrDrillRule': onRule('publishDrDrillRule', 'DrDrillRuleActInput', noRule),
  'Mutation.planDrDrill': {
    ask: (f, exists) => ({
      query: 'mutation M($input: PlanDrDrillInput!) { planDrDrill(input: $input) { errors { code message path } } }',
      variables: {
        input: {
          ...{ groupId: exists ? f.drGroupId : toNodeId('DrGroup', newId()), kind: 'TABLETOP', scenario: ' ' },
          ...{ plannedAt: new Date().toISOString(), cleanupHours: 4, items: [], idempotencyKey: newId() },
        },
      },
    }),
    seen: SAYS,
    shows: saysCode('INVALID_INPUT'),
  },
  // Who reads of it is told that it has moved on; whether it is his to agree to is asked after that.
  'Mutation.approveDrDrill': act('approveDrDrill', 'DrDrillInput', RESOURCES_OF_ALL),
  'Mutation.pressDrDrillItem': act('pressDrDrillItem', 'PressDrDrillItemInput', RESOURCES_OF_ALL, {
    ...{ number: 1, done: true, note: '' },
  }),
  'Mutation.cancelDrDrill': act('cancelDrDrill', 'EndDrDrillInput', SAYS, { reason: '说明' }),
  'Mutation.precheckDrDrill': act('precheckDrDrill', 'DrDrillInput', SAYS),
  'Mutation.startDrDrill': act('startDrDrill', 'DrDrillInput', SAYS),
  'Mutation.finishDrDrill': act('finishDrDrill', 'DrDrillInput', SAYS),
  'Mutation.abortDrDrill': act('abortDrDrill', 'EndDrDrillInput', SAYS, { reason: '说明' }),
  'Mutation.retryDrDrillCleanup': act('retryDrDrillCleanup', 'DrDrillInput', SAYS),
  'Mutation.assignDrTicket': act(
    ...(['assignDrTicket', 'AssignDrTicketInput', SAYS] as const),
    { ownerName: '某人', dueOn: '2099-01-01' },
    'drTicketId',
  ),
  'Mutation.doneDrTicket': act('doneDrTicket', 'DoneDrTicketInput', SAYS, { note: '说明' }, 'drTicketId'),
};

/** A draft of the rule is for those who write it and put it in force. */
export async function drillNodes(clients: Clients, foreign: Foreign): Promise<NodeIds> {
  const { beginDrDrillRuleDraft } = await (clients.get('recovery') as ConsoleClient).data(
    'mutation B($input: BeginDrDrillRuleDraftInput!) { beginDrDrillRuleDraft(input: $input) { edition { id } } }',
    { input: { idempotencyKey: newId(), note: '外单位看不到的草稿' } },
  );
  return {
    ...{ DrDrill: [foreign.drDrillId, RESOURCES_OF_ALL], DrTicket: [foreign.drTicketId, RESOURCES_OF_ALL] },
    DrDrillRule: [beginDrDrillRuleDraft.edition.id, ['recovery', 'authority', 'leader']],
  };
}

/** A drill of the foreign group that was talked of, and what is to be put right of it. */
export async function foreignDrill(
  { test }: TestConsole,
  drGroupNodeId: string,
): Promise<Pick<Foreign, 'drDrillId' | 'drTicketId'>> {
  const [drillId, ticketId] = [newId(), newId()];
  await test.db.query(
    `insert into dr_drill (id, code, group_id, system_id, department_id, group_name, kind, state, scenario, planned_at,
       cleanup_hours, cleanups, targets, has_data, created_at, planned_by_id, planned_by, version)
     select ?, 'YL-2026-900001', id, system_id, department_id, ?, 'TABLETOP', 'DRAFT', ?, now(), 4, 0,
       '{"level":null,"rtoSeconds":null,"rpoSeconds":null,"dooSeconds":null,"nroSeconds":null}', 0, now(), ?, '某人', 1
     from dr_group where id = ?`,
    [drillId, NAME, NAME, newId(), uuidOf('DrGroup', drGroupNodeId)],
  );
  await test.db.query(
    `insert into dr_drill_ticket (id, code, drill_id, system_id, department_id, deviation, owner_name, due_on, state, version)
     select ?, 'ZG-2026-900001', id, system_id, department_id, 'ABORTED', '某人', '2099-01-01', 'OPEN', 1 from dr_drill where id = ?`,
    [ticketId, drillId],
  );
  return { drDrillId: toNodeId('DrDrill', drillId), drTicketId: toNodeId('DrTicket', ticketId) };
}
