import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LiveRoom } from '../../resources/domain/live-resize.js';
import { type Act, nextPhase, type Phase } from './next-phase.js';
import type { DiskView, InstanceView, MachineView } from './observe.js';
import { type Facts, SITUATIONS, type Situation } from './situation.js';

const RESOURCE = 'resource-1';
const NOW = new Date('2026-11-24T08:00:00Z');
const EARLIER = '2026-11-24T07:59:00Z';
const LONG_AGO = '2026-11-24T07:40:00Z';

const mark = {
  uid: 'u',
  resourceVersion: '7',
  owner: RESOURCE,
  placementEpoch: 1,
  generation: 1,
  deletingSince: undefined,
};
const machine = (over: Partial<MachineView> = {}): MachineView => ({
  ...mark,
  printableStatus: '',
  vcpu: 4,
  memoryMib: 8192,
  halted: false,
  heldFor: null,
  conditions: [],
  ...over,
});
const instance = (over: Partial<InstanceView> = {}): InstanceView => ({
  ...mark,
  phase: 'Running',
  vcpu: 4,
  memoryMib: 8192,
  nodeName: 'node-1',
  addresses: ['10.1.0.7'],
  conditions: [],
  ...over,
});
const disk = (over: Partial<DiskView> = {}): DiskView => ({
  ...mark,
  phase: 'Succeeded',
  gib: 100,
  percent: undefined,
  restarts: 0,
  trouble: undefined,
  conditions: [],
  ...over,
});

interface Case {
  readonly machine?: MachineView;
  readonly instance?: InstanceView;
  readonly disk?: DiskView;
  readonly absent?: boolean;
  readonly fresh?: boolean;
  readonly healingDue?: boolean;
  readonly generation?: number;
  readonly standby?: boolean;
  /** A resize is under way, from 2 vCPU and 4 GiB to 4 and 8. */
  readonly resizing?: boolean;
  /** Nobody agreed to a restart for it. */
  readonly onlyLive?: boolean;
  /** What its cluster can plug in. */
  readonly room?: LiveRoom;
  /** The instance that a restart shall end. */
  readonly restartUid?: string;
  readonly restoring?: boolean;
  readonly off?: 'ASKED';
  readonly keepDiskDays?: number;
  /** It ran before the console, as this object. */
  readonly takenUid?: string;
  /** The very disk that a cut transfer tore. */
  readonly tornUid?: string;
}

function facts(given: Case): Facts {
  return {
    desired: {
      resourceId: RESOURCE,
      generation: given.generation ?? 1,
      placementEpoch: 1,
      intention: given.absent ? 'ABSENT' : 'PRESENT',
      standby: given.standby ?? false,
      ...{ vcpu: 4, memoryMib: 8192, formerVcpu: given.resizing ? 2 : null },
      restartAgreed: !given.onlyLive,
      restartUid: given.restartUid ?? null,
      restoringSnapshotId: given.restoring ? 'snapshot-1' : null,
      off: given.off ?? null,
      keepDiskDays: given.keepDiskDays ?? null,
      tornDiskUid: given.tornUid ?? null,
      takenOver: given.takenUid
        ? { uid: given.takenUid, cpu: { sockets: 4 }, memory: { field: 'guest', amount: '8Gi' } }
        : null,
    },
    seen: { machine: given.machine, instance: given.instance, disk: given.disk },
    liveRoom: given.room ?? null,
    fresh: given.fresh ?? false,
    healingDue: given.healingDue ?? false,
    now: NOW,
  };
}

const running = { machine: machine({ printableStatus: 'Running' }), instance: instance(), disk: disk() };
/** What is there of a machine that still runs with its former size. */
const former = { ...running, instance: instance({ vcpu: 2, memoryMib: 4096 }), resizing: true };
/** What somebody made long ago, with no mark of the console's. */
const asFound = { machine: machine({ owner: undefined, generation: 0, placementEpoch: 0 }), instance: instance() };
const room: LiveRoom = { vcpuMax: 8, memoryMibMax: 16_384 };
const halted = machine({ printableStatus: 'Stopping', halted: true });
const importing = disk({ phase: 'ImportInProgress', percent: 50 });
const failing = disk({ phase: 'ImportInProgress', restarts: 3, trouble: 'Unable to connect to http data source: 404' });

/** Every situation at least once, with all that follows from it. */
const TABLE: readonly [Situation, Act, Phase, number | null, Case][] = [
  ['RESIZE_STOP', 'HALT', 'RUNNING', null, { ...former, generation: 2 }],
  ['RESIZE_STOP', 'HALT', 'RUNNING', null, former],
  // Whether a restart was agreed to or not: what can be plugged in is, and nobody notices.
  ['RESIZE_LIVE', 'APPLY', 'RUNNING', null, { ...former, room, generation: 2 }],
  ['RESIZE_LIVE', 'APPLY', 'RUNNING', null, { ...former, room, onlyLive: true, generation: 2 }],
  ['RESIZE_LIVE', 'NONE', 'RUNNING', null, { ...former, room, onlyLive: true }],
  ['RESIZE_LIVE', 'NONE', 'RUNNING', null, { ...former, room, onlyLive: true, instance: instance({ vcpu: 2 }) }],
  // What cannot: with consent by a restart, without it only once somebody asks for one.
  ['RESIZE_STOP', 'HALT', 'RUNNING', null, { ...former, room: { ...room, vcpuMax: 3 } }],
  ['RESIZE_ASKS', 'APPLY', 'RUNNING', null, { ...former, onlyLive: true, generation: 2 }],
  ['RESIZE_ASKS', 'NONE', 'RUNNING', null, { ...former, onlyLive: true }],
  ['RESIZE_ASKS', 'NONE', 'RUNNING', null, { ...former, room: { ...room, memoryMibMax: null }, onlyLive: true }],
  ['RESIZE_ASKS', 'NONE', 'RUNNING', null, { ...former, room, onlyLive: true, instance: instance({ vcpu: 6 }) }],
  ['RESIZE_ASKS', 'APPLY', 'RUNNING', null, { ...former, onlyLive: true, restartUid: 'u', generation: 2 }],
  ['RESTART', 'END_INSTANCE', 'RUNNING', null, { ...former, onlyLive: true, restartUid: 'u' }],
  ['RESTART', 'END_INSTANCE', 'RUNNING', null, { ...former, room, restartUid: 'u' }],
  ['RESIZE_STOP', 'HALT', 'RUNNING', null, { ...former, restartUid: 'u' }],
  ['RESIZE_STOPPING', 'NONE', 'RUNNING', null, { ...former, machine: halted, onlyLive: true }],
  ['RESIZE_STOPPING', 'NONE', 'RUNNING', null, { ...former, machine: halted }],
  ['RESIZE_START', 'APPLY', 'CREATING', null, { machine: halted, disk: disk(), resizing: true }],
  ['RUNNING', 'APPLY', 'RUNNING', null, { ...running, resizing: true, generation: 2 }],
  ['RESTORING', 'NONE', 'STOPPED', null, { machine: machine({ printableStatus: 'Stopped' }), restoring: true }],
  ['RESTORING', 'NONE', 'STOPPED', null, { disk: disk({ owner: undefined }), restoring: true, healingDue: true }],
  ['RESTART', 'END_INSTANCE', 'RUNNING', null, { ...running, restartUid: 'u' }],
  [
    'RESTARTING',
    'NONE',
    'CREATING',
    null,
    { ...running, instance: instance({ deletingSince: EARLIER }), restartUid: 'u' },
  ],
  // Another runs: what was asked has come true.
  ['RUNNING', 'NONE', 'RUNNING', null, { ...running, restartUid: 'u-before' }],
  // What is wanted is applied before, so that the next instance is made from it.
  ['RUNNING', 'APPLY', 'RUNNING', null, { ...running, restartUid: 'u', generation: 2 }],
  ['RUNNING', 'NONE', 'RUNNING', null, { ...running, restartUid: 'u', off: 'ASKED' }],
  // While KubeVirt is at its disks it takes no other power state: what is wanted waits.
  ['RUNNING', 'NONE', 'RUNNING', null, { ...running, machine: machine({ heldFor: 'SNAPSHOT' }), generation: 2 }],
  ['RESTART', 'NONE', 'RUNNING', null, { ...running, machine: machine({ heldFor: 'SNAPSHOT' }), restartUid: 'u' }],
  ['RESIZE_STOP', 'NONE', 'RUNNING', null, { ...former, machine: machine({ heldFor: 'RESTORE' }) }],
  ['TAKEN', 'NONE', 'FAILED', null, { ...running, machine: machine({ owner: undefined }) }],
  ['TAKEN', 'NONE', 'FAILED', null, { disk: disk({ owner: 'resource-2' }) }],
  ['SUPERSEDED', 'NONE', 'PENDING', null, { ...running, machine: machine({ placementEpoch: 2 }) }],
  ['SUPERSEDED', 'NONE', 'PENDING', null, { disk: disk({ placementEpoch: 2 }) }],
  ['LEAVING', 'NONE', 'CREATING', null, { ...running, machine: machine({ deletingSince: EARLIER }) }],
  ['LEAVING', 'NONE', 'CREATING', null, { ...running, disk: disk({ deletingSince: EARLIER }) }],
  ['MISSING', 'APPLY', 'PENDING', 5, {}],
  ['MISSING', 'APPLY', 'PENDING', 5, { disk: disk() }],
  ['MISSING', 'APPLY', 'PENDING', 5, { machine: machine(), instance: instance() }],
  ['REBUILD_DISK', 'REMOVE_DISK', 'CREATING', null, { machine: halted, disk: disk(), standby: true, tornUid: 'u' }],
  ['REBUILD_DISK', 'REMOVE_DISK', 'CREATING', null, { disk: disk(), standby: true, tornUid: 'u' }],
  ['REBUILD_WAIT', 'NONE', 'CREATING', null, { ...running, tornUid: 'u' }],
  ['REBUILD_WAIT', 'NONE', 'CREATING', null, { machine: halted, instance: instance(), disk: disk(), tornUid: 'u' }],
  ['TAKEN', 'NONE', 'FAILED', null, { machine: halted, disk: disk({ owner: 'resource-2' }), tornUid: 'u' }],
  ['MISSING', 'APPLY', 'PENDING', 5, { machine: halted, standby: true, tornUid: 'u' }],
  ['RUNNING', 'NONE', 'RUNNING', null, { ...running, tornUid: 'u-before' }],
  ['TAKE_OVER', 'APPLY', 'CREATING', null, { ...asFound, takenUid: 'u' }],
  ['TAKEN', 'NONE', 'FAILED', null, { ...asFound, takenUid: 'another' }],
  ['TAKEN', 'NONE', 'FAILED', null, { ...asFound, machine: machine({ owner: 'resource-2' }), takenUid: 'u' }],
  ['TAKE_OVER_CHANGED', 'NONE', 'FAILED', null, { ...asFound, takenUid: 'u', off: 'ASKED' }],
  ['TAKE_OVER_CHANGED', 'NONE', 'FAILED', null, { machine: machine({ owner: undefined, vcpu: 8 }), takenUid: 'u' }],
  ['TAKEN_OVER_MISSING', 'NONE', 'STOPPED', null, { takenUid: 'u' }],
  // Its disks are its owner's: it runs without one that the console knows of.
  ['RUNNING', 'NONE', 'RUNNING', null, { machine: machine(), instance: instance({ owner: undefined }), takenUid: 'u' }],
  ['STOPPED', 'NONE', 'STOPPED', null, { machine: machine({ printableStatus: 'Stopped' }), takenUid: 'u' }],
  ['STARTING', 'NONE', 'CREATING', 85, { machine: machine(), takenUid: 'u' }],
  ['IMPORT_FAILED', 'NONE', 'FAILED', null, { machine: machine(), disk: disk({ phase: 'Failed' }) }],
  ['IMPORT_FAILED', 'NONE', 'FAILED', null, { machine: machine(), disk: failing }],
  ['SENT', 'NONE', 'PENDING', 5, { machine: machine(), disk: disk({ phase: '' }) }],
  [
    'IMPORT_WAITING',
    'NONE',
    'CREATING',
    10,
    { machine: machine({ printableStatus: 'Provisioning' }), disk: disk({ phase: 'Pending' }) },
  ],
  ['IMPORTING', 'NONE', 'CREATING', 45, { machine: machine(), disk: importing }],
  ['IMPORTING', 'NONE', 'CREATING', 10, { machine: machine(), disk: disk({ phase: 'CloneInProgress' }) }],
  ['IMPORTING', 'NONE', 'CREATING', 10, { machine: machine(), disk: { ...failing, percent: 0, restarts: 2 } }],
  [
    'DISK_TROUBLE',
    'NONE',
    'CREATING',
    null,
    { machine: machine({ printableStatus: 'DataVolumeError' }), disk: importing },
  ],
  [
    'UNSCHEDULABLE',
    'NONE',
    'CREATING',
    null,
    { machine: machine({ printableStatus: 'ErrorUnschedulable' }), disk: disk() },
  ],
  ['START_FAILED', 'NONE', 'FAILED', null, { machine: machine({ printableStatus: 'CrashLoopBackOff' }), disk: disk() }],
  ['STARTING', 'NONE', 'CREATING', 85, { machine: machine({ printableStatus: 'Starting' }), disk: disk() }],
  ['STARTING', 'NONE', 'CREATING', 85, { machine: machine(), disk: disk({ phase: 'WaitForFirstConsumer' }) }],
  ['STARTING', 'NONE', 'CREATING', 85, { ...running, instance: instance({ phase: 'Scheduling', addresses: [] }) }],
  ['STOPPING', 'NONE', 'STOPPED', null, { ...running, machine: machine({ printableStatus: 'Stopping' }) }],
  ['STOPPED', 'NONE', 'STOPPED', null, { machine: machine({ printableStatus: 'Stopped' }), disk: disk() }],
  ['NODE_LOST', 'NONE', 'STOPPED', null, { ...running, instance: instance({ phase: 'Unknown' }) }],
  ['PAUSED', 'NONE', 'RUNNING', null, { ...running, machine: machine({ printableStatus: 'Paused' }) }],
  ['MIGRATING', 'NONE', 'RUNNING', null, { ...running, machine: machine({ printableStatus: 'Migrating' }) }],
  ['RUNNING_WITHOUT_ADDRESS', 'NONE', 'CREATING', 95, { ...running, instance: instance({ addresses: [] }) }],
  ['RUNNING', 'NONE', 'RUNNING', null, running],
  ['RUNNING', 'APPLY', 'RUNNING', null, { ...running, healingDue: true }],
  ['RUNNING', 'APPLY', 'RUNNING', null, { ...running, generation: 2 }],
  ['RELEASE_TAKEN', 'NONE', 'DELETING', null, { ...running, machine: machine({ owner: undefined }), absent: true }],
  ['RELEASE_SUPERSEDED', 'NONE', 'DELETING', null, { ...running, disk: disk({ placementEpoch: 2 }), absent: true }],
  ['RELEASE_MACHINE', 'REMOVE_MACHINE', 'DELETING', null, { ...running, absent: true }],
  [
    'RELEASE_MACHINE_WAIT',
    'NONE',
    'DELETING',
    null,
    { ...running, machine: machine({ deletingSince: EARLIER }), absent: true },
  ],
  ['RELEASE_INSTANCE_WAIT', 'NONE', 'DELETING', null, { instance: instance(), disk: disk(), absent: true }],
  ['RELEASE_DISK', 'REMOVE_DISK', 'DELETING', null, { disk: disk(), absent: true }],
  ['RELEASE_DISK_WAIT', 'NONE', 'DELETING', null, { disk: disk({ deletingSince: EARLIER }), absent: true }],
  ['RELEASE_STUCK', 'NONE', 'DELETING', null, { machine: machine({ deletingSince: LONG_AGO }), absent: true }],
  ['RELEASE_STUCK', 'NONE', 'DELETING', null, { disk: disk({ deletingSince: LONG_AGO }), absent: true }],
  ['RELEASE_READ', 'READ', 'DELETING', null, { absent: true }],
  ['RELEASED', 'NONE', 'GONE', null, { absent: true, fresh: true }],
  ['RELEASED', 'NONE', 'GONE', null, { absent: true, fresh: true, keepDiskDays: 7 }],
  ['RELEASE_MACHINE', 'REMOVE_MACHINE', 'DELETING', null, { ...running, absent: true, keepDiskDays: 7 }],
  ['RELEASE_KEEP_DISK', 'KEEP_DISK', 'DELETING', null, { disk: disk(), absent: true, generation: 2, keepDiskDays: 7 }],
  ['RELEASE_READ', 'READ', 'DELETING', null, { disk: disk(), absent: true, keepDiskDays: 7 }],
  ['RELEASED_DISK_KEPT', 'NONE', 'GONE', null, { disk: disk(), absent: true, fresh: true, keepDiskDays: 7 }],
  [
    'RELEASE_DISK_WAIT',
    'NONE',
    'DELETING',
    null,
    { disk: disk({ deletingSince: EARLIER }), absent: true, fresh: true, keepDiskDays: 7 },
  ],
];

describe('the next phase', () => {
  it.each(TABLE)('of %s is to %s, recorded as %s, %s percent', (situation, act, phase, progressPercent, given) => {
    const decision = nextPhase(facts(given));
    expect(decision).toMatchObject({ situation, act, phase, progressPercent });
    expect(decision.statusText.zh).not.toBe('');
    expect(decision.statusText.en).not.toBe('');
  });

  it('has a case for every situation', () => {
    expect(new Set(TABLE.map(([situation]) => situation))).toEqual(new Set(SITUATIONS));
  });

  it('says that a resize is carried out when its machine runs with its new size, or is off as it shall be', () => {
    const done = (given: Case) => nextPhase(facts(given)).resized;
    expect(done({ ...running, resizing: true })).toBe(true);
    expect(done(running)).toBe(false);
    expect(done(former)).toBe(false);
    expect(done({ ...running, resizing: true, generation: 2 })).toBe(false);
    expect(done({ machine: halted, disk: disk(), resizing: true })).toBe(false);
    expect(done({ machine: halted, disk: disk(), resizing: true, standby: true })).toBe(true);
    expect(done({ ...former, machine: halted, standby: true })).toBe(false);
  });

  it('says what the importer said', () => {
    expect(nextPhase(facts({ machine: machine(), disk: failing })).statusText.en).toContain('404');
  });
});

describe('whatever a cluster shows', () => {
  const text = fc.constantFrom(
    '',
    'Pending',
    'Running',
    'Succeeded',
    'Failed',
    'Unknown',
    'Stopping',
    'NewInKubeVirt2',
  );
  const common = {
    uid: fc.constant('u'),
    resourceVersion: fc.constant('7'),
    owner: fc.constantFrom(RESOURCE, undefined, 'resource-2'),
    placementEpoch: fc.nat({ max: 2 }),
    generation: fc.nat({ max: 2 }),
    deletingSince: fc.constantFrom(undefined, EARLIER, LONG_AGO),
    conditions: fc.constant([]),
  };
  const anyFacts: fc.Arbitrary<Facts> = fc.record({
    desired: fc.record({
      resourceId: fc.constant(RESOURCE),
      generation: fc.constant(1),
      placementEpoch: fc.constant(1),
      intention: fc.constantFrom('PRESENT' as const, 'ABSENT' as const),
      standby: fc.boolean(),
      vcpu: fc.constant(4),
      memoryMib: fc.constant(8192),
      formerVcpu: fc.constantFrom(null, 2),
      restartAgreed: fc.boolean(),
      restartUid: fc.constantFrom(null, 'u', 'u-before'),
      restoringSnapshotId: fc.constantFrom(null, 'snapshot-1'),
      keepDiskDays: fc.constantFrom(null, 7),
      tornDiskUid: fc.constantFrom(null, 'u', 'u-before'),
    }),
    seen: fc.record({
      machine: fc.option(
        fc.record({
          ...common,
          printableStatus: text,
          vcpu: fc.constant(null),
          memoryMib: fc.constant(null),
          halted: fc.boolean(),
          heldFor: fc.constantFrom(null, 'SNAPSHOT' as const, 'RESTORE' as const),
        }),
        { nil: undefined },
      ),
      instance: fc.option(
        fc.record({
          ...common,
          phase: text,
          vcpu: fc.constantFrom(null, 2, 4),
          memoryMib: fc.constantFrom(null, 8192),
          nodeName: fc.constant(undefined),
          addresses: fc.constantFrom([], ['10.1.0.7']),
        }),
        { nil: undefined },
      ),
      disk: fc.option(
        fc.record({
          ...common,
          phase: text,
          gib: fc.constantFrom(null, 100),
          percent: fc.option(fc.nat({ max: 100 }), { nil: undefined }),
          restarts: fc.nat({ max: 5 }),
          trouble: fc.constantFrom(undefined, 'no route to host'),
        }),
        { nil: undefined },
      ),
    }),
    liveRoom: fc.constantFrom(null, room, { vcpuMax: 2, memoryMibMax: null }),
    fresh: fc.boolean(),
    healingDue: fc.boolean(),
    now: fc.constant(NOW),
  });
  const holds = (claim: (facts: Facts) => void) => fc.assert(fc.property(anyFacts, claim), { numRuns: 2_000 });

  it('there is a decision', () => {
    holds((given) => expect(SITUATIONS).toContain(nextPhase(given).situation));
  });

  it('nothing is touched that is another’s or of a newer placement', () => {
    holds((given) => {
      const own = [given.seen.machine, given.seen.disk].filter((each) => each !== undefined);
      if (own.some((each) => each.owner !== RESOURCE || each.placementEpoch > 1))
        expect(nextPhase(given).act).toBe('NONE');
    });
  });

  it('nothing is deleted that shall be there, nothing made that shall not', () => {
    holds((given) => {
      const { act } = nextPhase(given);
      const forbidden = given.desired.intention === 'PRESENT' ? ['REMOVE_MACHINE', 'REMOVE_DISK', 'READ'] : ['APPLY'];
      expect(forbidden).not.toContain(act);
    });
  });

  it('gone means that all was read at the cluster and nothing found, or only the disk that is to be kept', () => {
    holds((given) => {
      const { machine, instance, disk } = given.seen;
      const { keepDiskDays, intention, generation } = given.desired;
      const kept =
        keepDiskDays !== null &&
        disk?.owner === RESOURCE &&
        disk.placementEpoch <= 1 &&
        disk.generation >= generation &&
        disk.deletingSince === undefined;
      const gone = given.fresh && !machine && !instance && intention === 'ABSENT';
      expect(nextPhase(given).phase === 'GONE').toBe(gone && (!disk || kept));
      expect(nextPhase(given).diskKept).toBe(gone && kept);
    });
  });

  it('a disk that is to be kept is never deleted but to be made anew, and none is marked so that is not', () => {
    holds((given) => {
      const { act, situation } = nextPhase(given);
      // In the recycle bin a machine is still wanted, with the days its disk shall be kept: torn, it is no disk to keep.
      if (act === 'REMOVE_DISK' && situation !== 'REBUILD_DISK') expect(given.desired.keepDiskDays).toBeNull();
      if (act === 'KEEP_DISK') expect([given.desired.keepDiskDays, given.desired.intention]).toEqual([7, 'ABSENT']);
    });
  });

  it('nothing is halted but for a resize that is not known to be done', () =>
    holds((given) => {
      if (nextPhase(given).act === 'HALT')
        expect([given.desired.formerVcpu, nextPhase(given).resized]).toEqual([2, false]);
    }));

  it('nothing that runs is halted for a resize without consent, nor where it can be plugged in', () =>
    holds((given) => {
      if (nextPhase(given).act !== 'HALT') return;
      const { desired, liveRoom, seen } = given;
      expect(desired.restartAgreed).toBe(true);
      const fits = liveRoom === room && seen.instance?.vcpu === 2 && seen.instance.memoryMib === desired.memoryMib;
      expect(fits).toBe(false);
    }));

  it('an instance is ended only when a restart names that very one', () => {
    holds((given) => {
      if (nextPhase(given).act === 'END_INSTANCE') expect(given.seen.instance?.uid).toBe(given.desired.restartUid);
    });
  });

  it('nothing at all is done to a machine while its disks are being brought back', () => {
    holds((given) => {
      if (given.desired.intention === 'PRESENT' && given.desired.restoringSnapshotId !== null)
        expect(nextPhase(given).act).toBe('NONE');
    });
  });

  it('nothing is asked of a machine whose disks KubeVirt is at, but that it goes', () => {
    holds((given) => {
      const { act } = nextPhase(given);
      if (given.seen.machine?.heldFor) expect(['APPLY', 'HALT', 'END_INSTANCE']).not.toContain(act);
    });
  });

  it('a disk is deleted only after its machine, or where it is the very one that is torn and nothing runs of its machine', () => {
    holds((given) => {
      if (nextPhase(given).act !== 'REMOVE_DISK') return;
      const { desired, seen } = given;
      expect(seen.instance).toBeUndefined();
      if (desired.intention === 'ABSENT') expect(seen.machine).toBeUndefined();
      else expect([desired.tornDiskUid, seen.machine?.halted ?? true]).toEqual([seen.disk?.uid, true]);
    });
  });
});
