/** What VolSync and csi-addons do: syncs by schedule or by hand, roles of volumes, fences. */
import { timestamp } from '../clock.js';
import { type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { networkFence, replicationDestination, replicationSource, volumeReplication } from '../kinds/replication.js';
import { volumeSnapshot } from '../kinds/snapshots.js';
import { persistentVolumeClaim } from '../kinds/workload.js';
import type { Stage } from './stage.js';
import { type Condition, conditionStatus, isLeaving, ownedBy, type World } from './world.js';

const VOLSYNC = 'volsync';
const CSI_ADDONS = 'csi-addons-manager';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Of a schedule that is not "every so many minutes": near enough for what is shown. */
const usual: Readonly<Record<string, number>> = {
  '@hourly': 60 * MINUTE,
  '@daily': 1_440 * MINUTE,
  '@weekly': 10_080 * MINUTE,
};
/** A driver, a class or a source whose name contains this is the way to show a failure. */
const FAILING = 'failing';

const scheduleOf = (object: KubeObject) => textAt(object, 'spec', 'trigger', 'schedule');
const manualOf = (object: KubeObject) => textAt(object, 'spec', 'trigger', 'manual');
const isSyncing = (object: KubeObject) => conditionStatus(object, 'Synchronizing') === 'True';
const isActive = (object: KubeObject) => !isLeaving(object) && objectAt(object, 'spec')?.paused !== true;

/** Between one sync and the next. */
function intervalMs(schedule: string): number {
  const every = /^\*\/(\d+) \* \* \* \*$/.exec(schedule)?.[1];
  if (every !== undefined) return Math.max(1, Number(every)) * MINUTE;
  return usual[schedule] ?? (/^\S+ \* /.test(schedule) ? 60 * MINUTE : 1_440 * MINUTE);
}

/** Schedules are of the hour and the day, not of the last sync. */
function nextOf(schedule: string, now: number): number {
  const interval = intervalMs(schedule);
  return (Math.floor(now / interval) + 1) * interval;
}

/** When the next sync is due; undefined: now, or never by itself. */
function dueAt(object: KubeObject): number | undefined {
  const next = textAt(object, 'status', 'nextSyncTime');
  return next === undefined ? undefined : Date.parse(next);
}

const manualIsNew = (object: KubeObject) =>
  manualOf(object) !== undefined && manualOf(object) !== textAt(object, 'status', 'lastManualSync');

function synchronizing(object: KubeObject, world: World, is: boolean, reason: string, message: string): JsonObject[] {
  const condition: Condition = { type: 'Synchronizing', status: is ? 'True' : 'False', reason, message };
  return world.conditions(object, condition);
}

const pvcOf = (source: KubeObject) => textAt(source, 'spec', 'sourcePVC') ?? '';
const isMissing = (object: KubeObject, world: World) =>
  object.kind === 'ReplicationSource' &&
  world.get(persistentVolumeClaim, String(object.metadata.namespace), pvcOf(object)) === undefined;

const duration = (milliseconds: number) => `${(milliseconds / SECOND).toFixed(3)}s`;

function syncStages(kind: Kind): Stage[] {
  const begin = (object: KubeObject, world: World): void => {
    const status = {
      lastSyncStartTime: world.now,
      conditions: synchronizing(object, world, true, 'SyncInProgress', 'Synchronization in-progress'),
    };
    world.setStatus(kind, object, status, VOLSYNC);
  };
  return [
    {
      name: `${kind.singular}-find`,
      kind,
      selects: (object, world) =>
        isActive(object) && !isSyncing(object) && isMissing(object, world) && conditionReason(object) !== 'Error',
      delayMs: 300,
      step: (object, world) =>
        world.setStatus(
          kind,
          object,
          {
            conditions: synchronizing(
              object,
              world,
              false,
              'Error',
              `PersistentVolumeClaim "${pvcOf(object)}" not found`,
            ),
          },
          VOLSYNC,
        ),
    },
    {
      name: `${kind.singular}-by-hand`,
      kind,
      selects: (object, world) =>
        isActive(object) && !isSyncing(object) && manualIsNew(object) && !isMissing(object, world),
      delayMs: 300,
      jitterMs: 200,
      step: begin,
    },
    {
      name: `${kind.singular}-by-schedule`,
      kind,
      selects: (object, world) =>
        isActive(object) &&
        !isSyncing(object) &&
        manualOf(object) === undefined &&
        scheduleOf(object) !== undefined &&
        !isMissing(object, world),
      delayMs: 300,
      jitterMs: 200,
      notBefore: dueAt,
      endless: true,
      step: begin,
    },
    {
      name: `${kind.singular}-transfer`,
      kind,
      selects: (object) => isActive(object) && isSyncing(object),
      delayMs: 4_000,
      jitterMs: 6_000,
      step: (object, world) => finish(kind, object, world),
    },
  ];
}

function conditionReason(object: KubeObject): string | undefined {
  return textAt(
    objectsAt(object, 'status', 'conditions').find((each) => each.type === 'Synchronizing'),
    'reason',
  );
}

function finish(kind: Kind, object: KubeObject, world: World): void {
  const manual = manualOf(object);
  const schedule = scheduleOf(object);
  const now = world.objects.clock.now();
  const began = Date.parse(textAt(object, 'status', 'lastSyncStartTime') ?? world.now);
  const waits = manual === undefined && schedule !== undefined;
  const next: JsonObject = waits ? { nextSyncTime: timestampOf(nextOf(schedule, now)) } : {};
  const status: JsonObject = {
    lastSyncTime: timestamp(world.objects.clock),
    lastSyncDuration: duration(Math.max(0, now - began)),
    latestMoverStatus: { result: 'Successful', logs: '' },
    ...(manual === undefined ? {} : { lastManualSync: manual }),
    ...next,
    conditions: waits
      ? synchronizing(object, world, false, 'WaitingForSchedule', 'Waiting for next scheduled synchronization')
      : synchronizing(object, world, false, 'WaitingForManual', 'Waiting for manual trigger'),
  };
  if (kind === replicationDestination) {
    status.latestImage = { apiGroup: volumeSnapshot.group, kind: volumeSnapshot.kind, name: takeImage(object, world) };
    status.rsyncTLS = listeningAt(object);
  }
  world.setStatus(kind, object, status, VOLSYNC);
}

const timestampOf = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** A new snapshot of what has arrived; the one before goes. */
function takeImage(destination: KubeObject, world: World): string {
  const { name, namespace } = destination.metadata;
  const persistentVolumeClaimName = textAt(destination, 'spec', 'rsyncTLS', 'destinationPVC') ?? `volsync-${name}-dst`;
  const before = world.get(
    volumeSnapshot,
    String(namespace),
    textAt(destination, 'status', 'latestImage', 'name') ?? '',
  );
  if (before !== undefined) world.remove(volumeSnapshot, before);
  const made = `volsync-${name}-dst-${world.now.replace(/[^0-9]/g, '')}`;
  const { apiVersion, kind } = volumeSnapshot;
  const metadata = { name: made, namespace: String(namespace), ownerReferences: [ownedBy(destination)] };
  if (world.get(volumeSnapshot, String(namespace), made) === undefined)
    world.create(
      volumeSnapshot,
      { apiVersion, kind, metadata, spec: { source: { persistentVolumeClaimName } } },
      VOLSYNC,
    );
  return made;
}

/** Its service is there before anything has arrived. */
const listenStage: Stage = {
  name: 'replicationdestination-listen',
  kind: replicationDestination,
  selects: (object) =>
    isActive(object) && isByTls(object) && textAt(object, 'status', 'rsyncTLS', 'address') === undefined,
  delayMs: 400,
  jitterMs: 200,
  step: (object, world) => world.setStatus(replicationDestination, object, { rsyncTLS: listeningAt(object) }, VOLSYNC),
};

const isByTls = (object: KubeObject) => objectAt(object, 'spec', 'rsyncTLS') !== undefined;

function listeningAt(object: KubeObject): JsonObject {
  return {
    address: `${object.metadata.name}.${String(object.metadata.namespace)}.svc`,
    keySecret: textAt(object, 'spec', 'rsyncTLS', 'keySecret') ?? `volsync-rsync-tls-${object.metadata.name}`,
  };
}

const states: Readonly<Record<string, string>> = { primary: 'Primary', secondary: 'Secondary', resync: 'Secondary' };
const wantedRole = (object: KubeObject) => textAt(object, 'spec', 'replicationState') ?? '';
const hasItsRole = (object: KubeObject) =>
  textAt(object, 'status', 'state') === states[wantedRole(object)] &&
  textAt(object, 'status', 'message') === roleMessage(wantedRole(object));
const roleMessage = (role: string) =>
  ({ primary: 'volume is marked primary', secondary: 'volume is marked secondary' })[role] ??
  'volume is marked for resyncing';
/** What a class that says nothing else mirrors by; one whose name ends so ("array-15s") is scheduled as it says. */
const MIRROR_EVERY = 5 * MINUTE;
const SCHEDULED = /-(\d+)s$/;

function mirrorEvery(object: KubeObject): number {
  const seconds = SCHEDULED.exec(textAt(object, 'spec', 'volumeReplicationClass') ?? '')?.[1];
  return seconds === undefined ? MIRROR_EVERY : Math.max(1, Number(seconds)) * SECOND;
}

function roleConditions(object: KubeObject, world: World, resyncing = wantedRole(object) === 'resync'): JsonObject[] {
  const role = wantedRole(object);
  const is = (type: string, status: boolean, reason: string): Condition => ({
    type,
    status: status ? 'True' : 'False',
    reason,
    message: roleMessage(role),
    observedGeneration: Number(object.metadata.generation ?? 1),
  });
  return world.conditions(
    object,
    is('Completed', true, role === 'primary' ? 'Promoted' : 'Demoted'),
    is('Degraded', resyncing, resyncing ? 'VolumeDegraded' : 'Healthy'),
    is('Resyncing', resyncing, resyncing ? 'ResyncTriggered' : 'NotResyncing'),
    is('Validated', true, 'PrerequisiteMet'),
  );
}

const volumeStages: readonly Stage[] = [
  {
    name: 'volume-role',
    kind: volumeReplication,
    selects: (object) => !isLeaving(object) && !hasItsRole(object),
    delayMs: 1_500,
    jitterMs: 1_500,
    step: (object, world) =>
      world.setStatus(
        volumeReplication,
        object,
        {
          state: states[wantedRole(object)] ?? 'Unknown',
          message: roleMessage(wantedRole(object)),
          conditions: roleConditions(object, world),
          observedGeneration: Number(object.metadata.generation ?? 1),
          lastStartTime: world.now,
          lastCompletionTime: world.now,
        },
        CSI_ADDONS,
      ),
  },
  {
    // Everything is brought over anew; the wish stays, and its status says that it is whole.
    name: 'volume-resync',
    kind: volumeReplication,
    selects: (object) =>
      !isLeaving(object) &&
      hasItsRole(object) &&
      wantedRole(object) === 'resync' &&
      conditionStatus(object, 'Resyncing') === 'True',
    delayMs: 6_000,
    jitterMs: 6_000,
    step: (object, world) =>
      world.setStatus(
        volumeReplication,
        object,
        { conditions: roleConditions(object, world, false), lastCompletionTime: world.now },
        CSI_ADDONS,
      ),
  },
  {
    // A secondary does not know when the other side last wrote: only the primary tells.
    name: 'volume-mirror',
    kind: volumeReplication,
    selects: (object) => !isLeaving(object) && hasItsRole(object) && wantedRole(object) === 'primary',
    delayMs: 200,
    jitterMs: 200,
    notBefore(object) {
      const last = textAt(object, 'status', 'lastSyncTime');
      return last === undefined ? undefined : Date.parse(last) + mirrorEvery(object);
    },
    endless: true,
    step(object, world) {
      const status = {
        lastSyncTime: world.now,
        lastSyncDuration: duration(world.random.between(800, 9_000)),
        lastSyncBytes: Math.round(world.random.between(1_048_576, 268_435_456)),
      };
      world.setStatus(volumeReplication, object, status, CSI_ADDONS);
    },
  },
];

function fenceTold(fence: KubeObject): JsonObject {
  const isFencing = textAt(fence, 'spec', 'fenceState') !== 'Unfenced';
  const what = isFencing ? 'fencing operation' : 'unfencing operation';
  const by = textAt(fence, 'spec', 'driver') ?? textAt(fence, 'spec', 'networkFenceClassName') ?? '';
  return by.includes(FAILING)
    ? { result: 'Failed', message: `${what} failed: the storage did not answer` }
    : { result: 'Succeeded', message: `${what} successful` };
}

const fenceStage: Stage = {
  name: 'fence',
  kind: networkFence,
  selects: (fence) => !isLeaving(fence) && textAt(fence, 'status', 'message') !== fenceTold(fence).message,
  delayMs: 1_500,
  jitterMs: 1_500,
  step: (fence, world) => world.setStatus(networkFence, fence, fenceTold(fence), CSI_ADDONS),
};

export const replicationStages: readonly Stage[] = [
  ...syncStages(replicationSource),
  ...syncStages(replicationDestination),
  listenStage,
  ...volumeStages,
  fenceStage,
];
