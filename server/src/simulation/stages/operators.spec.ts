import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deleteObject } from '../api/deletion.js';
import { Objects } from '../api/objects.js';
import { VirtualClock } from '../clock.js';
import { type JsonObject, type KubeObject, numberAt, objectAt, objectsAt, textAt } from '../json.js';
import { bareMetalHost, hardwareData } from '../kinds/bare-metal.js';
import { namespace, secret } from '../kinds/core.js';
import { event } from '../kinds/event.js';
import type { Kind } from '../kinds/kind.js';
import { dataVolume, virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import { networkFence, replicationDestination, replicationSource, volumeReplication } from '../kinds/replication.js';
import {
  virtualMachineInstanceMigration,
  virtualMachineRestore,
  virtualMachineSnapshot,
  volumeSnapshot,
} from '../kinds/snapshots.js';
import { node, persistentVolumeClaim } from '../kinds/workload.js';
import { nodeObject } from '../nodes.js';
import { Random } from '../random.js';
import { Store } from '../store/store.js';
import { BUSY_LIMIT, PROVISIONING_TRIES } from './host-state.js';
import { startOperators } from './operators.js';
import { World } from './world.js';

const form = { manager: 'test', subresource: '', dryRun: false } as const;
const MINUTE = 60_000;

class Cluster {
  readonly clock = new VirtualClock();
  readonly store = new Store();
  readonly objects = new Objects(this.store, this.clock, true);
  readonly told: string[] = [];

  constructor(seed = 7, hostsAtOnce?: number) {
    for (const name of ['n-1', 'n-2']) {
      const spec = { name, architecture: 'amd64', zone: 'Z', cpu: 64, memoryMib: 65_536 } as const;
      this.store.put(node, nodeObject(spec, this.clock));
    }
    this.objects.create(namespace, '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'd' } }, form);
    const world = new World(this.objects, new Random(seed), seed, undefined, undefined, false, hostsAtOnce);
    startOperators(world, 1, (message) => this.told.push(message));
  }

  make(kind: Kind, name: string, rest: JsonObject): void {
    const where = kind.namespaced ? 'd' : '';
    const metadata = { name, ...(kind.namespaced ? { namespace: 'd' } : {}) };
    this.objects.create(kind, where, { apiVersion: kind.apiVersion, kind: kind.kind, metadata, ...rest }, form);
  }

  get(kind: Kind, name: string): KubeObject {
    const found = this.store.get(kind, kind.namespaced ? 'd' : '', name);
    if (found === undefined) throw new Error(`there is no ${kind.kind} ${name}`);
    return found;
  }

  change(kind: Kind, name: string, over: JsonObject): void {
    const live = this.get(kind, name);
    this.objects.update(kind, live, { ...live, spec: { ...objectAt(live, 'spec'), ...over } }, form);
  }

  annotate(kind: Kind, name: string, annotations: JsonObject): void {
    const live = this.get(kind, name);
    this.objects.update(kind, live, { ...live, metadata: { ...live.metadata, annotations } }, form);
  }

  host(name: string, over: JsonObject = {}): void {
    const bmc = { address: `redfish://10.0.0.1/${name}`, credentialsName: 'bmc' };
    this.make(bareMetalHost, name, { spec: { online: false, bootMACAddress: '02:00:00:00:00:01', bmc, ...over } });
  }

  credentials(): void {
    this.make(secret, 'bmc', { data: { username: 'YQ==', password: 'Yg==' } });
  }

  machine(name: string): void {
    this.make(dataVolume, `${name}-root`, {
      spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '40Gi' } } } },
    });
    this.make(virtualMachine, name, {
      spec: {
        runStrategy: 'Always',
        template: {
          spec: { domain: { devices: {} }, volumes: [{ name: 'root', dataVolume: { name: `${name}-root` } }] },
        },
      },
    });
  }

  /** Every different value that something has taken until then. */
  seen(read: () => string | undefined, milliseconds: number): string[] {
    const values: string[] = [];
    const note = () => {
      const now = read() ?? '';
      if (values.at(-1) !== now) values.push(now);
    };
    const stop = this.store.listen(note);
    this.clock.advance(milliseconds);
    stop();
    return values;
  }
}

const state = (host: KubeObject) => textAt(host, 'status', 'provisioning', 'state');
const operational = (host: KubeObject) => textAt(host, 'status', 'operationalStatus');
const image = (url: string): JsonObject => ({ url, checksum: 'abc', checksumType: 'sha256', format: 'qcow2' });

let cluster: Cluster;
beforeEach(() => {
  cluster = new Cluster();
});

describe('a BareMetalHost', () => {
  it('is registered, inspected and made ready, and what was found stands in its HardwareData', () => {
    cluster.credentials();
    cluster.host('s1');
    const states = cluster.seen(() => state(cluster.get(bareMetalHost, 's1')), MINUTE);
    expect(states).toEqual(['', 'registering', 'inspecting', 'preparing', 'available']);
    const host = cluster.get(bareMetalHost, 's1');
    const found = objectAt(cluster.get(hardwareData, 's1'), 'spec', 'hardware');
    expect(textAt(found, 'systemVendor', 'serialNumber')).toMatch(/^SN\d{10}$/);
    expect(objectAt(host, 'status', 'hardware')).toEqual(found);
    expect(objectAt(host, 'status')).toMatchObject({ poweredOn: false, errorCount: 0, operationalStatus: 'OK' });
    const reasons = cluster.store.list(event).map((each) => each.reason);
    expect(reasons).toEqual(expect.arrayContaining(['Registered', 'InspectionComplete']));
  });

  it('waits with an error for its Secret, tries again and again, and goes on when it is there', () => {
    cluster.host('s1');
    cluster.clock.advance(MINUTE);
    const waiting = cluster.get(bareMetalHost, 's1');
    expect(state(waiting)).toBe('registering');
    expect(objectAt(waiting, 'status')).toMatchObject({
      errorType: 'registration error',
      errorMessage: 'the BMC secret d/bmc does not exist',
    });
    expect(numberAt(waiting, 'status', 'errorCount')).toBeGreaterThan(5);
    cluster.credentials();
    cluster.clock.advance(MINUTE);
    const host = cluster.get(bareMetalHost, 's1');
    expect(state(host)).toBe('available');
    expect(objectAt(host, 'status')).toMatchObject({ errorMessage: '', errorCount: 0 });
    expect(objectAt(host, 'status')?.errorType).toBeUndefined();
  });

  it('takes an image, runs, follows its power, and is cleared in two phases', () => {
    cluster.credentials();
    cluster.host('s1');
    cluster.clock.advance(MINUTE);
    cluster.change(bareMetalHost, 's1', { image: image('https://images/a.qcow2'), online: true });
    expect(cluster.seen(() => state(cluster.get(bareMetalHost, 's1')), MINUTE)).toEqual([
      'provisioning',
      'provisioned',
    ]);
    expect(objectAt(cluster.get(bareMetalHost, 's1'), 'status')?.poweredOn).toBe(true);
    cluster.change(bareMetalHost, 's1', { online: false });
    cluster.clock.advance(MINUTE);
    expect(objectAt(cluster.get(bareMetalHost, 's1'), 'status')?.poweredOn).toBe(false);
    const live = cluster.get(bareMetalHost, 's1');
    const { image: _, ...spec } = objectAt(live, 'spec') ?? {};
    cluster.objects.update(bareMetalHost, live, { ...live, spec }, form);
    expect(cluster.seen(() => state(cluster.get(bareMetalHost, 's1')), MINUTE)).toEqual([
      'deprovisioning',
      'available',
    ]);
    expect(objectAt(cluster.get(bareMetalHost, 's1'), 'status', 'provisioning', 'image')).toBeUndefined();
  });

  it('gives an image up after five tries, and tries another one', () => {
    cluster.credentials();
    cluster.host('s1', { image: image('https://images/missing.qcow2'), online: true });
    cluster.clock.advance(10 * MINUTE);
    const failed = cluster.get(bareMetalHost, 's1');
    expect(objectAt(failed, 'status')).toMatchObject({
      provisioningFailCount: PROVISIONING_TRIES,
      errorType: 'provisioning error',
      operationalStatus: 'error',
    });
    expect(state(failed)).toBe('available');
    const { resourceVersion } = failed.metadata;
    cluster.clock.advance(10 * MINUTE);
    expect(cluster.get(bareMetalHost, 's1').metadata.resourceVersion).toBe(resourceVersion);
    cluster.change(bareMetalHost, 's1', { image: image('https://images/good.qcow2') });
    cluster.clock.advance(MINUTE);
    const host = cluster.get(bareMetalHost, 's1');
    expect(state(host)).toBe('provisioned');
    expect(objectAt(host, 'status')).toMatchObject({ provisioningFailCount: 0, errorMessage: '' });
  });

  it('is delayed while as many as may be are busy, and comes to its turn', () => {
    cluster.credentials();
    const names = Array.from({ length: BUSY_LIMIT + 3 }, (_, index) => `s${index}`);
    for (const name of names) cluster.host(name);
    cluster.clock.advance(5 * MINUTE);
    for (const name of names)
      cluster.change(bareMetalHost, name, { image: image('https://images/a.qcow2'), online: true });
    const hosts = () => names.map((name) => cluster.get(bareMetalHost, name));
    let most = 0;
    let delayed = false;
    const stop = cluster.store.listen(() => {
      most = Math.max(most, hosts().filter((host) => state(host) === 'provisioning').length);
      delayed ||= hosts().some((host) => operational(host) === 'delayed');
    });
    cluster.clock.advance(5 * MINUTE);
    stop();
    expect(most).toBe(BUSY_LIMIT);
    expect(delayed).toBe(true);
    expect(hosts().map(state)).toEqual(names.map(() => 'provisioned'));
    expect(hosts().map(operational)).toEqual(names.map(() => 'OK'));
  });

  it('waits for its turn where its operator takes fewer at once, behind one whose whole disk is written', () => {
    cluster = new Cluster(7, 1);
    cluster.credentials();
    for (const name of ['long', 'short']) cluster.host(name);
    cluster.clock.advance(MINUTE);
    cluster.change(bareMetalHost, 'long', { image: image('https://images/whole-disk.raw'), online: true });
    cluster.clock.advance(MINUTE);
    cluster.change(bareMetalHost, 'short', { image: image('https://images/a.qcow2'), online: true });
    cluster.clock.advance(5 * MINUTE);
    const now = () => ['long', 'short'].map((name) => state(cluster.get(bareMetalHost, name)));
    expect(now()).toEqual(['provisioning', 'available']);
    expect(operational(cluster.get(bareMetalHost, 'short'))).toBe('delayed');
    cluster.clock.advance(60 * MINUTE);
    expect(now()).toEqual(['provisioned', 'provisioned']);
    expect(operational(cluster.get(bareMetalHost, 'short'))).toBe('OK');
  });

  it('is left alone while it is paused, and says that it is detached', () => {
    cluster.credentials();
    cluster.host('s1');
    cluster.clock.advance(MINUTE);
    cluster.annotate(bareMetalHost, 's1', { 'baremetalhost.metal3.io/paused': '' });
    cluster.change(bareMetalHost, 's1', { online: true });
    cluster.clock.advance(MINUTE);
    expect(objectAt(cluster.get(bareMetalHost, 's1'), 'status')?.poweredOn).toBe(false);
    cluster.annotate(bareMetalHost, 's1', { 'baremetalhost.metal3.io/detached': '' });
    cluster.clock.advance(MINUTE);
    expect(operational(cluster.get(bareMetalHost, 's1'))).toBe('detached');
    cluster.annotate(bareMetalHost, 's1', {});
    cluster.clock.advance(MINUTE);
    expect(objectAt(cluster.get(bareMetalHost, 's1'), 'status')).toMatchObject({
      operationalStatus: 'OK',
      poweredOn: true,
    });
  });

  it('is cleared and powered off before it goes', () => {
    cluster.credentials();
    cluster.host('s1', { image: image('https://images/a.qcow2'), online: true });
    cluster.clock.advance(MINUTE);
    const world = new World(cluster.objects, new Random(1), 1);
    world.remove(bareMetalHost, cluster.get(bareMetalHost, 's1'));
    const states = cluster.seen(() => state(cluster.store.get(bareMetalHost, 'd', 's1') ?? ({} as KubeObject)), MINUTE);
    expect(states).toEqual(['deprovisioning', 'powering off before delete', 'deleting', '']);
    expect(cluster.store.get(bareMetalHost, 'd', 's1')).toBeUndefined();
  });

  it('refuses through its webhook what the operator would', () => {
    cluster.host('s1');
    expect(() => cluster.change(bareMetalHost, 's1', { bootMACAddress: '02:00:00:00:00:02' })).toThrow(
      'bootMACAddress can not be changed once it is set',
    );
    expect(() => cluster.change(bareMetalHost, 's1', { image: { url: 'https://x/y.qcow2' } })).toThrow('checksum');
    expect(() => cluster.host('s2', { bmc: { address: 'carrier-pigeon://x', credentialsName: 'bmc' } })).toThrow(
      'Unknown BMC type',
    );
  });

  it('whatever is asked of it in whatever order, comes to what was asked last', () => {
    const asks = fc.array(fc.constantFrom('on', 'off', 'image-a', 'image-b', 'no-image'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        asks,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 1_000 }),
        (order, pause, seed) => {
          const c = new Cluster(seed);
          c.credentials();
          c.host('s1');
          for (const ask of order) {
            const live = c.get(bareMetalHost, 's1');
            const { image: before, ...spec } = objectAt(live, 'spec') ?? {};
            const wanted =
              ask === 'no-image' ? undefined : ask.startsWith('image') ? image(`https://images/${ask}`) : before;
            const online = ask === 'on' ? true : ask === 'off' ? false : spec.online;
            const next = { ...spec, online: online ?? false, ...(wanted === undefined ? {} : { image: wanted }) };
            c.objects.update(bareMetalHost, live, { ...live, spec: next }, form);
            c.clock.advance(pause);
          }
          c.clock.advance(10 * MINUTE);
          const host = c.get(bareMetalHost, 's1');
          const online = objectAt(host, 'spec')?.online;
          const url = textAt(host, 'spec', 'image', 'url');
          const has = textAt(host, 'status', 'provisioning', 'image', 'url');
          expect(objectAt(host, 'status')?.poweredOn).toBe(online);
          expect(c.told).toEqual([]);
          if (has !== undefined) expect([has, state(host)]).toEqual([url, 'provisioned']);
          else expect([state(host), url !== undefined && online]).toEqual(['available', false]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('replication', () => {
  const syncedAt = (kind: Kind) => textAt(cluster.get(kind, 'disk'), 'status', 'lastSyncTime');
  const condition = (kind: Kind, type: string) =>
    objectsAt(cluster.get(kind, 'disk'), 'status', 'conditions').find((each) => each.type === type);
  const claim = { spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '40Gi' } } } } };

  it('syncs by its schedule on the cluster’s clock, whatever the speed of the stages', () => {
    cluster.make(dataVolume, 'disk', claim);
    cluster.clock.advance(MINUTE);
    cluster.make(replicationSource, 'disk', {
      spec: { sourcePVC: 'disk', trigger: { schedule: '*/5 * * * *' }, rsyncTLS: {} },
    });
    const times = new Set<string>();
    const stop = cluster.store.listen(() => times.add(syncedAt(replicationSource) ?? ''));
    cluster.clock.advance(31 * MINUTE);
    stop();
    times.delete('');
    // At once, and at 01:05 to 01:30.
    expect(times.size).toBe(7);
    expect(condition(replicationSource, 'Synchronizing')).toMatchObject({
      status: 'False',
      reason: 'WaitingForSchedule',
    });
    expect(textAt(cluster.get(replicationSource, 'disk'), 'status', 'latestMoverStatus', 'result')).toBe('Successful');
  });

  it('echoes a manual trigger when that sync is over, and a destination holds its image', () => {
    cluster.make(replicationDestination, 'disk', {
      spec: { trigger: { manual: 'first' }, rsyncTLS: { capacity: '40Gi' } },
    });
    cluster.clock.advance(MINUTE);
    const first = cluster.get(replicationDestination, 'disk');
    expect(textAt(first, 'status', 'lastManualSync')).toBe('first');
    cluster.change(replicationDestination, 'disk', { trigger: { manual: 'final' } });
    cluster.clock.advance(MINUTE);
    const last = cluster.get(replicationDestination, 'disk');
    expect(textAt(last, 'status', 'lastManualSync')).toBe('final');
    expect(textAt(last, 'status', 'latestImage', 'name')).not.toBe(textAt(first, 'status', 'latestImage', 'name'));
    expect(cluster.store.list(volumeSnapshot).map((each) => each.metadata.name)).toEqual([
      textAt(last, 'status', 'latestImage', 'name'),
    ]);
  });

  it('stands still while it is paused, and tells of a disk that is not there', () => {
    cluster.make(replicationSource, 'disk', { spec: { sourcePVC: 'disk', trigger: { manual: 'a' }, rsyncTLS: {} } });
    cluster.clock.advance(MINUTE);
    expect(condition(replicationSource, 'Synchronizing')).toMatchObject({ reason: 'Error' });
    cluster.change(replicationSource, 'disk', { paused: true });
    cluster.make(dataVolume, 'disk', claim);
    cluster.clock.advance(5 * MINUTE);
    expect(syncedAt(replicationSource)).toBeUndefined();
    cluster.change(replicationSource, 'disk', { paused: false });
    cluster.clock.advance(MINUTE);
    expect(syncedAt(replicationSource)).toBeDefined();
  });

  it('promotes, mirrors, demotes and resyncs a volume', () => {
    const dataSource = { kind: 'PersistentVolumeClaim', name: 'disk' };
    cluster.make(volumeReplication, 'disk', {
      spec: { dataSource, replicationState: 'primary', volumeReplicationClass: 'c' },
    });
    cluster.clock.advance(MINUTE);
    expect(objectAt(cluster.get(volumeReplication, 'disk'), 'status')).toMatchObject({
      state: 'Primary',
      message: 'volume is marked primary',
    });
    const first = syncedAt(volumeReplication);
    cluster.clock.advance(6 * MINUTE);
    expect(syncedAt(volumeReplication)).not.toBe(first);
    cluster.change(volumeReplication, 'disk', { replicationState: 'secondary' });
    cluster.clock.advance(MINUTE);
    expect(textAt(cluster.get(volumeReplication, 'disk'), 'status', 'state')).toBe('Secondary');
    const frozen = syncedAt(volumeReplication);
    cluster.clock.advance(20 * MINUTE);
    expect(syncedAt(volumeReplication)).toBe(frozen);
    cluster.change(volumeReplication, 'disk', { replicationState: 'resync' });
    cluster.clock.advance(4_000);
    expect(condition(volumeReplication, 'Resyncing')).toMatchObject({ status: 'True', reason: 'ResyncTriggered' });
    cluster.clock.advance(MINUTE);
    expect(condition(volumeReplication, 'Resyncing')).toMatchObject({ status: 'False' });
    expect(condition(volumeReplication, 'Degraded')).toMatchObject({ status: 'False', reason: 'Healthy' });
  });

  it('fences, unfences, and says when the storage did not', () => {
    const spec = { driver: 'rbd.csi.ceph.com', cidrs: ['10.0.0.0/8'], secret: { name: 's', namespace: 'd' } };
    cluster.make(networkFence, 'a', { spec });
    cluster.make(networkFence, 'b', { spec: { ...spec, driver: 'failing.csi' } });
    cluster.clock.advance(MINUTE);
    expect(objectAt(cluster.get(networkFence, 'a'), 'status')).toEqual({
      result: 'Succeeded',
      message: 'fencing operation successful',
    });
    expect(textAt(cluster.get(networkFence, 'b'), 'status', 'result')).toBe('Failed');
    cluster.change(networkFence, 'a', { fenceState: 'Unfenced' });
    cluster.clock.advance(MINUTE);
    expect(textAt(cluster.get(networkFence, 'a'), 'status', 'message')).toBe('unfencing operation successful');
  });
});

describe('snapshots and moves of a machine', () => {
  const source = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' };
  const running = () => textAt(cluster.store.get(virtualMachineInstance, 'd', 'web'), 'status', 'phase');

  beforeEach(() => {
    cluster.machine('web');
    cluster.clock.advance(MINUTE);
    expect(running()).toBe('Running');
  });

  it('snapshot a running machine with its agent, restore it when it is stopped, with its disk from the snapshot', () => {
    cluster.make(virtualMachineSnapshot, 'web-1', { spec: { source } });
    cluster.clock.advance(MINUTE);
    const snapshot = cluster.get(virtualMachineSnapshot, 'web-1');
    expect(objectAt(snapshot, 'status')).toMatchObject({
      phase: 'Succeeded',
      readyToUse: true,
      indications: ['Online', 'GuestAgent'],
    });
    expect(objectAt(snapshot, 'status', 'snapshotVolumes')).toEqual({ includedVolumes: ['root'] });
    cluster.make(virtualMachineRestore, 'back', { spec: { target: source, virtualMachineSnapshotName: 'web-1' } });
    cluster.clock.advance(MINUTE);
    expect(objectAt(cluster.get(virtualMachineRestore, 'back'), 'status')).toMatchObject({ complete: false });
    cluster.change(virtualMachine, 'web', { runStrategy: 'Halted' });
    cluster.clock.advance(2 * MINUTE);
    const restore = cluster.get(virtualMachineRestore, 'back');
    expect(objectAt(restore, 'status')).toMatchObject({ complete: true, deletedDataVolumes: ['web-root'] });
    const volumes = objectsAt(cluster.get(virtualMachine, 'web'), 'spec', 'template', 'spec', 'volumes');
    expect(volumes).toEqual([{ name: 'root', dataVolume: { name: `restore-${String(restore.metadata.uid)}-root` } }]);
    expect(cluster.store.get(dataVolume, 'd', 'web-root')).toBeUndefined();
    cluster.change(virtualMachine, 'web', { runStrategy: 'Always' });
    cluster.clock.advance(MINUTE);
    expect(running()).toBe('Running');
  });

  it('keep the disks’ names when that is asked', () => {
    cluster.make(virtualMachineSnapshot, 'web-1', { spec: { source } });
    cluster.clock.advance(MINUTE);
    cluster.change(virtualMachine, 'web', { runStrategy: 'Halted', dataVolumeTemplates: [] });
    cluster.clock.advance(MINUTE);
    const before = cluster.get(persistentVolumeClaim, 'web-root');
    cluster.make(virtualMachineRestore, 'back', {
      spec: { target: source, virtualMachineSnapshotName: 'web-1', volumeRestorePolicy: 'InPlace' },
    });
    const locks = cluster.seen(() => textAt(cluster.get(virtualMachine, 'web'), 'status', 'restoreInProgress'), MINUTE);
    expect(locks).toEqual(['', 'back', '']);
    expect(objectAt(cluster.get(virtualMachineRestore, 'back'), 'status')?.complete).toBe(true);
    // The disk stays, its claim is another, filled from the snapshot.
    expect(cluster.store.get(dataVolume, 'd', 'web-root')).toBeDefined();
    const claim = cluster.get(persistentVolumeClaim, 'web-root');
    expect(claim.metadata.uid).not.toBe(before.metadata.uid);
    expect(textAt(claim, 'spec', 'dataSource', 'kind')).toBe('VolumeSnapshot');
    expect(textAt(claim, 'status', 'phase')).toBe('Bound');
    // As KubeVirt leaves a machine that does not make its disks itself: with a claim, and run as before.
    const machine = cluster.get(virtualMachine, 'web');
    expect(objectsAt(machine, 'spec', 'template', 'spec', 'volumes')).toEqual([
      { name: 'root', persistentVolumeClaim: { claimName: 'web-root' } },
    ]);
    expect(textAt(machine, 'spec', 'runStrategy')).toBe('Halted');
  });

  it('stop the machine themselves where that is asked', () => {
    cluster.make(virtualMachineSnapshot, 'web-1', { spec: { source } });
    cluster.clock.advance(MINUTE);
    const how = { volumeRestorePolicy: 'InPlace', targetReadinessPolicy: 'StopTarget' };
    cluster.make(virtualMachineRestore, 'back', {
      spec: { target: source, virtualMachineSnapshotName: 'web-1', ...how },
    });
    cluster.clock.advance(2 * MINUTE);
    expect(objectAt(cluster.get(virtualMachineRestore, 'back'), 'status')?.complete).toBe(true);
    expect(textAt(cluster.get(virtualMachine, 'web'), 'spec', 'runStrategy')).toBe('Halted');
    expect(running()).toBeUndefined();
  });

  it('hold the machine as it is while they are made, and let it go though they are deleted half-way', () => {
    cluster.make(virtualMachineSnapshot, 'web-1', { spec: { source } });
    cluster.clock.advance(1_000);
    expect(textAt(cluster.get(virtualMachine, 'web'), 'status', 'snapshotInProgress')).toBe('web-1');
    expect(() => cluster.change(virtualMachine, 'web', { runStrategy: 'Halted' })).toThrow(
      'Cannot update vm running state until snapshot "web-1" completes',
    );
    deleteObject(cluster.objects, virtualMachineSnapshot, cluster.get(virtualMachineSnapshot, 'web-1'), {
      propagationPolicy: undefined,
      uid: undefined,
      resourceVersion: undefined,
      dryRun: false,
    });
    cluster.clock.advance(MINUTE);
    cluster.change(virtualMachine, 'web', { runStrategy: 'Halted' });
    cluster.clock.advance(MINUTE);
    expect(running()).toBeUndefined();
  });

  it('move a machine to another node, phase by phase, and fail with it when it is gone', () => {
    const before = textAt(cluster.get(virtualMachineInstance, 'web'), 'status', 'nodeName');
    cluster.make(virtualMachineInstanceMigration, 'away', { spec: { vmiName: 'web' } });
    const phases = cluster.seen(
      () => textAt(cluster.get(virtualMachineInstanceMigration, 'away'), 'status', 'phase'),
      MINUTE,
    );
    expect(phases.filter((each) => each !== '')).toEqual([
      'Pending',
      'Scheduling',
      'Scheduled',
      'TargetReady',
      'Running',
      'Succeeded',
    ]);
    expect(textAt(cluster.get(virtualMachineInstance, 'web'), 'status', 'nodeName')).not.toBe(before);
    cluster.make(virtualMachineInstanceMigration, 'lost', { spec: { vmiName: 'nobody' } });
    cluster.clock.advance(MINUTE);
    expect(textAt(cluster.get(virtualMachineInstanceMigration, 'lost'), 'status', 'phase')).toBe('Failed');
  });
});
