import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../console-client.ts';
import {
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  has,
  type NodeIds,
  RESOURCES_OF_ALL,
} from './case.ts';

/** Centers and pools belong to no department: what differs is who reads what they can still take, and who changes them. */
const CAPACITY_READERS = RESOURCES_OF_ALL;
/** Whoever may edit centers is told what stands in the way; everyone else gets one answer whatever the id. */
const CENTER_EDITORS = ['allocator', 'facility'];

const act = (mutation: string, input: string, variables: () => Record<string, unknown>, payload: string): Case => ({
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { ${payload} { __typename } errors { code } } }`,
    variables: { input: { idempotencyKey: newId(), ...variables() } },
  }),
  seen: CENTER_EDITORS,
  shows: has(mutation, 'errors', '0', 'code'),
});

const WHAT_IF = {
  ...{ kind: 'VM', count: 1, localMode: 'SINGLE' },
  vm: {
    ...{ vcpu: 4, memoryMib: 8192, diskGib: 40, storageTier: 'SSD' },
    ...{ architecture: 'ARM64', zone: 'GOVERNMENT_EXTRANET' },
  },
};
const WORDS = {
  processor: '',
  vcpuOvercommitPercent: 100,
  reservePercent: 0,
  reserveNodes: 0,
  accelerators: [],
};
const windowAct = (mutation: string, input = 'MaintenanceActInput') =>
  act(mutation, input, () => ({ id: toNodeId('MaintenanceWindow', newId()), expectedVersion: 1 }), 'window');

export const facilityCases: Cases = {
  'Query.center': {
    ...CLOSED,
    ask: () => ({
      query: 'query C($id: ID!) { center(id: $id) { code } }',
      variables: { id: toNodeId('Center', newId()) },
    }),
  },
  'Query.clouds': {
    ask: () => ({ query: '{ clouds { code } }' }),
    seen: CAPACITY_READERS,
    shows: has('clouds', '0', 'code'),
  },
  'Query.simulatePlacement': {
    ask: () => ({
      query: 'query S($input: SimulatePlacementInput!) { simulatePlacement(input: $input) { pools { machines } } }',
      variables: { input: { lines: [WHAT_IF] } },
    }),
    seen: CAPACITY_READERS,
    shows: has('simulatePlacement', 'pools', '0', 'machines'),
  },
  'Query.maintenanceWindows': {
    ask: () => ({ query: '{ maintenanceWindows { totalCount } }' }),
    seen: CAPACITY_READERS,
    shows: has('maintenanceWindows', 'totalCount'),
  },
  'Query.consolidationCount': {
    ask: () => ({
      query: 'query C($year: Int!) { consolidationCount(year: $year) { year } }',
      variables: { year: new Date().getFullYear() },
    }),
    seen: CAPACITY_READERS,
    shows: has('consolidationCount', 'year'),
  },
  'Query.capacity': {
    ask: () => ({ query: '{ capacity { groups { zone } } }' }),
    seen: CAPACITY_READERS,
    shows: has('capacity', 'groups', '0', 'zone'),
  },
  // No pool of that id: whoever reads capacity is told so, the others that they may not ask.
  'Query.maintenanceImpact': {
    ...CLOSED,
    ask: () => ({
      query: 'query M($input: MaintenanceImpactInput!) { maintenanceImpact(input: $input) { displacedCount } }',
      variables: {
        input: {
          poolId: toNodeId('Pool', newId()),
          extent: 'WHOLE_POOL',
          fromAt: '2030-01-01T00:00:00.000Z',
          toAt: '2030-01-01T01:00:00.000Z',
        },
      },
    }),
  },
  'Query.placeImpact': {
    ...CLOSED,
    ask: () => ({
      query: 'query P($input: PlaceImpactInput!) { placeImpact(input: $input) { cabinets } }',
      variables: {
        input: {
          extent: 'ROOM',
          placeId: toNodeId('Room', newId()),
          fromAt: '2030-01-01T00:00:00.000Z',
          toAt: '2030-01-01T01:00:00.000Z',
        },
      },
    }),
  },
  'Mutation.setPueTarget': act(
    'setPueTarget',
    'SetPueTargetInput',
    () => ({ centerId: toNodeId('Center', newId()), fromYear: 2026, hundredths: 130 }),
    'center',
  ),
  'Mutation.recordEnergyMonth': act(
    'recordEnergyMonth',
    'RecordEnergyMonthInput',
    () => ({ centerId: toNodeId('Center', newId()), month: '2026-01', totalKwh: 1 }),
    'center',
  ),
  'Mutation.registerReadingSource': {
    ...act('registerReadingSource', 'RegisterReadingSourceInput', () => ({ name: '' }), '__typename'),
    ask: () => ({
      query:
        'mutation M($input: RegisterReadingSourceInput!) { registerReadingSource(input: $input) { token errors { code } } }',
      variables: { input: { idempotencyKey: newId(), name: '', centerIds: [] } },
    }),
  },
  'Mutation.revokeReadingSource': act(
    'revokeReadingSource',
    'RevokeReadingSourceInput',
    () => ({ id: toNodeId('ReadingSource', newId()), reason: 'x' }),
    'source',
  ),
  'Query.readingSources': {
    ask: () => ({ query: '{ readingSources { name } }' }),
    seen: CAPACITY_READERS,
    shows: has('readingSources'),
  },
  'Mutation.registerCenter': act(
    'registerCenter',
    'RegisterCenterInput',
    () => ({ code: '-', name: '', role: 'RECOVERY' }),
    'center',
  ),
  'Mutation.changeCenterLife': act(
    'changeCenterLife',
    'ChangeCenterLifeInput',
    () => ({ id: toNodeId('Center', newId()), expectedVersion: 1, action: 'STOP', reason: 'x' }),
    'center',
  ),
  'Mutation.planCenterOpening': act(
    'planCenterOpening',
    'PlanCenterOpeningInput',
    () => ({ id: toNodeId('Center', newId()), expectedVersion: 1, opensOn: null, reason: 'x' }),
    'center',
  ),
  'Mutation.registerPool': act(
    'registerPool',
    'RegisterPoolInput',
    () => ({ ...WORDS, code: '-', kind: 'RECORDED', architecture: 'AMD64', zone: 'INTERNET' }),
    'pool',
  ),
  'Mutation.editPool': act(
    'editPool',
    'EditPoolInput',
    () => ({ ...WORDS, id: toNodeId('Pool', newId()), expectedVersion: 1 }),
    'pool',
  ),
  'Mutation.planMaintenance': act(
    'planMaintenance',
    'PlanMaintenanceInput',
    () => ({
      poolId: toNodeId('Pool', newId()),
      title: 'x',
      reason: 'x',
      extent: 'WHOLE_POOL',
      fromAt: '2030-01-01T00:00:00.000Z',
      toAt: '2030-01-01T01:00:00.000Z',
    }),
    'window',
  ),
  'Mutation.startMaintenance': windowAct('startMaintenance', 'StartMaintenanceInput'),
  'Mutation.endMaintenance': windowAct('endMaintenance'),
  'Mutation.cancelMaintenance': windowAct('cancelMaintenance'),
  'Mutation.takeConsolidationCount': act(
    'takeConsolidationCount',
    'TakeConsolidationCountInput',
    () => ({ year: 1990 }),
    'count',
  ),
};

export async function facilityNodes(clients: Clients, _foreign: Foreign): Promise<NodeIds> {
  const facility = clients.get('facility') as ConsoleClient;
  const { maintenanceWindows } = await facility.data('{ maintenanceWindows(first: 1) { nodes { id } } }');
  const { centers } = await facility.data('{ centers { id } }');
  const { registerReadingSource } = await facility.data(
    'mutation M($input: RegisterReadingSourceInput!) { registerReadingSource(input: $input) { source { id } } }',
    { input: { idempotencyKey: newId(), name: '动环', centerIds: [centers[0].id] } },
  );
  return {
    MaintenanceWindow: [maintenanceWindows.nodes[0].id, CAPACITY_READERS],
    ReadingSource: [registerReadingSource.source.id, CAPACITY_READERS],
  };
}
