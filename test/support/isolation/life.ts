import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import {
  byId,
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  listed,
  type NodeIds,
  RESOURCES_OF_ALL,
} from './case.ts';

/** Who decides on terms beyond the rule and about reclaim. */
const CENTER_DECIDES = ['reviewer', 'allocator'];

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);

/** An act of a department on a foreign resource: nobody else may, whoever sees it. */
const onResource = (mutation: string, input: string, fields: object, selection = 'resource { id }'): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { ${selection} errors { code message path } } }`,
    variables: {
      input: { id: exists ? f.resourceId : f.nothingResource, expectedVersion: 1, idempotencyKey: newId(), ...fields },
    },
  }),
});

/** An act of a department on the term of a foreign line: nobody else may, whoever sees it. */
const onLine = (mutation: string, input: string, fields: object): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { term { id } errors { code message path } } }`,
    variables: {
      input: {
        lineId: exists ? f.lineId : toNodeId('RequestLine', newId()),
        expectedVersion: 1,
        idempotencyKey: newId(),
        ...fields,
      },
    },
  }),
});

const batch = (mutation: string, input: string, fields: object): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { results { errors { code message path } } errors { code message path } } }`,
    variables: {
      input: {
        idempotencyKey: newId(),
        items: [{ id: exists ? f.resourceId : f.nothingResource, expectedVersion: 1 }],
        ...fields,
      },
    },
  }),
});

/** Its version is never what is said here: who may act is told so, everybody else that there is none. */
const onExtension = (mutation: string, seen: readonly string[]): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: AnswerExtensionInput!) { ${mutation}(input: $input) { extension { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.extensionId : toNodeId('TermExtension', newId()),
        expectedVersion: 99,
        opinion: '说明',
        idempotencyKey: newId(),
      },
    },
  }),
  seen,
  shows: saysCode('VERSION_CONFLICT'),
});

const onCase = (mutation: string, seen: readonly string[]): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ReclaimActInput!) { ${mutation}(input: $input) { case { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.reclaimCaseId : toNodeId('ReclaimCase', newId()),
        expectedVersion: 99,
        reason: '说明',
        fileIds: [],
        idempotencyKey: newId(),
      },
    },
  }),
  seen,
  // The state of a case that was just noticed allows some steps and not others; both answers tell that it is there.
  shows: (answer) => saysCode('VERSION_CONFLICT')(answer) || saysCode('ILLEGAL_TRANSITION')(answer),
});

/** Decided by its department alone. */
const onDisk = (mutation: string, input: string, fields: object): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { disk { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.keptDiskId : toNodeId('KeptDisk', newId()),
        expectedVersion: 1,
        idempotencyKey: newId(),
        ...fields,
      },
    },
  }),
});

export const lifeCases: Cases = {
  'Query.keptDisks': {
    ask: (f, exists) => ({
      query: 'query K($search: String) { keptDisks(search: $search) { totalCount } }',
      variables: { search: exists ? f.resourceCode : 'no such code' },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('keptDisks'),
  },
  'Mutation.attachKeptDisk': onDisk('attachKeptDisk', 'AttachKeptDiskInput', {
    resourceId: toNodeId('Resource', newId()),
  }),
  'Mutation.detachKeptDisk': onDisk('detachKeptDisk', 'DetachKeptDiskInput', { days: 3 }),
  'Mutation.giveUpKeptDisk': onDisk('giveUpKeptDisk', 'GiveUpKeptDiskInput', { confirmName: 'none' }),
  'Query.lifePolicies': { ...CLOSED, ask: () => ({ query: '{ lifePolicies { name } }' }) },
  'Mutation.changeLifePolicies': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: ChangeLifePoliciesInput!) { changeLifePolicies(input: $input) { errors { code message path } } }',
      variables: {
        input: { idempotencyKey: newId(), changes: [{ name: 'BIN_DAYS', value: 7, expectedVersion: 99 }] },
      },
    }),
  },
  // The foreign machine is not in use yet; that sums keep to the scope is said by integration/utilisation/use-windows.spec.
  'Query.departmentUses': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query D($id: ID) { departmentUses(departmentId: $id) { totalCount } }',
      variables: { id: exists ? f.departmentId : toNodeId('Department', newId()) },
    }),
  },
  'Query.useTotal': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query U($id: ID) { useTotal(departmentId: $id) { machines seen idle } }',
      variables: { id: exists ? f.departmentId : toNodeId('Department', newId()) },
    }),
  },
  'Query.resourcesDue': {
    ask: (f, exists) => ({
      query: 'query R($search: String) { resourcesDue(list: ENDING, search: $search) { totalCount } }',
      variables: { search: exists ? f.resourceCode : 'no such code' },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('resourcesDue'),
  },
  'Query.linesDue': {
    ask: (f, exists) => ({
      query: 'query L($search: String) { linesDue(list: ENDING, search: $search) { totalCount } }',
      variables: { search: exists ? f.termRequestCode : 'no such code' },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('linesDue'),
  },
  'Query.lineTerm': {
    ask: (f, exists) => ({
      query: 'query L($id: ID!) { lineTerm(lineId: $id) { id } }',
      variables: { id: exists ? f.lineId : toNodeId('RequestLine', newId()) },
    }),
    seen: RESOURCES_OF_ALL,
    shows: (answer) => (answer.data as { lineTerm?: object } | null)?.lineTerm != null,
  },
  'Mutation.extendLineTerm': onLine('extendLineTerm', 'ExtendLineTermInput', { until: null, reason: 'x' }),
  'Mutation.reviewLine': onLine('reviewLine', 'ReviewLineInput', { note: null }),
  'Query.resourceTasks': {
    ask: (f, exists) => ({
      query: 'query T($id: ID) { resourceTasks(resourceId: $id) { totalCount } }',
      variables: { id: exists ? f.resourceId : f.nothingResource },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('resourceTasks'),
  },
  'Query.termExtensions': {
    ...CLOSED,
    // Those of everybody that one sees; that a foreign one is not among them is said by node(id).
    ask: () => ({ query: '{ termExtensions(states: [WITHDRAWN]) { totalCount } }' }),
  },
  'Query.reclaimCases': {
    ask: (f, exists) => ({
      query: 'query R($filter: ReclaimCaseFilter) { reclaimCases(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? f.reclaimCaseCode : 'no such code' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('reclaimCases'),
  },
  'Query.reclaimCase': {
    ask: byId(
      'reclaimCase',
      (f) => f.reclaimCaseId,
      () => toNodeId('ReclaimCase', newId()),
    ),
    seen: RESOURCES_OF_ALL,
    shows: (answer) => (answer.data as { reclaimCase?: object } | null)?.reclaimCase != null,
  },
  'Mutation.releaseResources': batch('releaseResources', 'ReleaseResourcesInput', { reason: 'x' }),
  'Mutation.reviewResources': batch('reviewResources', 'ReviewResourcesInput', { outcome: 'IN_USE', note: '' }),
  'Mutation.restoreResource': onResource('restoreResource', 'ResourceActInput', {}),
  'Mutation.purgeResource': onResource('purgeResource', 'PurgeResourceInput', { confirmName: 'web-1' }),
  'Mutation.protectResource': onResource('protectResource', 'ProtectResourceInput', { on: true }),
  'Mutation.extendTerm': onResource('extendTerm', 'ExtendTermInput', { until: null, reason: 'x' }, 'extension { id }'),
  'Mutation.grantExtension': onExtension('grantExtension', CENTER_DECIDES),
  'Mutation.refuseExtension': onExtension('refuseExtension', CENTER_DECIDES),
  'Mutation.withdrawExtension': onExtension('withdrawExtension', []),
  'Mutation.openReclaimCase': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: OpenReclaimCaseInput!) { openReclaimCase(input: $input) { case { id } errors { code message path } } }',
      variables: {
        input: {
          resourceId: exists ? f.resourceId : f.nothingResource,
          evidence: '闲置',
          figures: [],
          fileIds: [],
          idempotencyKey: newId(),
        },
      },
    }),
    seen: CENTER_DECIDES,
    // Not in use yet, or in a case already: both tell that it is there.
    shows: (answer) => saysCode('NOT_PERMITTED')(answer) || saysCode('ILLEGAL_TRANSITION')(answer),
  },
  // It is in a case already: that tells that it is there.
  'Mutation.openLineReclaimCase': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: OpenLineReclaimCaseInput!) { openLineReclaimCase(input: $input) { case { id } errors { code message path } } }',
      variables: {
        input: {
          lineId: exists ? f.lineId : toNodeId('RequestLine', newId()),
          evidence: '闲置',
          figures: [],
          fileIds: [],
          idempotencyKey: newId(),
        },
      },
    }),
    seen: CENTER_DECIDES,
    shows: saysCode('NOT_PERMITTED'),
  },
  'Mutation.objectToReclaim': onCase('objectToReclaim', []),
  // Its department may be in no case by now, or in a newer version of it: whoever does not act for it is told that there is none.
  'Mutation.answerReclaims': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: AnswerReclaimsInput!) { answerReclaims(input: $input) { results { errors { code message path } } errors { code message path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          answer: 'AGREE',
          reason: '',
          items: [{ id: exists ? f.reclaimCaseId : toNodeId('ReclaimCase', newId()), expectedVersion: 99 }],
        },
      },
    }),
  },
  'Mutation.agreeToReclaim': onCase('agreeToReclaim', []),
  'Mutation.decideReclaim': onCase('decideReclaim', CENTER_DECIDES),
  'Mutation.closeReclaimCase': onCase('closeReclaimCase', CENTER_DECIDES),
  'Mutation.undoReclaim': onCase('undoReclaim', CENTER_DECIDES),
};

export async function lifeNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return {
    TermExtension: [foreign.extensionId, RESOURCES_OF_ALL],
    KeptDisk: [foreign.keptDiskId, RESOURCES_OF_ALL],
    ResourceTask: [foreign.taskId, RESOURCES_OF_ALL],
    ReclaimCase: [foreign.reclaimCaseId, RESOURCES_OF_ALL],
  };
}

/** What waits about the foreign machine, as people and the calendar leave it. */
export async function foreignLife(
  { test }: TestConsole,
  resourceNodeId: string,
): Promise<
  Pick<Foreign, 'resourceCode' | 'termRequestCode' | 'taskId' | 'extensionId' | 'reclaimCaseId' | 'reclaimCaseCode'>
> {
  const resourceId = uuidOf('Resource', resourceNodeId) as string;
  const [resource] = await test.db.query('select code, department_id, system_id from resource where id = ?', [
    resourceId,
  ]);
  const [extensionId, caseId, taskId] = [newId(), newId(), newId()];
  const of = [resourceId, resource.department_id, resource.system_id];
  await test.db.query("update resource set temporary_until = '2099-12-31' where id = ?", [resourceId]);
  // Another than that of its making, which a worker may write.
  await test.db.query(
    `insert into resource_task (id, resource_id, department_id, system_id, center_id, generation, kind, state, text, failures,
       queued_at, changed_at)
     select ?, id, department_id, system_id, center_id, 999, 'APPLY', 'FAILED', '{"zh":"集群拒绝","en":"Refused"}', 1, now(), now()
     from resource where id = ?`,
    [taskId, resourceId],
  );
  await test.db.query(
    `insert into term_extension (id, resource_id, department_id, system_id, state, from_until, to_until, by_rule, reason,
       asked_at, asked_by_id, asked_by_name, version, open)
     values (?, ?, ?, ?, 'ASKED', '2099-12-31', null, 0, '长期使用', now(), ?, '外单位', 1, 1)`,
    [extensionId, ...of, newId()],
  );
  await test.db.query(
    `insert into reclaim_case (id, code, resource_id, department_id, system_id, state, cause, evidence, figures,
       opened_by_name, opened_at, due_at, version, open)
     values (?, 'HS-2026-900001', ?, ?, ?, 'OBJECTED', 'IDLE', '长期闲置', '[]', '集云', now(), '2099-12-31', 1, 1)`,
    [caseId, ...of],
  );
  // As a line of servers would have, with a case; those of machines have none.
  await test.db.query(
    `insert into request_line_term (line_id, request_id, department_id, system_id, temporary_until)
     select l.id, l.request_id, r.department_id, r.system_id, '2099-12-31'
     from resource r join request_line l on l.id = r.line_id where r.id = ?`,
    [resourceId],
  );
  await test.db.query(
    `insert into reclaim_case (id, code, line_id, department_id, system_id, state, cause, evidence, figures,
       opened_by_name, opened_at, due_at, version, open)
     select ?, 'HS-2026-900002', line_id, department_id, system_id, 'OBJECTED', 'IDLE', '长期空置', '[]', '集云', now(),
       '2099-12-31', 1, 1
     from request_line_term where line_id = (select line_id from resource where id = ?)`,
    [newId(), resourceId],
  );
  const [{ code: termRequestCode }] = await test.db.query(
    'select q.code from resource r join request q on q.id = r.request_id where r.id = ?',
    [resourceId],
  );
  return {
    termRequestCode,
    resourceCode: resource.code,
    taskId: toNodeId('ResourceTask', taskId),
    extensionId: toNodeId('TermExtension', extensionId),
    reclaimCaseId: toNodeId('ReclaimCase', caseId),
    reclaimCaseCode: 'HS-2026-900001',
  };
}
