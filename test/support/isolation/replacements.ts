import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import { type Cases, type Clients, type Foreign, listed, type NodeIds, RESOURCES_OF_ALL } from './case.ts';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);

export const replacementCases: Cases = {
  'Query.replaceTasks': {
    ask: (f, exists) => ({
      query: 'query R($filter: ReplaceTaskFilter) { replaceTasks(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? f.resourceCode : 'no such machine' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('replaceTasks'),
  },
  'Mutation.rePlaceMachine': {
    // Its version is never what is said here: who may place it is told so, everybody else that there is none.
    ask: (f, exists) => ({
      query:
        'mutation M($input: RePlaceMachineInput!) { rePlaceMachine(input: $input) { task { id } errors { code message path } } }',
      variables: {
        input: {
          id: exists ? f.replaceTaskId : toNodeId('ReplaceTask', newId()),
          ...{ poolId: toNodeId('Pool', newId()), expectedVersion: 99, reason: '说明', idempotencyKey: newId() },
        },
      },
    }),
    seen: ['allocator'],
    shows: saysCode('VERSION_CONFLICT'),
  },
};

export async function replacementNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { ReplaceTask: [foreign.replaceTaskId, RESOURCES_OF_ALL] };
}

/** A machine of the foreign department's that waits to be placed elsewhere, as the sweep leaves it. */
export async function foreignReplaceTask({ test }: TestConsole, resourceNodeId: string): Promise<string> {
  const id = newId();
  await test.db.query(
    `insert into replace_task (id, resource_id, department_id, system_id, center_id, pool_id, state, scheduler_text,
       refused_since, opened_at, version, live)
     select ?, id, department_id, system_id, coalesce(center_id, id), pool_id, 'OPEN', '0/3 nodes are available', now(), now(),
       1, 1
     from resource where id = ?`,
    [id, uuidOf('Resource', resourceNodeId)],
  );
  return toNodeId('ReplaceTask', id);
}
