/** What KubeVirt's snapshot and restore controllers do, and the storage for them. */
import { type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { dataVolume, virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import {
  virtualMachineRestore,
  virtualMachineSnapshot,
  virtualMachineSnapshotContent,
  volumeSnapshot,
} from '../kinds/snapshots.js';
import { persistentVolumeClaim } from '../kinds/workload.js';
import type { Stage } from './stage.js';
import { type Condition, conditionStatus, diskNames, isLeaving, ownedBy, type World } from './world.js';

const MANAGER = 'virt-controller';
const STORAGE = 'snapshot-controller';
const namespaceOf = (object: KubeObject) => String(object.metadata.namespace);
const machineOf = (object: KubeObject, key: 'source' | 'target', world: World) =>
  world.get(virtualMachine, namespaceOf(object), textAt(object, 'spec', key, 'name') ?? '');
const instanceOf = (object: KubeObject, key: 'source' | 'target', world: World) =>
  world.get(virtualMachineInstance, namespaceOf(object), textAt(object, 'spec', key, 'name') ?? '');
const phaseOf = (object: KubeObject | undefined) => textAt(object, 'status', 'phase') ?? '';

function state(type: string, is: boolean, reason: string): Condition {
  return { type, status: is ? 'True' : 'False', reason, message: '' };
}

function volumesOf(machine: KubeObject): JsonObject[] {
  return objectsAt(machine, 'spec', 'template', 'spec', 'volumes').filter(
    (volume) => textAt(volume, 'dataVolume', 'name') !== undefined,
  );
}

const snapshotName = (snapshot: KubeObject, volume: string) =>
  `vmsnapshot-${String(snapshot.metadata.uid)}-volume-${volume}`;
const contentName = (snapshot: KubeObject) => `vmsnapshot-content-${String(snapshot.metadata.uid)}`;
const contentOf = (snapshot: KubeObject, world: World) =>
  world.get(virtualMachineSnapshotContent, namespaceOf(snapshot), contentName(snapshot));

function takeContent(snapshot: KubeObject, machine: KubeObject, world: World): void {
  const namespace = namespaceOf(snapshot);
  const backups = volumesOf(machine).map((volume): JsonObject => {
    const claim = textAt(volume, 'dataVolume', 'name') ?? '';
    const volumeName = textAt(volume, 'name') ?? '';
    return {
      volumeName,
      volumeSnapshotName: snapshotName(snapshot, volumeName),
      persistentVolumeClaim: {
        metadata: { name: claim, namespace },
        spec: objectAt(world.get(persistentVolumeClaim, namespace, claim), 'spec') ?? {},
      },
    };
  });
  const { apiVersion, kind } = virtualMachineSnapshotContent;
  const content: KubeObject = {
    apiVersion,
    kind,
    metadata: { name: contentName(snapshot), namespace, ownerReferences: [ownedBy(snapshot)] },
    spec: {
      virtualMachineSnapshotName: snapshot.metadata.name,
      source: { virtualMachine: { metadata: { name: machine.metadata.name, namespace }, spec: machine.spec ?? {} } },
      volumeBackups: backups,
    },
  };
  if (contentOf(snapshot, world) === undefined) world.create(virtualMachineSnapshotContent, content, MANAGER);
  for (const backup of backups) {
    const name = textAt(backup, 'volumeSnapshotName') ?? '';
    if (world.get(volumeSnapshot, namespace, name) !== undefined) continue;
    const source = { persistentVolumeClaimName: textAt(backup, 'persistentVolumeClaim', 'metadata', 'name') ?? '' };
    const metadata = { name, namespace, ownerReferences: [ownedBy(snapshot)] };
    world.create(
      volumeSnapshot,
      { apiVersion: volumeSnapshot.apiVersion, kind: volumeSnapshot.kind, metadata, spec: { source } },
      MANAGER,
    );
  }
}

function backupsAreReady(snapshot: KubeObject, world: World): boolean {
  const backups = objectsAt(contentOf(snapshot, world), 'spec', 'volumeBackups');
  return backups.every((each) => {
    const found = world.get(volumeSnapshot, namespaceOf(snapshot), textAt(each, 'volumeSnapshotName') ?? '');
    return objectAt(found, 'status')?.readyToUse === true;
  });
}

const snapshotStages: readonly Stage[] = [
  {
    name: 'snapshot-without-source',
    kind: virtualMachineSnapshot,
    selects: (o, world) =>
      !isLeaving(o) &&
      machineOf(o, 'source', world) === undefined &&
      phaseOf(o) === '' &&
      conditionStatus(o, 'Ready') === undefined,
    delayMs: 300,
    step: (o, world) =>
      world.setStatus(
        virtualMachineSnapshot,
        o,
        {
          readyToUse: false,
          conditions: world.conditions(
            o,
            state('Progressing', false, 'Source does not exist'),
            state('Ready', false, 'Not ready'),
          ),
        },
        MANAGER,
      ),
  },
  {
    name: 'snapshot-begin',
    kind: virtualMachineSnapshot,
    selects: (o, world) => !isLeaving(o) && phaseOf(o) === '' && machineOf(o, 'source', world) !== undefined,
    delayMs: 500,
    jitterMs: 300,
    step(o, world) {
      const machine = machineOf(o, 'source', world);
      if (machine === undefined) return;
      takeContent(o, machine, world);
      const instance = instanceOf(o, 'source', world);
      const hasAgent = conditionStatus(instance, 'AgentConnected') === 'True';
      const indications = instance === undefined ? [] : ['Online', hasAgent ? 'GuestAgent' : 'NoGuestAgent'];
      const status = {
        phase: 'InProgress',
        readyToUse: false,
        sourceUID: String(machine.metadata.uid),
        virtualMachineSnapshotContentName: contentName(o),
        ...(indications.length === 0 ? {} : { indications }),
        conditions: world.conditions(
          o,
          state('Progressing', true, 'Source locked and operation in progress'),
          state('Ready', false, 'Not ready'),
        ),
      };
      world.setStatus(virtualMachineSnapshot, o, status, MANAGER);
    },
  },
  {
    name: 'volume-snapshot',
    kind: volumeSnapshot,
    selects: (o) => !isLeaving(o) && objectAt(o, 'status')?.readyToUse !== true,
    delayMs: 1_500,
    jitterMs: 1_500,
    step(o, world) {
      const claim = world.get(
        persistentVolumeClaim,
        namespaceOf(o),
        textAt(o, 'spec', 'source', 'persistentVolumeClaimName') ?? '',
      );
      const restoreSize = textAt(claim, 'status', 'capacity', 'storage');
      const status = {
        readyToUse: true,
        creationTime: world.now,
        boundVolumeSnapshotContentName: `snapcontent-${String(o.metadata.uid)}`,
        ...(restoreSize === undefined ? {} : { restoreSize }),
      };
      world.setStatus(volumeSnapshot, o, status, STORAGE);
    },
  },
  {
    name: 'snapshot-finish',
    kind: virtualMachineSnapshot,
    selects: (o, world) => !isLeaving(o) && phaseOf(o) === 'InProgress' && backupsAreReady(o, world),
    delayMs: 500,
    jitterMs: 300,
    step(o, world) {
      const content = contentOf(o, world);
      if (content !== undefined)
        world.setStatus(virtualMachineSnapshotContent, content, { readyToUse: true, creationTime: world.now }, MANAGER);
      const includedVolumes = objectsAt(content, 'spec', 'volumeBackups').map(
        (each) => textAt(each, 'volumeName') ?? '',
      );
      const status = {
        phase: 'Succeeded',
        readyToUse: true,
        creationTime: world.now,
        snapshotVolumes: { includedVolumes },
        conditions: world.conditions(
          o,
          state('Progressing', false, 'Operation complete'),
          state('Ready', true, 'Operation complete'),
        ),
      };
      world.setStatus(virtualMachineSnapshot, o, status, MANAGER);
    },
  },
];

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
    const storage = objectAt(backup, 'persistentVolumeClaim', 'spec') ?? {};
    if (world.get(dataVolume, namespace, name) === undefined) {
      const spec: JsonObject = {
        source: { snapshot: { name: textAt(backup, 'volumeSnapshotName') ?? '', namespace } },
        storage: Object.fromEntries(
          ['accessModes', 'resources', 'storageClassName', 'volumeMode'].flatMap((key) =>
            storage[key] === undefined ? [] : [[key, storage[key]]],
          ),
        ),
      };
      const metadata = { name, namespace, ownerReferences: [ownedBy(machine)] };
      world.create(dataVolume, { apiVersion: dataVolume.apiVersion, kind: dataVolume.kind, metadata, spec }, MANAGER);
    }
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
}

function isBack(o: KubeObject, world: World): boolean {
  return objectsAt(o, 'status', 'restores').every(
    (each) => phaseOf(world.get(dataVolume, namespaceOf(o), textAt(each, 'dataVolumeName') ?? '')) === 'Succeeded',
  );
}

/** The machine as it was, with the disks that came back. */
function hand(o: KubeObject, world: World): void {
  const machine = machineOf(o, 'target', world);
  if (machine === undefined) return;
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
  const gone = isInPlace(o)
    ? []
    : diskNames(objectAt(template, 'spec')).filter((name) => ![...back.values()].includes(name));
  const conditions = world.conditions(
    o,
    state('Progressing', false, 'Operation complete'),
    state('Ready', true, 'Operation complete'),
  );
  const deleted: JsonObject = gone.length === 0 ? {} : { deletedDataVolumes: gone };
  world.setStatus(
    virtualMachineRestore,
    o,
    { complete: true, restoreTime: world.now, conditions, ...deleted },
    MANAGER,
  );
  for (const name of gone) {
    const disk = world.get(dataVolume, namespaceOf(o), name);
    if (disk !== undefined) world.remove(dataVolume, disk);
  }
}

const restoreStages: readonly Stage[] = [
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
    name: 'restore-begin',
    kind: virtualMachineRestore,
    selects: (o, world) => isOpen(o) && objectAt(o, 'status')?.restores === undefined && mayRestore(o, world),
    delayMs: 500,
    jitterMs: 300,
    step: bringBack,
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

export { restoreStages, snapshotStages };
