import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { newBackup } from '../../../server/src/workorders/backup-orders.service.js';
import { Backups } from '../../../server/src/workorders/backups.service.js';
import { PastOrders } from '../../../server/src/workorders/past-orders.service.js';
import { newOrder } from '../../../server/src/workorders/workorders.service.js';
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

/** Orders of a department: those who see everybody's, never a provider's operator whose company has not got them. */
const ORDERS_OF_ALL = RESOURCES_OF_ALL;
const NOBODY = newId();
const noOrder = toNodeId('WorkOrder', newId());
const noCompany = toNodeId('ProviderCompany', newId());
const saysConflict = (answer: { data?: unknown }): boolean =>
  /VERSION_CONFLICT|ILLEGAL_TRANSITION/.test(JSON.stringify(answer.data ?? null));

/** Whoever sees the order is told that it is too late, or not his; all others hear that there is none. */
const onOrder = (mutation: string, input: string, more: Record<string, unknown> = {}): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { workOrder { id } errors { code message path } } }`,
    variables: {
      input: { id: exists ? f.workOrderId : noOrder, expectedVersion: 99, idempotencyKey: newId(), ...more },
    },
  }),
  seen: ORDERS_OF_ALL,
  shows: saysConflict,
});
const act = (mutation: string): Case => onOrder(mutation, 'WorkOrderActInput', { opinion: 'x' });
const onPolicy = (mutation: string): Case => ({
  ...CLOSED,
  ask: () => ({
    query: `mutation M($input: NetworkPolicyActInput!) { ${mutation}(input: $input) { networkPolicy { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), id: toNodeId('NetworkPolicy', newId()), expectedVersion: 1 } },
  }),
});
const noBackup = toNodeId('Backup', newId());
const onBackup = (mutation: string, input: string, more: Record<string, unknown>): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { backup { id } errors { code message path } } }`,
    variables: { input: { id: exists ? f.backupId : noBackup, idempotencyKey: newId(), ...more } },
  }),
  seen: ORDERS_OF_ALL,
  shows: saysConflict,
});
const backupAct = (mutation: string): Case =>
  onBackup(mutation, 'BackupActInput', { expectedVersion: 99, reason: 'x' });
const content = (departmentId: string) => ({ kind: 'CABLE', title: 'x', departmentId, roomIds: [] });

export const workOrderCases: Cases = {
  'Query.workOrders': {
    ask: (f, exists) => ({
      query: 'query W($filter: WorkOrderFilterInput) { workOrders(filter: $filter) { totalCount } }',
      variables: { filter: { departmentId: exists ? f.departmentId : toNodeId('Department', newId()) } },
    }),
    seen: ORDERS_OF_ALL,
    shows: listed('workOrders'),
  },
  'Query.workOrder': {
    ask: byId(
      'workOrder',
      (f) => f.workOrderId,
      () => noOrder,
    ),
    seen: ORDERS_OF_ALL,
    shows: has('workOrder', 'id'),
  },
  'Query.workRooms': {
    ...CLOSED,
    ask: () => ({
      query: 'query R($id: ID!) { workRooms(centerId: $id) { code } }',
      variables: { id: toNodeId('Center', newId()) },
    }),
  },
  // Rooms that the viewer does not see have no windows for him; the foreign order has none.
  'Query.workWindows': {
    ...CLOSED,
    ask: () => ({
      query:
        'query W($rooms: [ID!]!, $from: DateTime!, $to: DateTime!) { workWindows(roomIds: $rooms, from: $from, to: $to) { kind } }',
      variables: { rooms: [toNodeId('Room', newId())], from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
    }),
  },
  'Query.hostedEquipment': {
    ask: (f, exists) => ({
      query: 'query H($filter: HostedEquipmentFilterInput) { hostedEquipment(filter: $filter) { totalCount } }',
      variables: { filter: { departmentId: exists ? f.departmentId : toNodeId('Department', newId()) } },
    }),
    seen: ORDERS_OF_ALL,
    shows: listed('hostedEquipment'),
  },
  'Query.givenSpaces': {
    ...CLOSED,
    ask: () => ({
      query: 'query G($id: ID!) { givenSpaces(departmentId: $id) { id } }',
      variables: { id: toNodeId('Department', newId()) },
    }),
  },
  'Query.portSets': {
    ...CLOSED,
    ask: () => ({
      query: 'query P($ids: [ID!]!) { portSets(cabinetIds: $ids) { id } }',
      variables: { ids: [toNodeId('Cabinet', newId())] },
    }),
  },
  'Query.networkPolicies': {
    ...CLOSED,
    ask: (_f, exists) => ({
      query: 'query P($filter: NetworkPolicyFilterInput) { networkPolicies(filter: $filter) { totalCount } }',
      // The foreign system has none; that a department's are its own, integration/workorders proves.
      variables: { filter: { systemId: toNodeId('System', exists ? NOBODY : newId()) } },
    }),
  },
  'Mutation.applyNetworkPolicy': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: ApplyNetworkPolicyInput!) { applyNetworkPolicy(input: $input) { networkPolicy { id } errors { code message path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          systemId: toNodeId('System', newId()),
          direction: 'INGRESS',
          protocol: 'TCP',
          peerCidr: '10.0.0.0/8',
          ports: '443',
          reason: '业务互访',
        },
      },
    }),
  },
  'Mutation.allowNetworkPolicy': onPolicy('allowNetworkPolicy'),
  'Mutation.rejectNetworkPolicy': onPolicy('rejectNetworkPolicy'),
  'Mutation.endNetworkPolicy': onPolicy('endNetworkPolicy'),
  'Query.backups': {
    ask: (f, exists) => ({
      query: 'query B($filter: BackupFilterInput) { backups(filter: $filter) { totalCount } }',
      variables: { filter: { departmentId: exists ? f.departmentId : toNodeId('Department', newId()) } },
    }),
    seen: ORDERS_OF_ALL,
    shows: listed('backups'),
  },
  'Query.backup': {
    ask: byId(
      'backup',
      (f) => f.backupId,
      () => noBackup,
    ),
    seen: ORDERS_OF_ALL,
    shows: has('backup', 'id'),
  },
  'Mutation.setUpBackup': onBackup('setUpBackup', 'SetUpBackupInput', {
    expectedVersion: 99,
    resourceIds: [],
    cycle: 'DAILY',
    startMinute: 0,
    keepDays: 1,
    keepCopies: 1,
    encrypted: false,
    encryptionNote: 'x',
    restoreTestMonths: 1,
    nextRestoreTestOn: '2027-01-01',
  }),
  'Mutation.recordBackupRun': onBackup('recordBackupRun', 'RecordBackupRunInput', {
    endedAt: '2026-01-01T00:00:00Z',
    result: 'SUCCEEDED',
  }),
  'Mutation.suspendBackup': backupAct('suspendBackup'),
  'Mutation.resumeBackup': backupAct('resumeBackup'),
  'Mutation.endBackup': backupAct('endBackup'),
  // It is not in force yet, which only those hear who may ask for its restore.
  'Mutation.requestRestore': {
    ...onBackup('requestRestore', 'RequestRestoreInput', { purpose: 'TEST', target: 'x', reason: '恢复验证' }),
    seen: ['facility'],
  },
  'Query.providerCompanies': { ...CLOSED, ask: () => ({ query: '{ providerCompanies { name } }' }) },
  'Mutation.createWorkOrder': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: CreateWorkOrderInput!) { createWorkOrder(input: $input) { workOrder { id } errors { code message path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          submit: true,
          content: content(exists ? f.departmentId : toNodeId('Department', newId())),
        },
      },
    }),
    // The engineer may order for any department, and is refused for what is missing beside it.
    seen: ['facility'],
    shows: (answer) =>
      JSON.stringify(answer.data ?? null).includes('INVALID_INPUT') &&
      !JSON.stringify(answer.data).includes('UNKNOWN_REFERENCE'),
  },
  'Mutation.editWorkOrder': onOrder('editWorkOrder', 'EditWorkOrderInput', {
    content: content(toNodeId('Department', newId())),
  }),
  'Mutation.submitWorkOrder': act('submitWorkOrder'),
  'Mutation.returnWorkOrder': act('returnWorkOrder'),
  'Mutation.openWorkOrder': onOrder('openWorkOrder', 'AssignWorkOrderInput'),
  'Mutation.assignWorkOrder': onOrder('assignWorkOrder', 'AssignWorkOrderInput'),
  'Mutation.acceptWorkOrder': act('acceptWorkOrder'),
  'Mutation.handBackWorkOrder': act('handBackWorkOrder'),
  'Mutation.startWorkOrder': act('startWorkOrder'),
  'Mutation.recordWorkStep': onOrder('recordWorkStep', 'RecordWorkStepInput', {
    stepId: toNodeId('WorkOrderStep', newId()),
    done: true,
  }),
  'Mutation.issueReleaseSlip': act('issueReleaseSlip'),
  'Mutation.suspendWorkOrder': act('suspendWorkOrder'),
  'Mutation.resumeWorkOrder': act('resumeWorkOrder'),
  'Mutation.finishWorkOrder': act('finishWorkOrder'),
  'Mutation.reworkWorkOrder': act('reworkWorkOrder'),
  'Mutation.confirmWorkOrder': act('confirmWorkOrder'),
  'Mutation.cancelWorkOrder': act('cancelWorkOrder'),
  'Mutation.saveProviderCompany': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: SaveProviderCompanyInput!) { saveProviderCompany(input: $input) { company { id } errors { code } } }',
      variables: { input: { idempotencyKey: newId(), id: noCompany, expectedVersion: 1, name: 'x', usernames: [] } },
    }),
  },
  'Mutation.createPortSet': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: CreatePortSetInput!) { createPortSet(input: $input) { portSet { id } errors { code } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          cabinetId: toNodeId('Cabinet', newId()),
          kind: 'FIBRE_10G',
          label: 'x',
          count: 1,
        },
      },
    }),
  },
  'Mutation.resizePortSet': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: ResizePortSetInput!) { resizePortSet(input: $input) { portSet { id } errors { code } } }',
      variables: { input: { idempotencyKey: newId(), id: toNodeId('PortSet', newId()), expectedVersion: 1, count: 1 } },
    }),
  },
};

/** An order on a foreign department's thing, assigned to a company that no demonstration account is of. */
export async function foreignWorkOrder(
  console_: TestConsole,
  departmentNodeId: string,
): Promise<{ workOrderId: string; backupId: string }> {
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const departmentId = uuidOf('Department', departmentNodeId) as string;
  const [id, thing, companyId, backupId] = [newId(), newId(), newId(), newId()];
  await get(UnitOfWork).run(async (tx) => {
    const content = {
      kind: 'CABLE',
      title: '他单位布线',
      instructions: '',
      departmentId,
      systemId: null,
      centerId: null,
    } as const;
    const order = newOrder(
      id,
      `GD-1999-${id.slice(-6)}`,
      { ...content, windowFrom: null, windowTo: null, escort: null },
      tx.now,
      { userId: newId(), name: '他人' },
      'SUBMITTED',
    );
    await get(Backups).takeOver(tx, [
      {
        backup: {
          ...newBackup(backupId, `BF-1999-${backupId.slice(-6)}`, '他单位备份', tx.now),
          departmentId,
          systemId: newId(),
        },
        resourceIds: [],
        runs: [],
      },
    ]);
    await get(PastOrders).add(tx, {
      company: { id: companyId, name: `别家 ${companyId}`, userIds: [newId()] },
      portSets: [],
      equipment: [
        {
          id: thing,
          departmentId,
          systemId: null,
          centerId: null,
          state: 'ON_SITE',
          version: 1,
          owner: '他单位',
          label: '设备',
          serial: thing,
          liveSerial: thing.toUpperCase(),
          heightHalfUnits: 2,
          powerW: 1,
          weightGrams: 1,
          domestic: false,
          holderId: null,
          cabinetId: null,
          startHalfUnit: null,
          busyOrderId: null,
          arrivedAt: tx.now,
          since: tx.now,
          createdAt: tx.now,
        },
      ],
      orders: [
        {
          order: { ...order, state: 'OPEN', companyId },
          roomIds: [],
          entrants: [],
          equipmentIds: [thing],
          claims: [],
          stepsDone: 0,
          stepsBy: '',
          events: [],
        },
      ],
    });
  });
  return { workOrderId: toNodeId('WorkOrder', id), backupId: toNodeId('Backup', backupId) };
}

export async function workOrderNodes(clients: Clients, foreign: Foreign): Promise<NodeIds> {
  const facility = clients.get('facility') as ConsoleClient;
  const { providerCompanies, hostedEquipment } = await facility.data(
    'query N($filter: HostedEquipmentFilterInput) { providerCompanies { id } hostedEquipment(filter: $filter) { nodes { id } } }',
    { filter: { departmentId: foreign.departmentId } },
  );
  return {
    WorkOrder: [foreign.workOrderId, ORDERS_OF_ALL],
    Backup: [foreign.backupId, ORDERS_OF_ALL],
    HostedEquipment: [hostedEquipment.nodes[0].id, ORDERS_OF_ALL],
    ProviderCompany: [providerCompanies[0].id, ['facility']],
    PortSet: [toNodeId('PortSet', newId()), []],
    NetworkPolicy: [toNodeId('NetworkPolicy', newId()), []],
  };
}
