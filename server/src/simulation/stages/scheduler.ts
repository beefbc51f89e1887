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

/** Why none does, as kube-scheduler counts it: a node that lacks two things is counted under both. */
export function whyNoNode(instance: KubeObject, world: World): string {
  const free = freeRoom(world);
  const wanted = launcherRequests(instance);
  const nodes = world.list(nodeKind);
  const counts = new Map<string, number>();
  const count = (reason: string) => counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const node of nodes) {
    const room = free.get(node.metadata.name);
    if (conditionStatus(node, 'Ready') !== 'True')
      count('node(s) had untolerated taint {node.kubernetes.io/not-ready: }');
    else if (objectAt(node, 'spec')?.unschedulable === true) count('node(s) were unschedulable');
    else if (!takes(node, instance)) count("node(s) didn't match Pod's node affinity/selector");
    else {
      if (room !== undefined && room.cpu < (wanted.cpu ?? 0n)) count('Insufficient cpu');
      if (room !== undefined && room.memory < (wanted.memory ?? 0n)) count('Insufficient memory');
    }
  }
  const reasons = [...counts].map(([reason, n]) => `${n} ${reason}`).toSorted();
  return `0/${nodes.length} nodes are available: ${reasons.join(', ')}.`;
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
