import { describe, expect, it } from '@jest/globals';
import type { ClusterObject } from './cluster-object.js';
import { MARK } from './marks.js';
import { diskView, instanceView, machineView, powerOf } from './observe.js';

const metadata = {
  name: 'vm-1',
  uid: 'u-1',
  resourceVersion: '41',
  labels: { [MARK.managedBy]: 'jiyun', [MARK.resource]: 'resource-1' },
  annotations: { [MARK.generation]: '3', [MARK.placementEpoch]: '2' },
};
const object = (kind: ClusterObject['kind'], status?: unknown): ClusterObject => ({
  apiVersion: 'x',
  kind,
  metadata,
  ...(status === undefined ? {} : { status }),
});

describe('the view of an object', () => {
  it('keeps whose it is, and of which placement and generation', () => {
    expect(machineView(object('VirtualMachine'))).toEqual({
      uid: 'u-1',
      resourceVersion: '41',
      owner: 'resource-1',
      generation: 3,
      placementEpoch: 2,
      deletingSince: undefined,
      printableStatus: '',
      vcpu: null,
      memoryMib: null,
      halted: false,
      heldFor: null,
      conditions: [],
    });
  });

  it.each([
    [{ cpu: { cores: 4 }, memory: { guest: '8Gi' } }, 4, 8192],
    [{ cpu: { sockets: 2, cores: 4, threads: 2 }, resources: { requests: { memory: '512Mi' } } }, 16, 512],
    [{ memory: { guest: 'much' } }, null, null],
    [{}, null, null],
  ])('reads the size out of %j', (domain, vcpu, memoryMib) => {
    const machine = { ...object('VirtualMachine'), spec: { template: { spec: { domain } } } };
    expect(machineView(machine)).toMatchObject({ vcpu, memoryMib });
  });

  describe('of what runs', () => {
    const runs = (domain: object, status: object) =>
      instanceView({ ...object('VirtualMachineInstance', status), spec: { domain } });
    const domain = {
      cpu: { sockets: 6, cores: 1, threads: 1, maxSockets: 16 },
      memory: { guest: '12Gi', maxGuest: '32Gi' },
    };
    const memory = { guestAtBoot: '8Gi', guestCurrent: '8Gi', guestRequested: '8Gi' };

    it('is the size that it has, not the one that waits to be plugged in', () => {
      const topology = { sockets: 4, cores: 1, threads: 1 };
      expect(runs(domain, { currentCPUTopology: topology, memory })).toMatchObject({ vcpu: 4, memoryMib: 8192 });
      const after = { currentCPUTopology: { ...topology, sockets: 6 }, memory: { ...memory, guestCurrent: '12Gi' } };
      expect(runs(domain, after)).toMatchObject({ vcpu: 6, memoryMib: 12_288 });
      expect(runs(domain, {})).toMatchObject({ vcpu: 6, memoryMib: 12_288 });
    });

    it('is the memory that it was started with, however the guest rounds that', () => {
      const rounded = { guestAtBoot: '12Gi', guestCurrent: '12582908Ki' };
      expect(runs(domain, { memory: rounded })).toMatchObject({ memoryMib: 12_288 });
    });

    it('has the room that its cluster left it', () => {
      expect(runs(domain, {}).room).toEqual({ vcpuMax: 16, memoryMibMax: 32_768 });
      expect(runs({ ...domain, memory: { guest: '12Gi' } }, {}).room).toEqual({ vcpuMax: 16, memoryMibMax: null });
      expect(runs({ cpu: { ...domain.cpu, cores: 2 }, memory: domain.memory }, {}).room).toEqual({
        vcpuMax: null,
        memoryMibMax: 32_768,
      });
      expect(runs({ cpu: { sockets: 6 }, memory: { guest: '12Gi' } }, {}).room).toBeUndefined();
    });
  });

  it.each([
    [{ snapshotInProgress: 'vm-1-s1' }, 'SNAPSHOT'],
    [{ restoreInProgress: 'vm-1-s1-r1' }, 'RESTORE'],
    [{ restoreInProgress: 'r', snapshotInProgress: 's' }, 'RESTORE'],
  ])('says of %j that it is held', (status, heldFor) => {
    expect(machineView(object('VirtualMachine', status)).heldFor).toBe(heldFor);
  });

  it('belongs to nobody without the mark of the console', () => {
    const labels = { [MARK.resource]: 'resource-1' };
    expect(machineView({ ...object('VirtualMachine'), metadata: { ...metadata, labels } }).owner).toBeUndefined();
  });

  it.each([['x'], ['-1'], ['1e9'], ['']])('takes "%s" for no generation', (text) => {
    const annotations = { [MARK.generation]: text };
    expect(machineView({ ...object('VirtualMachine'), metadata: { ...metadata, annotations } }).generation).toBe(0);
  });

  it('keeps conditions without their heartbeats', () => {
    const conditions = [
      {
        type: 'Ready',
        status: 'True',
        lastProbeTime: '2026-11-24T08:00:00Z',
        lastTransitionTime: '2026-11-24T07:00:00Z',
      },
      { type: 'SomethingOfTheNextRelease', status: 'True' },
    ];
    expect(machineView(object('VirtualMachine', { conditions })).conditions).toEqual([
      { type: 'Ready', status: 'True', reason: null, message: null, since: '2026-11-24T07:00:00Z' },
    ]);
  });

  it('has each address once, and none that only the link knows', () => {
    const interfaces = [
      { ipAddress: '10.1.0.7', ipAddresses: ['10.1.0.7', 'fd00::7', 'fe80::1', 7] },
      { ipAddress: '169.254.1.1' },
      {},
    ];
    expect(instanceView(object('VirtualMachineInstance', { interfaces })).addresses).toEqual(['10.1.0.7', 'fd00::7']);
  });

  it.each([
    ['45.30%', 45],
    ['100.0%', 100],
    ['N/A', undefined],
    [undefined, undefined],
  ])('reads the progress %s as %s', (progress, percent) => {
    expect(diskView(object('DataVolume', { progress })).percent).toBe(percent);
  });

  it('knows an importer in trouble by its Running condition', () => {
    const conditions = [{ type: 'Running', status: 'False', reason: 'Error', message: '404' }];
    expect(diskView(object('DataVolume', { conditions, restartCount: 2 }))).toMatchObject({
      trouble: '404',
      restarts: 2,
    });
    const fine = [{ type: 'Running', status: 'False', reason: 'Completed', message: 'Import Complete' }];
    expect(diskView(object('DataVolume', { conditions: fine })).trouble).toBeUndefined();
  });

  it('survives a status of any shape', () => {
    for (const status of [null, 'text', 7, [], { conditions: 'none', interfaces: {}, phase: 3 }])
      for (const view of [machineView, instanceView, diskView])
        expect(() => view(object('DataVolume', status))).not.toThrow();
  });
});

describe('the power of a machine', () => {
  const machine = (printableStatus: string, deletingSince?: string) => ({
    ...machineView(object('VirtualMachine')),
    printableStatus,
    deletingSince,
  });
  const instance = (phase: string) => ({ ...instanceView(object('VirtualMachineInstance')), phase });

  it.each([
    ['RUNNING', machine('Running'), instance('Running')],
    ['RUNNING', machine('Migrating'), instance('Running')],
    ['STARTING', machine('Starting'), instance('Scheduling')],
    ['STARTING', machine('Starting'), undefined],
    ['STOPPING', machine('Stopping'), instance('Running')],
    ['STOPPING', machine('Running', '2026-11-24T08:00:00Z'), instance('Running')],
    ['STOPPED', machine('Stopped'), undefined],
    ['STOPPED', machine('Stopped'), instance('Succeeded')],
    ['STOPPED', undefined, undefined],
    ['UNKNOWN', machine('Running'), instance('Unknown')],
  ])('is %s', (power, vm, vmi) => {
    expect(powerOf({ machine: vm, instance: vmi, disk: undefined })).toBe(power);
  });
});
