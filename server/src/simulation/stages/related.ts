/** Which other objects must be looked at again when one has changed. */
import { type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { bareMetalHost } from '../kinds/bare-metal.js';
import { namespace as namespaceKind, secret } from '../kinds/core.js';
import type { Kind } from '../kinds/kind.js';
import { dataVolume, virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import { networkAttachmentDefinition } from '../kinds/networking.js';
import { replicationSource } from '../kinds/replication.js';
import {
  virtualMachineInstanceMigration,
  virtualMachineRestore,
  virtualMachineSnapshot,
  volumeSnapshot,
} from '../kinds/snapshots.js';
import { node, persistentVolumeClaim } from '../kinds/workload.js';
import { type Change, namespaceOf, type Store } from '../store/store.js';
import { isBusy, isDelayed } from './host-state.js';
import { collectedKinds, dependentsOf } from './owners.js';
import { diskNames } from './world.js';

type Found = readonly [Kind, KubeObject];

export function related(change: Change, store: Store): Found[] {
  const { kind, object } = change;
  const namespace = namespaceOf(object);
  const found: Found[] = [];
  const add = (other: Kind, name: string, within = namespace) => {
    const there = store.get(other, within, name);
    if (there !== undefined) found.push([other, there]);
  };
  if (kind === virtualMachineInstance) add(virtualMachine, object.metadata.name);
  if (kind === virtualMachine) add(virtualMachineInstance, object.metadata.name);
  if (kind === virtualMachineInstanceMigration) {
    const moved = textAt(object, 'spec', 'vmiName') ?? '';
    add(virtualMachineInstance, moved);
    add(virtualMachine, moved);
  }
  if (kind === persistentVolumeClaim) add(dataVolume, object.metadata.name);
  if (kind === dataVolume) add(persistentVolumeClaim, object.metadata.name);
  if ((kind === dataVolume || kind === persistentVolumeClaim) && isNews(change)) {
    for (const machine of store.each(virtualMachine, namespace)) {
      const spec = objectAt(machine, 'spec', 'template', 'spec');
      if (diskNames(spec).includes(object.metadata.name)) found.push([virtualMachine, machine]);
    }
  }
  // Multus plugs in cards of any namespace's network.
  if (kind === networkAttachmentDefinition) {
    for (const instance of store.each(virtualMachineInstance))
      if (textAt(instance, 'status', 'phase') === 'Pending') found.push([virtualMachineInstance, instance]);
  }
  for (const other of waitingFor(kind)) {
    for (const each of store.each(other, namespace)) found.push([other, each]);
  }
  // A host is done: whoever was delayed may begin.
  if (kind === bareMetalHost && !isBusy(object) && (change.previous === undefined || isBusy(change.previous))) {
    for (const host of store.each(bareMetalHost)) if (isDelayed(host)) found.push([bareMetalHost, host]);
  }
  // Room was freed or made: whoever waits for a node may have one now.
  if ((kind === virtualMachineInstance && change.type === 'DELETED') || kind === node) {
    for (const instance of store.each(virtualMachineInstance)) {
      if (textAt(instance, 'status', 'phase') === 'Scheduling') found.push([virtualMachineInstance, instance]);
    }
  }
  if (change.type === 'DELETED') {
    for (const reference of objectsAt(object, 'metadata', 'ownerReferences')) {
      const owner = [virtualMachine, virtualMachineInstance, dataVolume].find((each) => each.kind === reference.kind);
      if (owner !== undefined) add(owner, textAt(reference, 'name') ?? '');
    }
    if (collectedKinds.includes(kind)) found.push(...dependentsOf(object, store));
    if (namespace !== '') add(namespaceKind, namespace, '');
  }
  return found;
}

/** Kinds whose objects in the same namespace may be able to go on when one of this kind has changed. */
function waitingFor(kind: Kind): readonly Kind[] {
  return waiting.get(kind) ?? [];
}

const waiting = new Map<Kind, readonly Kind[]>([
  [secret, [bareMetalHost]],
  [persistentVolumeClaim, [replicationSource, virtualMachineRestore]],
  [volumeSnapshot, [virtualMachineSnapshot]],
  [virtualMachineSnapshot, [virtualMachineRestore, virtualMachine]],
  [virtualMachineRestore, [virtualMachine]],
  [dataVolume, [virtualMachineRestore]],
  [virtualMachine, [virtualMachineSnapshot, virtualMachineRestore]],
  [virtualMachineInstance, [virtualMachineRestore, virtualMachineInstanceMigration]],
]);

/** A disk's progress is no news to its machine; its phase is. */
function isNews({ object, previous, type }: Change): boolean {
  return type !== 'MODIFIED' || textAt(object, 'status', 'phase') !== textAt(previous, 'status', 'phase');
}
