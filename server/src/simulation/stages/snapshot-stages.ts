/** What KubeVirt's snapshot controller does, and the storage for it. */
import { type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import {
  virtualMachineRestore,
  virtualMachineSnapshot,
  virtualMachineSnapshotContent,
  volumeSnapshot,
} from '../kinds/snapshots.js';
import { persistentVolumeClaim } from '../kinds/workload.js';
import type { Stage } from './stage.js';
import { type Condition, conditionStatus, isLeaving, ownedBy, type World } from './world.js';

export const MANAGER = 'virt-controller';
const STORAGE = 'snapshot-controller';
export const namespaceOf = (object: KubeObject) => String(object.metadata.namespace);
export const machineOf = (object: KubeObject, key: 'source' | 'target', world: World) =>
  world.get(virtualMachine, namespaceOf(object), textAt(object, 'spec', key, 'name') ?? '');
export const instanceOf = (object: KubeObject, key: 'source' | 'target', world: World) =>
  world.get(virtualMachineInstance, namespaceOf(object), textAt(object, 'spec', key, 'name') ?? '');
export const phaseOf = (object: KubeObject | undefined) => textAt(object, 'status', 'phase') ?? '';

export function state(type: string, is: boolean, reason: string): Condition {
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
export const contentOf = (snapshot: KubeObject, world: World) =>
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

export const snapshotStages: readonly Stage[] = [
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
      world.setStatus(virtualMachine, machine, { snapshotInProgress: o.metadata.name }, MANAGER);
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
      world.dropStatus(virtualMachine, machineOf(o, 'source', world), 'snapshotInProgress', o.metadata.name, MANAGER);
    },
  },
  {
    // What held the machine was deleted half-way.
    name: 'machine-unlock',
    kind: virtualMachine,
    selects: (machine, world) => staleLocks(machine, world).length > 0,
    delayMs: 200,
    step(machine, world) {
      for (const [key, name] of staleLocks(machine, world)) {
        const live = world.get(virtualMachine, namespaceOf(machine), machine.metadata.name);
        world.dropStatus(virtualMachine, live, key, name, MANAGER);
      }
    },
  },
];

function staleLocks(machine: KubeObject, world: World): (readonly [string, string])[] {
  const locks = [
    ['snapshotInProgress', virtualMachineSnapshot],
    ['restoreInProgress', virtualMachineRestore],
  ] as const;
  return locks.flatMap(([key, kind]) => {
    const name = textAt(machine, 'status', key);
    return name === undefined || world.get(kind, namespaceOf(machine), name) !== undefined
      ? []
      : [[key, name] as const];
  });
}
