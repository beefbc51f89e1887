/** Decides in which of its situations a machine is, from what is desired and what a cluster shows. */
import { type LiveRoom, resizesLive } from '../../resources/domain/live-resize.js';
import type { DesiredMachine } from './desired-machine.js';
import type { Seen } from './observe.js';

export interface Facts {
  readonly desired: Pick<
    DesiredMachine,
    | 'resourceId'
    | 'generation'
    | 'placementEpoch'
    | 'intention'
    | 'off'
    | 'standby'
    | 'vcpu'
    | 'memoryMib'
    | 'formerVcpu'
    | 'restartAgreed'
    | 'restartUid'
    | 'restoringSnapshotId'
    | 'takenOver'
    | 'keepDiskDays'
    | 'tornDiskUid'
  >;
  readonly seen: Seen;
  /** What it may become while it runs; absent or null = nothing else. */
  readonly liveRoom?: LiveRoom | null;
  /** Whether `seen` was just read at the cluster itself. Only then does absence prove anything. */
  readonly fresh: boolean;
  /** Whether it is time to apply again, changed or not, so that what others did is undone. */
  readonly healingDue: boolean;
  readonly now: Date;
}

export const SITUATIONS = [
  'TAKEN',
  'SUPERSEDED',
  'LEAVING',
  'REBUILD_DISK',
  'REBUILD_WAIT',
  'MISSING',
  'TAKE_OVER',
  'TAKE_OVER_CHANGED',
  'TAKEN_OVER_MISSING',
  'SENT',
  'IMPORT_FAILED',
  'IMPORT_WAITING',
  'IMPORTING',
  'DISK_TROUBLE',
  'UNSCHEDULABLE',
  'START_FAILED',
  'RESIZE_LIVE',
  'RESIZE_ASKS',
  'RESIZE_STOP',
  'RESIZE_STOPPING',
  'RESIZE_START',
  'RESTORING',
  'RESTART',
  'RESTARTING',
  'STARTING',
  'STOPPING',
  'STOPPED',
  'NODE_LOST',
  'PAUSED',
  'MIGRATING',
  'RUNNING_WITHOUT_ADDRESS',
  'RUNNING',
  'RELEASE_TAKEN',
  'RELEASE_SUPERSEDED',
  'RELEASE_MACHINE',
  'RELEASE_MACHINE_WAIT',
  'RELEASE_INSTANCE_WAIT',
  'RELEASE_KEEP_DISK',
  'RELEASE_DISK',
  'RELEASE_DISK_WAIT',
  'RELEASE_STUCK',
  'RELEASE_READ',
  'RELEASED',
  'RELEASED_DISK_KEPT',
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** CDI tries for ever; after the third try a person should know. */
const IMPORT_RESTARTS_MAX = 3;
/** A guest gets two minutes to shut down; what is still there after this needs a person. */
const REMOVAL_MAX_MS = 15 * 60_000;

export function situationOf(facts: Facts): Situation {
  return facts.desired.intention === 'PRESENT' ? present(facts) : absent(facts);
}

/** Whether what the cluster has was made for an older wish. */
export function isBehind({ desired, seen }: Facts): boolean {
  return [seen.machine, seen.disk].some(
    (each) =>
      each !== undefined && (each.generation < desired.generation || each.placementEpoch < desired.placementEpoch),
  );
}

/** A resize is under way, and not known to have been carried out. */
function isResizing({ desired }: Facts): boolean {
  return desired.formerVcpu !== undefined && desired.formerVcpu !== null;
}

/** What runs has the size that is wanted; a cluster that does not say how big it is is believed. */
function runsAsWanted({ desired, seen }: Facts): boolean {
  const { instance } = seen;
  if (instance === undefined) return false;
  const { vcpu, memoryMib } = instance;
  return (vcpu === null || vcpu === desired.vcpu) && (memoryMib === null || memoryMib === desired.memoryMib);
}

/**
 * Whether a resize has been carried out: its objects are of the newest wish, and what shall run runs with the new size, or
 * nothing runs and nothing shall.
 */
export function isResized(facts: Facts): boolean {
  const { desired, seen } = facts;
  if (!isResizing(facts) || isBehind(facts) || seen.machine === undefined) return false;
  const off = desired.off || desired.standby;
  if (seen.machine.halted !== Boolean(off)) return false;
  return off ? seen.instance === undefined : seen.instance?.phase === 'Running' && runsAsWanted(facts);
}

/**
 * What its cluster can plug in is plugged in while it runs. Anything else is a restart: where one was agreed to, it is halted,
 * and when nothing of it runs any more, it is let run again; where none was, its new size waits for the next start, whoever
 * asks for that.
 */
function resizing(facts: Facts): Situation | undefined {
  const { desired, seen } = facts;
  const { machine, instance } = seen;
  if (!isResizing(facts) || machine === undefined || desired.off || desired.standby) return undefined;
  if (instance === undefined || runsAsWanted(facts))
    return machine.halted && instance === undefined ? 'RESIZE_START' : undefined;
  if (machine.halted) return 'RESIZE_STOPPING';
  if (isPluggable(facts)) return 'RESIZE_LIVE';
  return desired.restartAgreed === false ? 'RESIZE_ASKS' : 'RESIZE_STOP';
}

/** What runs can get what is wanted as it runs. */
function isPluggable({ desired, liveRoom = null, seen }: Facts): boolean {
  const { memoryMib = null, vcpu = null } = seen.instance ?? {};
  return vcpu !== null && memoryMib !== null && resizesLive(liveRoom, { vcpu, memoryMib }, desired);
}

/**
 * A restart ends the very instance that ran when it was asked for: of whichever runs then, nothing more is to be done. What
 * is wanted is applied first, for the next one is started from it.
 */
function restarting(facts: Facts): Situation | undefined {
  const { desired, seen } = facts;
  if (!desired.restartUid || desired.off || desired.standby || isBehind(facts)) return undefined;
  if (seen.instance?.uid !== desired.restartUid) return undefined;
  return seen.instance.deletingSince === undefined ? 'RESTART' : 'RESTARTING';
}

function isTaken({ desired, seen }: Facts): boolean {
  return [seen.machine, seen.disk].some((each) => each !== undefined && each.owner !== desired.resourceId);
}

function isSuperseded({ desired, seen }: Facts): boolean {
  return [seen.machine, seen.disk].some((each) => each !== undefined && each.placementEpoch > desired.placementEpoch);
}

/** What was taken over is never made, and gets its marks only while it still is what people approved. */
function takingOver({ desired, seen }: Facts): Situation | undefined {
  const { machine } = seen;
  if (!desired.takenOver) return undefined;
  if (machine === undefined) return 'TAKEN_OVER_MISSING';
  if (machine.owner !== undefined || machine.deletingSince !== undefined) return undefined;
  if (machine.uid !== desired.takenOver.uid) return 'TAKEN';
  const asApproved =
    machine.vcpu === desired.vcpu && machine.memoryMib === desired.memoryMib && machine.halted === Boolean(desired.off);
  return asApproved ? 'TAKE_OVER' : 'TAKE_OVER_CHANGED';
}

/**
 * Only the disk that the record names by its uid is removed, because what stands under its name by then may be whole; and
 * never while its machine runs, or may run, because that would lose what it writes. A missing disk is made anew already.
 */
function rebuilding({ desired, seen }: Facts): Situation | undefined {
  const { disk, instance, machine } = seen;
  if (!desired.tornDiskUid || desired.takenOver || disk?.uid !== desired.tornDiskUid) return undefined;
  const stands = instance === undefined && (machine === undefined || machine.halted);
  return stands ? 'REBUILD_DISK' : 'REBUILD_WAIT';
}

function present(facts: Facts): Situation {
  const { disk, instance, machine } = facts.seen;
  if (facts.desired.restoringSnapshotId) return 'RESTORING';
  const taking = takingOver(facts);
  if (taking !== undefined) return taking;
  if (isTaken(facts)) return 'TAKEN';
  if (isSuperseded(facts)) return 'SUPERSEDED';
  if (machine?.deletingSince !== undefined || disk?.deletingSince !== undefined) return 'LEAVING';
  const rebuild = rebuilding(facts);
  if (rebuild !== undefined) return rebuild;
  if (machine === undefined || (disk === undefined && !facts.desired.takenOver)) return 'MISSING';
  if (instance?.phase === 'Unknown') return 'NODE_LOST';
  const resize = resizing(facts);
  const restart = restarting(facts);
  // Whoever restarts it while its size waits for that, or is being plugged in, has agreed.
  if (restart !== undefined && (resize === 'RESIZE_LIVE' || resize === 'RESIZE_ASKS')) return restart;
  if (resize !== undefined) return resize;
  if (restart !== undefined) return restart;
  if (instance?.phase === 'Running' && instance.deletingSince === undefined)
    return (
      RUNNING_BY_STATUS[machine.printableStatus] ??
      (instance.addresses.length > 0 ? 'RUNNING' : 'RUNNING_WITHOUT_ADDRESS')
    );
  // Its disks are its owner's: whatever they do is not looked at.
  if (disk === undefined) return WAITING_BY_STATUS[machine.printableStatus] ?? 'STARTING';
  if (disk.phase === 'Failed' || (disk.trouble !== undefined && disk.restarts >= IMPORT_RESTARTS_MAX))
    return 'IMPORT_FAILED';
  // A halted machine says "Stopped" from its first moment: it stands ready when its disk does.
  if (facts.desired.standby && disk.phase !== 'Succeeded') return IMPORT_BY_PHASE[disk.phase] ?? 'IMPORTING';
  return WAITING_BY_STATUS[machine.printableStatus] ?? IMPORT_BY_PHASE[disk.phase] ?? 'IMPORTING';
}

/** KubeVirt's word for a machine whose instance runs, where it says more than that. */
const RUNNING_BY_STATUS: Readonly<Partial<Record<string, Situation>>> = {
  Paused: 'PAUSED',
  Migrating: 'MIGRATING',
  Stopping: 'STOPPING',
};

/** KubeVirt's word for a machine that does not run (yet), where it says why. */
const WAITING_BY_STATUS: Readonly<Partial<Record<string, Situation>>> = {
  ErrorUnschedulable: 'UNSCHEDULABLE',
  ErrorPvcNotFound: 'DISK_TROUBLE',
  DataVolumeError: 'DISK_TROUBLE',
  ErrImagePull: 'START_FAILED',
  ImagePullBackOff: 'START_FAILED',
  CrashLoopBackOff: 'START_FAILED',
  Stopping: 'STOPPING',
  Stopped: 'STOPPED',
};

/** CDI's phases that are no import under way; every other phase is one. */
const IMPORT_BY_PHASE: Readonly<Partial<Record<string, Situation>>> = {
  '': 'SENT',
  Pending: 'IMPORT_WAITING',
  PVCBound: 'IMPORT_WAITING',
  ImportScheduled: 'IMPORT_WAITING',
  CloneScheduled: 'IMPORT_WAITING',
  Paused: 'IMPORT_WAITING',
  // The disk waits for the machine to start, not the machine for the disk.
  WaitForFirstConsumer: 'STARTING',
  PendingPopulation: 'STARTING',
  Succeeded: 'STARTING',
};

function absent(facts: Facts): Situation {
  const { disk, instance, machine } = facts.seen;
  if (isTaken(facts)) return 'RELEASE_TAKEN';
  if (isSuperseded(facts)) return 'RELEASE_SUPERSEDED';
  if (machine) return removal(facts, machine.deletingSince, 'RELEASE_MACHINE', 'RELEASE_MACHINE_WAIT');
  if (instance) return removal(facts, instance.deletingSince, 'RELEASE_INSTANCE_WAIT', 'RELEASE_INSTANCE_WAIT');
  if (disk && disk.deletingSince === undefined && facts.desired.keepDiskDays) {
    if (disk.generation < facts.desired.generation) return 'RELEASE_KEEP_DISK';
    return facts.fresh ? 'RELEASED_DISK_KEPT' : 'RELEASE_READ';
  }
  if (disk) return removal(facts, disk.deletingSince, 'RELEASE_DISK', 'RELEASE_DISK_WAIT');
  return facts.fresh ? 'RELEASED' : 'RELEASE_READ';
}

function removal(facts: Facts, since: string | undefined, start: Situation, wait: Situation): Situation {
  if (since === undefined) return start;
  return facts.now.getTime() - Date.parse(since) > REMOVAL_MAX_MS ? 'RELEASE_STUCK' : wait;
}
