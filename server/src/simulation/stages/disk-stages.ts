/** What CDI does with a DataVolume: claim, import with progress, or failing and trying again. */
import { type JsonObject, type KubeObject, objectAt, textAt } from '../json.js';
import { dataVolume } from '../kinds/kubevirt.js';
import { volumeSnapshot } from '../kinds/snapshots.js';
import { CLAIM_FINALIZER, persistentVolumeClaim } from '../kinds/workload.js';
import type { Stage } from './stage.js';
import { type Condition, hasFinalizer, isLeaving, ownedBy, type World } from './world.js';

const MANAGER = 'cdi-controller';
/** A url that contains this leads nowhere: the way to show a failing import. */
const MISSING = 'missing';
const PROGRESS_STEP = { least: 14, most: 30 };
const unreachable = 'Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found';

const phaseOf = (disk: KubeObject) => textAt(disk, 'status', 'phase') ?? '';
const inPhase = (phase: string) => (disk: KubeObject) => !isLeaving(disk) && phaseOf(disk) === phase;

function progressOf(disk: KubeObject): number {
  return Number.parseFloat(textAt(disk, 'status', 'progress') ?? '0') || 0;
}

function leadsNowhere(disk: KubeObject): boolean {
  return JSON.stringify(objectAt(disk, 'spec', 'source') ?? {}).includes(MISSING);
}

function conditions(disk: KubeObject, world: World, bound: boolean, running: boolean, reason: string): JsonObject[] {
  const state = (type: string, is: boolean, why: string, message = ''): Condition => ({
    type,
    status: is ? 'True' : 'False',
    reason: why,
    message,
  });
  return world.conditions(
    disk,
    state('Bound', bound, bound ? 'Bound' : 'Pending', bound ? `PVC ${disk.metadata.name} Bound` : ''),
    state('Running', running, reason),
    state('Ready', bound && !running, bound ? '' : 'TransferRunning'),
  );
}

/** The storage's own class when none is named, as a real cluster has a default. */
function claimOf(disk: KubeObject): KubeObject {
  const storage = objectAt(disk, 'spec', 'storage') ?? objectAt(disk, 'spec', 'pvc') ?? {};
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: disk.metadata.name,
      namespace: disk.metadata.namespace ?? '',
      labels: { 'app.kubernetes.io/managed-by': 'cdi-controller' },
      ownerReferences: [ownedBy(disk)],
    },
    spec: {
      accessModes: storage.accessModes ?? ['ReadWriteMany'],
      resources: { requests: objectAt(storage, 'resources', 'requests') ?? {} },
      ...(storage.storageClassName === undefined ? {} : { storageClassName: storage.storageClassName }),
      volumeMode: storage.volumeMode ?? 'Block',
    },
  };
}

export const diskStages: readonly Stage[] = [
  {
    name: 'disk-claim',
    kind: dataVolume,
    selects: inPhase(''),
    delayMs: 200,
    jitterMs: 200,
    step(disk, world) {
      if (world.get(persistentVolumeClaim, String(disk.metadata.namespace), disk.metadata.name) === undefined) {
        world.create(persistentVolumeClaim, claimOf(disk), MANAGER);
      }
      const status = {
        phase: 'Pending',
        progress: 'N/A',
        claimName: disk.metadata.name,
        conditions: conditions(disk, world, false, false, 'Pending'),
      };
      world.setStatus(dataVolume, disk, status, MANAGER);
    },
  },
  {
    name: 'disk-schedule',
    kind: dataVolume,
    selects: (disk, world) =>
      inPhase('Pending')(disk) &&
      objectAt(disk, 'spec', 'source', 'blank') === undefined &&
      hasItsSnapshot(disk, world),
    delayMs: 400,
    jitterMs: 300,
    step: (disk, world) => world.setStatus(dataVolume, disk, { phase: 'ImportScheduled' }, MANAGER),
  },
  {
    name: 'disk-blank',
    kind: dataVolume,
    selects: (disk) => inPhase('Pending')(disk) && objectAt(disk, 'spec', 'source', 'blank') !== undefined,
    delayMs: 500,
    jitterMs: 300,
    step: succeed,
  },
  {
    name: 'disk-begin',
    kind: dataVolume,
    selects: inPhase('ImportScheduled'),
    delayMs: 600,
    jitterMs: 400,
    step(disk, world) {
      const status = {
        phase: 'ImportInProgress',
        progress: '0.00%',
        conditions: conditions(disk, world, false, true, 'Pod is running'),
      };
      world.setStatus(dataVolume, disk, status, MANAGER);
      world.event(disk, 'Normal', 'ImportInProgress', `Import into ${disk.metadata.name} in progress`, MANAGER);
    },
  },
  {
    name: 'disk-progress',
    kind: dataVolume,
    selects: (disk) => inPhase('ImportInProgress')(disk) && !leadsNowhere(disk) && progressOf(disk) < 100,
    delayMs: 500,
    jitterMs: 300,
    step(disk, world) {
      const next = Math.min(100, progressOf(disk) + world.random.between(PROGRESS_STEP.least, PROGRESS_STEP.most));
      const progress = next === 100 ? '100.0%' : `${next.toFixed(2)}%`;
      world.setStatus(dataVolume, disk, { progress }, MANAGER);
    },
  },
  {
    name: 'disk-ready',
    kind: dataVolume,
    selects: (disk) => inPhase('ImportInProgress')(disk) && !leadsNowhere(disk) && progressOf(disk) >= 100,
    delayMs: 300,
    jitterMs: 200,
    step: succeed,
  },
  {
    name: 'disk-fail',
    kind: dataVolume,
    selects: (disk) => inPhase('ImportInProgress')(disk) && leadsNowhere(disk),
    delayMs: 1_500,
    jitterMs: 1_000,
    // CDI never gives up: its pod crash-loops while the phase stays.
    endless: true,
    step(disk, world) {
      const restartCount = Number(objectAt(disk, 'status')?.restartCount ?? 0) + 1;
      const failed: Condition = { type: 'Running', status: 'False', reason: 'Error', message: unreachable };
      const status = { restartCount, progress: 'N/A', conditions: world.conditions(disk, failed) };
      world.setStatus(dataVolume, disk, status, MANAGER);
      if (restartCount === 1) world.event(disk, 'Warning', 'Error', unreachable, MANAGER);
    },
  },
  {
    name: 'claim-bind',
    kind: persistentVolumeClaim,
    selects: (claim, world) =>
      !isLeaving(claim) && textAt(claim, 'status', 'phase') !== 'Bound' && isFilled(claim, world),
    delayMs: 300,
    jitterMs: 200,
    step(claim, world) {
      const volumeName = `pvc-${String(claim.metadata.uid)}`;
      const bound = { ...claim, spec: { ...objectAt(claim, 'spec'), volumeName } };
      world.change(persistentVolumeClaim, claim, bound, 'kube-controller-manager');
      const live = world.get(persistentVolumeClaim, String(claim.metadata.namespace), claim.metadata.name);
      if (live === undefined) return;
      const capacity = objectAt(live, 'spec', 'resources', 'requests') ?? {};
      const status = { phase: 'Bound', capacity, accessModes: objectAt(live, 'spec')?.accessModes ?? [] };
      world.setStatus(persistentVolumeClaim, live, status, 'kube-controller-manager');
    },
  },
  {
    // Nothing uses it any more: pods are no objects here, and a machine's disks go after it.
    name: 'claim-let-go',
    kind: persistentVolumeClaim,
    selects: (claim) => isLeaving(claim) && hasFinalizer(claim, CLAIM_FINALIZER),
    delayMs: 100,
    jitterMs: 100,
    step: (claim, world) =>
      world.dropFinalizer(persistentVolumeClaim, claim, CLAIM_FINALIZER, 'kube-controller-manager'),
  },
  {
    // The storage driver makes a bound volume as big as its claim has become.
    name: 'claim-expand',
    kind: persistentVolumeClaim,
    selects: (claim) => !isLeaving(claim) && textAt(claim, 'status', 'phase') === 'Bound' && !hasItsCapacity(claim),
    delayMs: 400,
    jitterMs: 300,
    step(claim, world) {
      const capacity = objectAt(claim, 'spec', 'resources', 'requests') ?? {};
      world.setStatus(persistentVolumeClaim, claim, { capacity }, 'external-resizer');
    },
  },
];

function hasItsCapacity(claim: KubeObject): boolean {
  const wanted = textAt(claim, 'spec', 'resources', 'requests', 'storage');
  return wanted === undefined || wanted === textAt(claim, 'status', 'capacity', 'storage');
}

function succeed(disk: KubeObject, world: World): void {
  const status = {
    phase: 'Succeeded',
    progress: '100.0%',
    conditions: conditions(disk, world, true, false, 'Completed'),
  };
  world.setStatus(dataVolume, disk, status, MANAGER);
  world.event(disk, 'Normal', 'ImportSucceeded', `Successfully imported into PVC ${disk.metadata.name}`, MANAGER);
}

/** CDI waits for ever for a snapshot that is not there, or not ready. */
function hasItsSnapshot(disk: KubeObject, world: World): boolean {
  const named = objectAt(disk, 'spec', 'source', 'snapshot');
  if (named === undefined) return true;
  const namespace = textAt(named, 'namespace') ?? String(disk.metadata.namespace);
  return objectAt(world.get(volumeSnapshot, namespace, textAt(named, 'name') ?? ''), 'status')?.readyToUse === true;
}

/** A claim of a disk is bound when the import is done (CDI's populators bind it last); any other at once. */
function isFilled(claim: KubeObject, world: World): boolean {
  const disk = world.get(dataVolume, String(claim.metadata.namespace), claim.metadata.name);
  return disk === undefined || phaseOf(disk) === 'Succeeded';
}
