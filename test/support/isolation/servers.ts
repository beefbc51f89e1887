import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { HardwareModelsService } from '../../../server/src/servers/hardware-models.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import type { TestConsole } from '../console.ts';
import type { ConsoleClient } from '../console-client.ts';
import { plainModel } from '../server-room.ts';
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
  SERVERS_OF_ALL,
} from './case.ts';

/** Names no system of the demonstration: who may see the server finds it by this, nobody else. */
const FOREIGN_SYSTEM = newId();

/** A server that the foreign department uses; gives its node id. */
export async function addForeignServer({ application }: TestConsole, departmentId: string): Promise<string> {
  const get = <T>(type: new (...args: never[]) => T): T => application.get(type, { strict: false });
  const [center] = await get(FacilitiesService).centers();
  const [id, model] = [newId(), plainModel()];
  await get(UnitOfWork).run(async (tx) => {
    await get(HardwareModelsService).addModels(tx, [model]);
    await get(ServerIntakeService).addAll(
      tx,
      [
        {
          id,
          state: 'IN_USE',
          use: { departmentId, systemId: FOREIGN_SYSTEM, poolId: null },
          assetNumber: 'FOREIGN-1',
          serial: 'FOREIGN1',
          modelId: model.id,
          centerId: center?.id as string,
          architecture: 'ARM64',
          cpuMaker: 'KUNPENG',
          cpuModel: '鲲鹏 920',
          sockets: 2,
          cores: 96,
          threads: 96,
          memoryMib: 524_288,
          powerW: null,
          weightGrams: null,
          disks: [],
          nics: [],
          accelerators: [],
          bmcAddress: '10.0.0.1',
          purchasedOn: null,
          warrantyUntil: null,
        },
      ],
      '测试',
    );
  });
  return toNodeId('Server', id);
}

const idOf = (f: Foreign, exists: boolean): string => (exists ? f.serverId : toNodeId('Server', newId()));

/** An act on the foreign server with a version that it does not have: who may act is told so, nobody else. */
const act = (mutation: string, input: string, more: object): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { server { id } errors { code message path } } }`,
    variables: { input: { id: idOf(f, exists), idempotencyKey: newId(), expectedVersion: 99, ...more } },
  }),
  seen: ['facility'],
  shows: (answer) => JSON.stringify(answer.data).includes('VERSION_CONFLICT'),
});
const filterOf = (f: Foreign, exists: boolean) => ({
  departmentId: exists ? f.departmentId : toNodeId('Department', newId()),
  systemId: toNodeId('System', FOREIGN_SYSTEM),
  search: 'taishan',
});
const FACTS = {
  assetNumber: 'X-1',
  serial: 'X1',
  modelId: toNodeId('HardwareModel', newId()),
  centerId: toNodeId('Center', newId()),
  architecture: 'ARM64',
  cpuMaker: 'KUNPENG',
  cpuModel: 'x',
  sockets: 1,
  cores: 1,
  threads: 1,
  memoryMib: 1,
  disks: [],
  nics: [],
  accelerators: [],
};

export const serverCases: Cases = {
  'Query.server': {
    ask: byId(
      'server',
      (f) => f.serverId,
      () => toNodeId('Server', newId()),
    ),
    seen: SERVERS_OF_ALL,
    shows: has('server', 'id'),
  },
  'Subscription.serverChanged': {
    ask: (f, exists) => ({
      query: 'subscription S($id: ID!) { serverChanged(id: $id) { server { id } } }',
      variables: { id: idOf(f, exists) },
    }),
    seen: SERVERS_OF_ALL,
    shows: has('serverChanged', 'server', 'id'),
  },
  'Query.servers': {
    ask: (f, exists) => ({
      query: 'query S($filter: ServerFilter) { servers(filter: $filter) { totalCount } }',
      variables: { filter: filterOf(f, exists) },
    }),
    seen: SERVERS_OF_ALL,
    shows: listed('servers'),
  },
  'Query.serverCounts': {
    ask: (f, exists) => ({
      query: 'query S($filter: ServerFilter) { serverCounts(filter: $filter) { total } }',
      variables: { filter: filterOf(f, exists) },
    }),
    seen: SERVERS_OF_ALL,
    shows: (answer) => (answer.data?.serverCounts as unknown as { total?: number } | null)?.total === 1,
  },
  'Query.cpuMakers': { ...CLOSED, ask: () => ({ query: '{ cpuMakers { maker } }' }) },
  'Query.hardwareModels': { ...CLOSED, ask: () => ({ query: '{ hardwareModels { totalCount } }' }) },
  'Mutation.registerServer': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: RegisterServerInput!) { registerServer(input: $input) { server { id } errors { code } } }',
      variables: { input: { idempotencyKey: newId(), facts: FACTS } },
    }),
  },
  'Mutation.editServer': act('editServer', 'EditServerInput', { facts: FACTS }),
  'Mutation.changeServerLife': act('changeServerLife', 'ChangeServerLifeInput', { action: 'RETIRE', reason: 'x' }),
  'Mutation.mountServer': act('mountServer', 'MountServerInput', { cabinetId: toNodeId('Cabinet', newId()) }),
  'Mutation.unmountServer': act('unmountServer', 'UnmountServerInput', {}),
  'Mutation.actOnServerHost': act('actOnServerHost', 'ActOnServerHostInput', { action: 'REGISTER' }),
  'Mutation.setBmcCredential': act('setBmcCredential', 'SetBmcCredentialInput', { username: 'a', password: 'b' }),
};

export async function serverNodes(clients: Clients, foreign: Foreign): Promise<NodeIds> {
  const { server } = await (clients.get('facility') as ConsoleClient).data(
    'query S($id: ID!) { server(id: $id) { model { id } } }',
    { id: foreign.serverId },
  );
  // Of all who may read servers, their own or everyone's: what makers build belongs to nobody.
  return {
    Server: [foreign.serverId, SERVERS_OF_ALL],
    HardwareModel: [server.model.id, [...SERVERS_OF_ALL, 'applicant', 'head', 'city']],
  };
}
