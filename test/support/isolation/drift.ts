import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import {
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  listed,
  type NodeIds,
  RESOURCES_OF_ALL,
} from './case.ts';

/** Who answers for the place, and decides what becomes of a foreign edit. */
const DECIDES = ['allocator', 'facility'];
/** Beside the department in whose namespace it stands, those see it who prepare, review or watch intakes. */
const WITHOUT_RECORD = ['reviewer', 'allocator', 'facility', 'authority'];
const FIELD = 'spec.foreignField';
const OBJECT = 'isolation-stray';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const nothing = () => toNodeId('Drift', newId());
// Its version is never what is said here: who may act is told so, everybody else that there is none.
const decided =
  (field: string, input: string, more: object = {}): Case['ask'] =>
  (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${field}(input: $input) { drift { id } errors { code message path } } }`,
    variables: {
      input: {
        ...{ id: exists ? f.driftId : nothing(), expectedVersion: 99, reason: '说明', idempotencyKey: newId() },
        ...more,
      },
    },
  });

export const driftCases: Cases = {
  'Query.drifts': {
    ask: (_f, exists) => ({
      query: 'query D($filter: DriftFilter) { drifts(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? FIELD : 'no such field' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('drifts'),
  },
  'Query.resourceObjects': {
    ask: (f, exists) => ({
      query: 'query R($id: ID!) { resourceObjects(id: $id) { read } }',
      variables: { id: exists ? f.resourceId : toNodeId('Resource', newId()) },
    }),
    // Of those who see every department's resources only those whose work the machinery is.
    seen: RESOURCES_OF_ALL.filter((client) => WITHOUT_RECORD.includes(client)),
    shows: (answer) => answer.errors === undefined,
  },
  'Query.driftPolicies': { ...CLOSED, ask: () => ({ query: '{ driftPolicies { number } }' }) },
  'Query.clusterHealth': { ...CLOSED, ask: () => ({ query: '{ clusterHealth { driven } }' }) },
  'Query.consoleData': { ...CLOSED, ask: () => ({ query: '{ consoleData { epoch } }' }) },
  'Mutation.changeDriftPolicy': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: ChangeDriftPolicyInput!) { changeDriftPolicy(input: $input) { errors { code message path } } }',
      variables: { input: { idempotencyKey: newId(), expectedVersion: 99, reason: '说明', rules: [] } },
    }),
  },
  'Mutation.putBackDrift': {
    ask: decided('putBackDrift', 'PutBackDriftInput'),
    seen: DECIDES,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.acceptDrift': {
    ask: decided('acceptDrift', 'AcceptDriftInput', { days: 7 }),
    seen: DECIDES,
    shows: saysCode('VERSION_CONFLICT'),
  },
};

export const quarantineCases: Cases = {
  'Query.quarantinedObjects': {
    ask: (_f, exists) => ({
      query: 'query Q($filter: QuarantineFilter) { quarantinedObjects(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? OBJECT : 'no such object' } },
    }),
    seen: WITHOUT_RECORD,
    shows: listed('quarantinedObjects'),
  },
  'Mutation.decideQuarantine': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: DecideQuarantineInput!) { decideQuarantine(input: $input) { object { id } errors { code message path } } }',
      variables: {
        input: {
          id: exists ? f.quarantinedId : toNodeId('QuarantinedObject', newId()),
          ...{ action: 'KNOW', expectedVersion: 99, reason: '说明', idempotencyKey: newId() },
        },
      },
    }),
    seen: DECIDES,
    shows: saysCode('VERSION_CONFLICT'),
  },
};

export async function driftNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { Drift: [foreign.driftId, RESOURCES_OF_ALL], QuarantinedObject: [foreign.quarantinedId, WITHOUT_RECORD] };
}

/** A foreign edit of the foreign department's machine, and a machine without a record, as the worker leaves them. */
export async function foreignDrift(
  { test }: TestConsole,
  resourceNodeId: string,
): Promise<Pick<Foreign, 'driftId' | 'quarantinedId'>> {
  const id = newId();
  await test.db.query(
    `insert into drift (id, center_id, resource_id, subject_code, department_id, system_id, object_kind, object_namespace,
       object_name, path, field_class, wanted, found, manager, handling, first_seen_at, last_seen_at, state, version, live)
     select ?, coalesce(center_id, id), id, code, department_id, system_id, 'VirtualMachine', 'dept-x', object_name, ?,
       'SIZE', '"4"', '"8"', 'kubectl-edit', 'REPORT', now(), now(), 'OPEN', 1, 1
     from resource where id = ?`,
    [id, FIELD, uuidOf('Resource', resourceNodeId)],
  );
  await test.db.query(
    `insert into quarantined_object (id, center_id, object_kind, object_namespace, object_name, uid, cause, state, passes,
       first_seen_at, version, live, department_id)
     select ?, ?, 'VirtualMachine', 'dept-x', ?, 'uid', 'UNLABELLED', 'NEW', 1, now(), 1, 1, department_id
     from resource where id = ?`,
    [id, id, OBJECT, uuidOf('Resource', resourceNodeId)],
  );
  return { driftId: toNodeId('Drift', id), quarantinedId: toNodeId('QuarantinedObject', id) };
}
