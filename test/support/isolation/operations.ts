import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import type { Case, Cases, Clients, Foreign, NodeIds } from './case.ts';

/** Of the center's people only the engineer on duty lays hands on a department's machine. */
const OPERATES = ['duty'];

/** The foreign machine is not delivered yet: whoever may operate it is told so, everybody else that there is none. */
const isThere = (answer: { data?: unknown }) => JSON.stringify(answer.data).includes('ILLEGAL_TRANSITION');

const onMachine = (mutation: string, input: string, fields: object, selection = 'resource { id }'): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { ${selection} errors { code message path } } }`,
    variables: {
      input: { id: exists ? f.resourceId : f.nothingResource, reason: '值班处置', idempotencyKey: newId(), ...fields },
    },
  }),
  seen: OPERATES,
  shows: isThere,
});

const onSnapshot = (mutation: string, input: string, fields: object): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { resource { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.snapshotId : toNodeId('ResourceSnapshot', newId()),
        reason: '值班处置',
        idempotencyKey: newId(),
        ...fields,
      },
    },
  }),
  seen: OPERATES,
  // The snapshot is being deleted already: that is said of what is there.
  shows: (answer) => isThere(answer) || JSON.stringify(answer.data).includes('NOT_PERMITTED'),
});

export const operationCases: Cases = {
  'Mutation.operateResource': onMachine('operateResource', 'OperateResourceInput', {
    action: 'STOP',
    expectedVersion: 1,
  }),
  'Mutation.operateResources': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: OperateResourcesInput!) { operateResources(input: $input) { results { errors { code message path } } errors { code message path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          action: 'STOP',
          reason: '值班处置',
          items: [{ id: exists ? f.resourceId : f.nothingResource, expectedVersion: 1 }],
        },
      },
    }),
    seen: OPERATES,
    shows: isThere,
  },
  'Mutation.showConsole': onMachine('showConsole', 'ShowConsoleInput', {}, 'access { vncCommand }'),
  'Mutation.takeSnapshot': onMachine('takeSnapshot', 'TakeSnapshotInput', { name: '升级前' }),
  'Mutation.restoreSnapshot': onSnapshot('restoreSnapshot', 'RestoreSnapshotInput', { expectedVersion: 1 }),
  'Mutation.giveUpRestore': onSnapshot('giveUpRestore', 'GiveUpRestoreInput', {}),
  'Mutation.deleteSnapshot': onSnapshot('deleteSnapshot', 'DeleteSnapshotInput', {}),
};

export async function operationNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  // Read with its machine, never by itself.
  return { ResourceSnapshot: [foreign.snapshotId, []] };
}

/** A snapshot of the foreign machine, on its way out. */
export async function foreignSnapshot(
  { test }: TestConsole,
  resourceNodeId: string,
): Promise<Pick<Foreign, 'snapshotId' | 'keptDiskId'>> {
  const id = newId();
  await test.db.query(
    `insert into resource_snapshot (id, resource_id, number, name, state, disk_gib, restores, created_at, created_by)
     values (?, ?, 1, '升级前', 'DELETING', 40, 0, now(), '外单位')`,
    [id, uuidOf('Resource', resourceNodeId)],
  );
  // Of no center that any worker drives.
  const keptDiskId = newId();
  await test.db.query(
    `insert into kept_disk (id, resource_id, claim_id, department_id, system_id, center_id, disk_gib, storage_tier, state,
       kept_at, end_cause, version)
     select ?, id, claim_id, department_id, system_id, ?, disk_gib, storage_tier, 'ENDING', now(), 'GIVEN_UP', 1
     from resource where id = ?`,
    [keptDiskId, newId(), uuidOf('Resource', resourceNodeId)],
  );
  return { snapshotId: toNodeId('ResourceSnapshot', id), keptDiskId: toNodeId('KeptDisk', keptDiskId) };
}
