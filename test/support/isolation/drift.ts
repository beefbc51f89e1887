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
const FIELD = 'spec.foreignField';

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
  'Query.driftPolicies': { ...CLOSED, ask: () => ({ query: '{ driftPolicies { number } }' }) },
  'Query.clusterHealth': { ...CLOSED, ask: () => ({ query: '{ clusterHealth { driven } }' }) },
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
    ask: decided('acceptDrift', 'AcceptDriftInput', { until: '2030-01-01T00:00:00.000Z' }),
    seen: DECIDES,
    shows: saysCode('VERSION_CONFLICT'),
  },
};

export async function driftNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { Drift: [foreign.driftId, RESOURCES_OF_ALL] };
}

/** A foreign edit of the foreign department's machine, as the worker leaves it. */
export async function foreignDrift({ test }: TestConsole, resourceNodeId: string): Promise<Pick<Foreign, 'driftId'>> {
  const id = newId();
  await test.db.query(
    `insert into drift (id, center_id, resource_id, subject_code, department_id, system_id, object_kind, object_namespace,
       object_name, path, field_class, wanted, found, manager, handling, first_seen_at, last_seen_at, state, version, live)
     select ?, coalesce(center_id, id), id, code, department_id, system_id, 'VirtualMachine', 'dept-x', object_name, ?,
       'SIZE', '"4"', '"8"', 'kubectl-edit', 'REPORT', now(), now(), 'OPEN', 1, 1
     from resource where id = ?`,
    [id, FIELD, uuidOf('Resource', resourceNodeId)],
  );
  return { driftId: toNodeId('Drift', id) };
}
