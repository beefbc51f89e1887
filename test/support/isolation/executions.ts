import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
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

/** Who writes runbooks, who carries executions out, who approves them, and who signs in advance. */
const WRITES = ['recovery'];
const OPERATES = ['recovery', 'duty'];
const SIGNS = ['recovery', 'authority', 'leader'];
const LEADS = ['leader'];
const RUNBOOK = '外单位切换预案';
const CODE = 'QH-2026-999999';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const nothing = (type: string) => () => toNodeId(type, newId());
const act =
  (name: string, type: string, input: (f: Foreign, exists: boolean) => object): Case['ask'] =>
  (f, exists) => ({
    query: `mutation M($input: ${type}!) { ${name}(input: $input) { errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...input(f, exists) } },
  });

export const executionCases: Cases = {
  'Query.drRunbooks': {
    ask: (_f, exists) => ({
      query: 'query R($filter: DrRunbookFilter) { drRunbooks(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? RUNBOOK : 'no such runbook' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('drRunbooks'),
  },
  'Query.drRunbook': {
    ask: byId('drRunbook', (f) => f.drRunbookId, nothing('DrRunbook')),
    seen: RESOURCES_OF_ALL,
    shows: has('drRunbook', 'id'),
  },
  // Written by nobody: what every runbook begins with.
  'Query.drUsualSteps': { ...CLOSED, ask: () => ({ query: '{ drUsualSteps(kind: FAILOVER) { action } }' }) },
  'Query.drStandingOrderHolders': {
    ...CLOSED,
    ask: () => ({ query: '{ drStandingOrderHolders { name } }' }),
  },
  'Query.drStandingOrders': {
    ...CLOSED,
    ask: () => ({ query: '{ drStandingOrders { id } }' }),
  },
  'Query.drExecutions': {
    ask: (_f, exists) => ({
      query: 'query E($filter: DrExecutionFilter) { drExecutions(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? CODE : 'QH-1900-000001' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('drExecutions'),
  },
  'Query.drExecution': {
    ask: byId('drExecution', (f) => f.drExecutionId, nothing('DrExecution')),
    seen: RESOURCES_OF_ALL,
    shows: has('drExecution', 'id'),
  },
  'Query.drExecutionPreview': {
    ask: (f, exists) => ({
      query:
        'query P($id: ID!, $to: ID!) { drExecutionPreview(groupId: $id, kind: SWITCHOVER, toCenterId: $to) { errors { code path } } }',
      variables: { id: exists ? f.drGroupId : toNodeId('DrGroup', newId()), to: toNodeId('Center', newId()) },
    }),
    seen: RESOURCES_OF_ALL,
    // Taken by the foreign execution: whoever may not see the group is told that there is none.
    shows: saysCode('NOT_PERMITTED'),
  },
  'Subscription.drExecutionChanged': {
    ask: (f, exists) => ({
      query: 'subscription S($id: ID!) { drExecutionChanged(id: $id) { execution { id } } }',
      variables: { id: exists ? f.drExecutionId : toNodeId('DrExecution', newId()) },
    }),
    seen: RESOURCES_OF_ALL,
    shows: has('drExecutionChanged', 'execution', 'id'),
  },
  'Mutation.createDrRunbook': {
    ask: act('createDrRunbook', 'CreateDrRunbookInput', (f, exists) => ({
      ...{ groupId: exists ? f.drGroupId : toNodeId('DrGroup', newId()), kind: 'FAILOVER', name: '预案', steps: [] },
    })),
    seen: WRITES,
    shows: saysCode('INVALID_INPUT'),
  },
  'Mutation.editDrRunbook': {
    ask: act('editDrRunbook', 'EditDrRunbookInput', (f, exists) => ({
      ...{ id: exists ? f.drRunbookId : toNodeId('DrRunbook', newId()), expectedVersion: 99, steps: [] },
    })),
    seen: WRITES,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.verifyDrRunbook': {
    ask: act('verifyDrRunbook', 'VerifyDrRunbookInput', (f, exists) => ({
      ...{ id: exists ? f.drRunbookId : toNodeId('DrRunbook', newId()), number: 1 },
    })),
    seen: SIGNS,
    shows: saysCode('ILLEGAL_TRANSITION'),
  },
  'Mutation.requestDrExecution': {
    ask: act('requestDrExecution', 'RequestDrExecutionInput', (f, exists) => ({
      ...{ groupId: exists ? f.drGroupId : toNodeId('DrGroup', newId()), kind: 'SWITCHOVER', reason: '年度切换' },
      ...{ runbookId: toNodeId('DrRunbook', newId()), toCenterId: toNodeId('Center', newId()) },
    })),
    seen: OPERATES,
    // It has one that is open.
    shows: saysCode(CODE),
  },
  'Mutation.approveDrExecution': {
    ask: act('approveDrExecution', 'ApproveDrExecutionInput', (f, exists) => ({
      ...{ id: exists ? f.drExecutionId : toNodeId('DrExecution', newId()), expectedVersion: 99 },
    })),
    seen: SIGNS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.steerDrExecution': {
    ask: act('steerDrExecution', 'SteerDrExecutionInput', (f, exists) => ({
      ...{ id: exists ? f.drExecutionId : toNodeId('DrExecution', newId()), expectedVersion: 99, steering: 'PAUSE' },
    })),
    seen: OPERATES,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.actOnDrStep': {
    ask: act('actOnDrStep', 'ActOnDrStepInput', (f, exists) => ({
      ...{ id: exists ? f.drStepId : toNodeId('DrStep', newId()), expectedVersion: 99, act: 'RETRY' },
    })),
    seen: OPERATES,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.signDrStandingOrder': {
    ask: act('signDrStandingOrder', 'SignDrStandingOrderInput', (f, exists) => ({
      ...{ kinds: [], trigger: '', holderId: exists ? f.userId : toNodeId('User', newId()) },
      ...{ from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' },
    })),
    seen: LEADS,
    shows: saysCode('INVALID_INPUT'),
  },
  'Mutation.revokeDrStandingOrder': {
    ...CLOSED,
    ask: act('revokeDrStandingOrder', 'RevokeDrStandingOrderInput', () => ({
      id: toNodeId('DrStandingOrder', newId()),
    })),
  },
};

export async function executionNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return {
    DrExecution: [foreign.drExecutionId, RESOURCES_OF_ALL],
    DrRunbook: [foreign.drRunbookId, RESOURCES_OF_ALL],
    DrStandingOrder: [foreign.drStandingOrderId, RESOURCES_OF_ALL],
  };
}

/** A verified runbook of the foreign group, an execution of it that waits for approval, and an advance approval. */
export async function foreignExecution(
  { test }: TestConsole,
  groupNodeId: string,
): Promise<Pick<Foreign, 'drExecutionId' | 'drStepId' | 'drRunbookId' | 'drStandingOrderId'>> {
  const groupId = uuidOf('DrGroup', groupNodeId);
  const [runbookId, executionId, stepId, orderId, author, other] = Array.from({ length: 6 }, () => newId());
  const audit = auditSchemaOf(test.address.database);
  await test.db.query(
    "insert into dr_runbook (id, group_id, kind, name, latest_number, created_at, version) values (?, ?, 'SWITCHOVER', ?, 1, now(3), 1)",
    [runbookId, groupId, RUNBOOK],
  );
  await test.db.query(
    `insert into dr_runbook_version (runbook_id, number, state, authored_by_id, authored_by, authored_at, verified_how,
       verified_by_id, verified_by, verified_at) values (?, 1, 'VERIFIED', ?, '甲', now(3), 'REVIEW', ?, '乙', now(3))`,
    [runbookId, author, other],
  );
  await test.db.query(
    `insert into \`${audit}\`.dr_runbook_text (runbook_id, number, kind, steps, hash, authored_by_id, authored_at)
     values (?, 1, 'SWITCHOVER', '[]', ?, ?, now(3))`,
    [runbookId, '0'.repeat(64), author],
  );
  await test.db.query(
    `insert into dr_execution (id, code, group_id, group_name, department_id, system_id, kind, state, from_center_id,
       to_center_id, reason, requested_by_id, requested_by, moments, created_at, version)
     select ?, ?, id, name, department_id, system_id, 'SWITCHOVER', 'DRAFT', ?, ?, '年度切换', ?, '甲', '{}', now(3), 1
     from dr_group where id = ?`,
    [executionId, CODE, newId(), newId(), author, groupId],
  );
  // As the service would have it: what holds the group is told to whoever may see it.
  await test.db.query(
    "insert into dr_group_occupation (group_id, by_kind, by_id, by_code, since) values (?, 'EXECUTION', ?, ?, now(3))",
    [groupId, executionId, CODE],
  );
  await test.db.query(
    `insert into dr_step (id, execution_id, number, stage, kind, action, title, instruction, timeout_seconds,
       retries, needs_evidence, second_check, params, state, version)
     values (?, ?, 1, 'PRECHECK', 'AUTOMATIC', 'CHECK_PREREQUISITES', '检查', '', 60, 0, 0, 0, '{}', 'WAITING', 1)`,
    [stepId, executionId],
  );
  await test.db.query(
    `insert into dr_standing_order (id, kinds, trigger_text, holder_id, holder, signed_by_id, signed_by, signed_at,
       valid_from, valid_until, version)
     values (?, '["FAILOVER"]', '中心整体失联', ?, '甲', ?, '乙', now(3), now(3), now(3) + interval 1 day, 1)`,
    [orderId, author, other],
  );
  return {
    drExecutionId: toNodeId('DrExecution', executionId as string),
    drStepId: toNodeId('DrStep', stepId as string),
    drRunbookId: toNodeId('DrRunbook', runbookId as string),
    drStandingOrderId: toNodeId('DrStandingOrder', orderId as string),
  };
}
