/** What KubeVirt's restore controller does: the machine and its disks as they were when a snapshot was taken. */
import { type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { dataVolume, virtualMachine } from '../kinds/kubevirt.js';
import { virtualMachineRestore, virtualMachineSnapshot } from '../kinds/snapshots.js';
import { persistentVolumeClaim } from '../kinds/workload.js';
import { contentOf, instanceOf, MANAGER, machineOf, namespaceOf, phaseOf, state } from './snapshot-stages.js';
import type { Stage } from './stage.js';
import { diskNames, isLeaving, ownedBy, type World } from './world.js';

/** Which restore filled a claim or a machine last. */
const LAST_RESTORE = 'restore.kubevirt.io/lastRestoreUID';
/** CDI makes no claim for a DataVolume that says so. */
const PREPOPULATED = 'cdi.kubevirt.io/storage.prePopulated';
const POPULATED_FOR = 'cdi.kubevirt.io/storage.populatedFor';

const sourceOfRestore = (o: KubeObject, world: World) =>
  world.get(virtualMachineSnapshot, namespaceOf(o), textAt(o, 'spec', 'virtualMachineSnapshotName') ?? '');
const isInPlace = (o: KubeObject) => textAt(o, 'spec', 'volumeRestorePolicy') === 'InPlace';
const restoredName = (o: KubeObject, volume: string, claim: string) =>
  isInPlace(o) ? claim : `restore-${String(o.metadata.uid)}-${volume}`;
const isOpen = (o: KubeObject) => !isLeaving(o) && objectAt(o, 'status')?.complete !== true;

function mayRestore(o: KubeObject, world: World): boolean {
  const source = sourceOfRestore(o, world);
  return (
    objectAt(source, 'status')?.readyToUse === true &&
    machineOf(o, 'target', world) !== undefined &&
    instanceOf(o, 'target', world) === undefined
  );
}

function whyNot(o: KubeObject, world: World): string {
  const source = sourceOfRestore(o, world);
  if (source === undefined)
    return `VirtualMachineSnapshot ${textAt(o, 'spec', 'virtualMachineSnapshotName') ?? ''} does not exist`;
  if (objectAt(source, 'status')?.readyToUse !== true) return 'VirtualMachineSnapshot not ready';
  if (machineOf(o, 'target', world) === undefined) return 'Target does not exist';
  return 'Waiting for target to be ready: the virtual machine is running';
}

const saysWhyNot = (o: KubeObject, world: World) =>
  textAt(
    objectsAt(o, 'status', 'conditions').find((each) => each.type === 'Progressing'),
    'reason',
  ) === whyNot(o, world);

function bringBack(o: KubeObject, world: World): void {
  const namespace = namespaceOf(o);
  const source = sourceOfRestore(o, world);
  const machine = machineOf(o, 'target', world);
  if (source === undefined || machine === undefined) return;
  const restores = objectsAt(contentOf(source, world), 'spec', 'volumeBackups').map((backup): JsonObject => {
    const volumeName = textAt(backup, 'volumeName') ?? '';
    const name = restoredName(o, volumeName, textAt(backup, 'persistentVolumeClaim', 'metadata', 'name') ?? '');
    if (isInPlace(o)) wipe(namespace, name, world);
    else makeDisk(machine, name, backup, world);
    return {
      volumeName,
      persistentVolumeClaim: name,
      dataVolumeName: name,
      volumeSnapshotName: textAt(backup, 'volumeSnapshotName') ?? '',
    };
  });
  const conditions = world.conditions(
    o,
    state('Progressing', true, 'Creating new PVCs'),
    state('Ready', false, 'Waiting for new PVCs'),
  );
  world.setStatus(virtualMachineRestore, o, { complete: false, restores, conditions }, MANAGER);
  world.setStatus(virtualMachine, machine, { restoreInProgress: o.metadata.name }, MANAGER);
}

function makeDisk(machine: KubeObject, name: string, backup: JsonObject, world: World): void {
  const namespace = namespaceOf(machine);
  if (world.get(dataVolume, namespace, name) !== undefined) return;
  const { accessModes, resources, storageClassName, volumeMode } =
    objectAt(backup, 'persistentVolumeClaim', 'spec') ?? {};
  const spec: JsonObject = {
    source: { snapshot: { name: textAt(backup, 'volumeSnapshotName') ?? '', namespace } },
    storage: given({ accessModes, resources, storageClassName, volumeMode }),
  };
  const metadata = { name, namespace, ownerReferences: [ownedBy(machine)] };
  world.create(dataVolume, { apiVersion: dataVolume.apiVersion, kind: dataVolume.kind, metadata, spec }, MANAGER);
}

/** The DataVolume stays and is told to make no claim meanwhile: the claim under its name goes, and comes again. */
function wipe(namespace: string, name: string, world: World): void {
  const disk = world.get(dataVolume, namespace, name);
  if (disk !== undefined) {
    const annotations = { ...objectAt(disk, 'metadata', 'annotations'), [PREPOPULATED]: name };
    world.change(dataVolume, disk, { ...disk, metadata: { ...disk.metadata, annotations } }, MANAGER);
  }
  const claim = world.get(persistentVolumeClaim, namespace, name);
  if (claim !== undefined) world.remove(persistentVolumeClaim, claim);
}

const given = (fields: { readonly [key: string]: JsonObject[string] | undefined }): JsonObject =>
  Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

const mark = (o: KubeObject) => `${o.metadata.name}-${String(o.metadata.uid)}`;

/** Of an in-place restore: the claims that are gone and have not come again. */
function missingClaims(o: KubeObject, world: World): JsonObject[] {
  if (!isInPlace(o)) return [];
  return objectsAt(o, 'status', 'restores').filter(
    (each) =>
      world.get(persistentVolumeClaim, namespaceOf(o), textAt(each, 'persistentVolumeClaim') ?? '') === undefined,
  );
}

function makeClaim(o: KubeObject, restore: JsonObject, world: World): void {
  const namespace = namespaceOf(o);
  const name = textAt(restore, 'persistentVolumeClaim') ?? '';
  const source = sourceOfRestore(o, world);
  const backup = objectsAt(source && contentOf(source, world), 'spec', 'volumeBackups').find(
    (each) => textAt(each, 'volumeName') === textAt(restore, 'volumeName'),
  );
  const { accessModes, resources, storageClassName, volumeMode } =
    objectAt(backup, 'persistentVolumeClaim', 'spec') ?? {};
  const dataSource: JsonObject = {
    apiGroup: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshot',
    name: textAt(restore, 'volumeSnapshotName') ?? '',
  };
  const owner = world.get(dataVolume, namespace, name) ?? machineOf(o, 'target', world);
  const claim: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace,
      annotations: { [LAST_RESTORE]: mark(o), [POPULATED_FOR]: name },
      ...(owner === undefined ? {} : { ownerReferences: [ownedBy(owner)] }),
    },
    spec: { ...given({ accessModes, resources, storageClassName, volumeMode }), dataSource, dataSourceRef: dataSource },
  };
  world.create(persistentVolumeClaim, claim, MANAGER);
}

function isBack(o: KubeObject, world: World): boolean {
  return objectsAt(o, 'status', 'restores').every((each) => {
    const name = textAt(each, 'dataVolumeName') ?? '';
    if (!isInPlace(o)) return phaseOf(world.get(dataVolume, namespaceOf(o), name)) === 'Succeeded';
    const claim = world.get(persistentVolumeClaim, namespaceOf(o), name);
    return textAt(claim, 'metadata', 'annotations', LAST_RESTORE) === mark(o) && phaseOf(claim) === 'Bound';
  });
}

/** A disk that the machine does not make itself (no template) becomes a plain claim to it. */
function asClaims(o: KubeObject, spec: JsonObject): JsonObject[] {
  const made = objectsAt(spec, 'dataVolumeTemplates').map((each) => textAt(each, 'metadata', 'name'));
  const restored = objectsAt(o, 'status', 'restores');
  return objectsAt(spec, 'template', 'spec', 'volumes').map((volume): JsonObject => {
    const { dataVolume: disk, ...rest } = volume;
    const restore = restored.find((each) => textAt(each, 'volumeName') === textAt(volume, 'name'));
    if (disk === undefined || restore === undefined || made.includes(textAt(volume, 'dataVolume', 'name')))
      return volume;
    return { ...rest, persistentVolumeClaim: { claimName: textAt(restore, 'persistentVolumeClaim') ?? '' } };
  });
}

/** The machine as it was when the snapshot was taken, run as it is run now. */
function handInPlace(o: KubeObject, machine: KubeObject, world: World): void {
  const source = sourceOfRestore(o, world);
  const former = objectAt(source && contentOf(source, world), 'spec', 'source', 'virtualMachine', 'spec') ?? {};
  const { runStrategy, running } = objectAt(machine, 'spec') ?? {};
  const { runStrategy: _, running: __, ...rest } = former;
  const template = objectAt(former, 'template') ?? {};
  const spec = {
    ...rest,
    ...given({ runStrategy, running }),
    template: { ...template, spec: { ...objectAt(template, 'spec'), volumes: asClaims(o, former) } },
  };
  const annotations = { ...objectAt(machine, 'metadata', 'annotations'), [LAST_RESTORE]: mark(o) };
  world.change(virtualMachine, machine, { ...machine, metadata: { ...machine.metadata, annotations }, spec }, MANAGER);
  finish(o, {}, world);
}

function finish(o: KubeObject, more: JsonObject, world: World): void {
  const conditions = world.conditions(
    o,
    state('Progressing', false, 'Operation complete'),
    state('Ready', true, 'Operation complete'),
  );
  world.setStatus(virtualMachineRestore, o, { complete: true, restoreTime: world.now, conditions, ...more }, MANAGER);
  world.dropStatus(virtualMachine, machineOf(o, 'target', world), 'restoreInProgress', o.metadata.name, MANAGER);
}

/** The machine as it was, with the disks that came back. */
function hand(o: KubeObject, world: World): void {
  const machine = machineOf(o, 'target', world);
  if (machine === undefined) return;
  if (isInPlace(o)) {
    handInPlace(o, machine, world);
    return;
  }
  const back = new Map(
    objectsAt(o, 'status', 'restores').map((each) => [
      textAt(each, 'volumeName') ?? '',
      textAt(each, 'dataVolumeName') ?? '',
    ]),
  );
  const volumes = objectsAt(machine, 'spec', 'template', 'spec', 'volumes').map((volume): JsonObject => {
    const name = back.get(textAt(volume, 'name') ?? '');
    return name === undefined ? volume : { ...volume, dataVolume: { ...objectAt(volume, 'dataVolume'), name } };
  });
  const spec = objectAt(machine, 'spec') ?? {};
  const template = objectAt(spec, 'template') ?? {};
  const next = {
    ...machine,
    spec: { ...spec, template: { ...template, spec: { ...objectAt(template, 'spec'), volumes } } },
  };
  world.change(virtualMachine, machine, next, MANAGER);
  const gone = diskNames(objectAt(template, 'spec')).filter((name) => ![...back.values()].includes(name));
  finish(o, gone.length === 0 ? {} : { deletedDataVolumes: gone }, world);
  for (const name of gone) {
    const disk = world.get(dataVolume, namespaceOf(o), name);
    if (disk !== undefined) world.remove(dataVolume, disk);
  }
}

export const restoreStages: readonly Stage[] = [
  {
    name: 'restore-wait',
    kind: virtualMachineRestore,
    selects: (o, world) =>
      isOpen(o) && objectAt(o, 'status')?.restores === undefined && !mayRestore(o, world) && !saysWhyNot(o, world),
    delayMs: 300,
    step: (o, world) =>
      world.setStatus(
        virtualMachineRestore,
        o,
        {
          complete: false,
          conditions: world.conditions(
            o,
            state('Progressing', false, whyNot(o, world)),
            state('Ready', false, whyNot(o, world)),
          ),
        },
        MANAGER,
      ),
  },
  {
    name: 'restore-stop-target',
    kind: virtualMachineRestore,
    selects: (o, world) =>
      isOpen(o) &&
      textAt(o, 'spec', 'targetReadinessPolicy') === 'StopTarget' &&
      objectAt(o, 'status')?.restores === undefined &&
      instanceOf(o, 'target', world) !== undefined &&
      textAt(machineOf(o, 'target', world), 'spec', 'runStrategy') === 'Always',
    delayMs: 300,
    step(o, world) {
      const machine = machineOf(o, 'target', world);
      if (machine === undefined) return;
      const spec = { ...objectAt(machine, 'spec'), runStrategy: 'Halted' };
      world.change(virtualMachine, machine, { ...machine, spec }, MANAGER);
    },
  },
  {
    name: 'restore-begin',
    kind: virtualMachineRestore,
    selects: (o, world) => isOpen(o) && objectAt(o, 'status')?.restores === undefined && mayRestore(o, world),
    delayMs: 500,
    jitterMs: 300,
    step: bringBack,
  },
  {
    name: 'restore-refill',
    kind: virtualMachineRestore,
    selects: (o, world) => isOpen(o) && missingClaims(o, world).length > 0,
    delayMs: 500,
    jitterMs: 300,
    step(o, world) {
      for (const restore of missingClaims(o, world)) makeClaim(o, restore, world);
    },
  },
  {
    name: 'restore-finish',
    kind: virtualMachineRestore,
    selects: (o, world) => isOpen(o) && objectAt(o, 'status')?.restores !== undefined && isBack(o, world),
    delayMs: 500,
    jitterMs: 300,
    step: hand,
  },
];
