import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import { type Cases, type Clients, type Foreign, has, listed, type NodeIds, SERVERS_OF_ALL } from './case.ts';

/** Who answers for the place; and who registers servers in it. */
const ANSWERS = ['reviewer', 'allocator', 'facility', 'authority'];
const REGISTERS = ['facility'];
const HOST = 'isolation-host';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const nothing = () => toNodeId('HostMismatch', newId());

export const hostCases: Cases = {
  'Query.hostMismatches': {
    ask: (_f, exists) => ({
      query: 'query Q($filter: HostMismatchFilter) { hostMismatches(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? HOST : 'no such host' } },
    }),
    seen: ANSWERS,
    shows: listed('hostMismatches'),
  },
  'Mutation.decideHostMismatches': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: DecideHostMismatchesInput!) { decideHostMismatches(input: $input) { mismatches { id } errors { code message path } } }',
      variables: {
        input: {
          items: [{ id: exists ? f.hostMismatchId : nothing(), expectedVersion: 99 }],
          ...{ action: 'IGNORE', reason: '说明', idempotencyKey: newId() },
        },
      },
    }),
    seen: REGISTERS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.matchHost': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: MatchHostInput!) { matchHost(input: $input) { mismatches { id } errors { code message path } } }',
      variables: {
        input: {
          ...{ id: exists ? f.hostMismatchId : nothing(), serverId: f.serverId, expectedVersion: 99 },
          ...{ reason: '说明', idempotencyKey: newId() },
        },
      },
    }),
    seen: REGISTERS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Query.serverTasks': {
    ask: (f, exists) => ({
      query: 'query Q($id: ID!) { serverTasks(serverId: $id) { totalCount } }',
      variables: { id: exists ? f.serverId : toNodeId('Server', newId()) },
    }),
    seen: SERVERS_OF_ALL,
    shows: listed('serverTasks'),
  },
  'Query.serverObjects': {
    ask: (f, exists) => ({
      query: 'query Q($id: ID!) { serverObjects(id: $id) { read } }',
      variables: { id: exists ? f.serverId : toNodeId('Server', newId()) },
    }),
    seen: SERVERS_OF_ALL.filter((client) => ANSWERS.includes(client)),
    shows: has('serverObjects'),
  },
};

export async function hostNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return {
    HostMismatch: [foreign.hostMismatchId, ANSWERS],
    ServerTask: [foreign.serverTaskId, SERVERS_OF_ALL],
  };
}

/** A host without an asset, and what was done to the foreign department's server, as the worker leaves them. */
export async function foreignHost(
  { test }: TestConsole,
  serverNodeId: string,
): Promise<Pick<Foreign, 'hostMismatchId' | 'serverTaskId'>> {
  const [id, serverId] = [newId(), uuidOf('Server', serverNodeId)];
  await test.db.query(
    `insert into host_mismatch (id, center_id, side, subject_id, host_namespace, host_name, problem, serial, first_seen_at,
       state, version, live) values (?, ?, 'HOST', ?, 'metal', ?, 'NO_SERVER', 'SN-NOBODYS', now(), 'OPEN', 1, 1)`,
    [id, id, id, HOST],
  );
  await test.db.query(
    `insert into server_task (id, server_id, department_id, system_id, center_id, wish, kind, state, text, tries, begun_at, changed_at)
     select ?, id, department_id, system_id, center_id, 'use/1', 'INSTALL', 'RUNNING', '{"zh":"装机","en":"Installing"}', 0,
       now(), now() from server where id = ?`,
    [id, serverId],
  );
  return { hostMismatchId: toNodeId('HostMismatch', id), serverTaskId: toNodeId('ServerTask', id) };
}
