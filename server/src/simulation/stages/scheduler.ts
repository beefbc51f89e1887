/** Which node takes an instance: right architecture and labels, room enough, and of those the emptiest. */
import { type KubeObject, objectAt, textAt } from '../json.js';
import { virtualMachineInstance } from '../kinds/kubevirt.js';
import { launcherRequests } from '../kinds/launcher.js';
import { node as nodeKind } from '../kinds/workload.js';
import { parseQuantity } from '../quantity.js';
import { conditionStatus, type World } from './world.js';

interface Room {
  cpu: bigint;
  memory: bigint;
}

/** @param besides a node that it shall not be. */
export function nodeFor(instance: KubeObject, world: World, besides?: string): string | undefined {
  const free = freeRoom(world);
  const wanted = launcherRequests(instance);
  const memory = wanted.memory ?? 0n;
  const cpu = wanted.cpu ?? 0n;
  let best: { readonly name: string; readonly memory: bigint } | undefined;
  for (const node of world.list(nodeKind)) {
    const room = free.get(node.metadata.name);
    if (node.metadata.name === besides) continue;
    if (room === undefined || !takes(node, instance) || room.cpu < cpu || room.memory < memory) continue;
    if (best === undefined || room.memory > best.memory) best = { name: node.metadata.name, memory: room.memory };
  }
  return best?.name;
}

function takes(node: KubeObject, instance: KubeObject): boolean {
  const labels = objectAt(node, 'metadata', 'labels') ?? {};
  const architecture = textAt(instance, 'spec', 'architecture') ?? 'amd64';
  const selector = Object.entries(objectAt(instance, 'spec', 'nodeSelector') ?? {});
  return (
    conditionStatus(node, 'Ready') === 'True' &&
    objectAt(node, 'spec')?.unschedulable !== true &&
    labels['kubernetes.io/arch'] === architecture &&
    selector.every(([key, value]) => labels[key] === value)
  );
}

function freeRoom(world: World): Map<string, Room> {
  const free = new Map<string, Room>();
  for (const node of world.list(nodeKind)) {
    const amount = (name: string) => parseQuantity(textAt(node, 'status', 'allocatable', name) ?? '0') ?? 0n;
    free.set(node.metadata.name, { cpu: amount('cpu'), memory: amount('memory') });
  }
  for (const instance of world.objects.store.each(virtualMachineInstance)) {
    const room = free.get(textAt(instance, 'status', 'nodeName') ?? '');
    if (room === undefined) continue;
    const taken = launcherRequests(instance);
    room.cpu -= taken.cpu ?? 0n;
    room.memory -= taken.memory ?? 0n;
  }
  return free;
}
