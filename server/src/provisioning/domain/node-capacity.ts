/** Decides what a pool's nodes can carry today, from what each node says is allocatable. */
import { parseBytes } from '../../kernel/quantity.js';
import { at, type ClusterObject, listAt, textAt } from './cluster-object.js';
import { launcherOverheadMib } from './launcher-overhead.js';
import { MARK } from './marks.js';

export interface NodeView {
  /** "amd64" or "arm64". */
  readonly architecture: string | undefined;
  readonly zone: string | undefined;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** Takes new machines: ready, and not shut for maintenance. */
  readonly usable: boolean;
}

export interface NodePool {
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
}

export interface NodeCapacity {
  /** Those that take machines. */
  readonly nodes: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** The biggest machine that one node could run, whether it takes any just now or not. */
  readonly largestMachine: { readonly vcpu: number; readonly memoryMib: number };
}

export function nodeView(object: ClusterObject): NodeView {
  const ready = listAt(object, 'status', 'conditions').find((each) => at(each, 'type') === 'Ready');
  return {
    architecture: object.metadata.labels?.['kubernetes.io/arch'],
    zone: object.metadata.labels?.[MARK.zone],
    vcpu: Math.floor(coresOf(textAt(object, 'status', 'allocatable', 'cpu'))),
    memoryMib: wholeMib(textAt(object, 'status', 'allocatable', 'memory')),
    usable: textAt(ready, 'status') === 'True' && at(object, 'spec', 'unschedulable') !== true,
  };
}

/** undefined = no node belongs to the pool, so nothing was counted: another thing than counting nothing. */
export function capacityOf(pool: NodePool, nodes: readonly NodeView[]): NodeCapacity | undefined {
  const members = nodes.filter(
    (node) => node.architecture === pool.architecture.toLowerCase() && node.zone === pool.zone,
  );
  if (members.length === 0) return undefined;
  const usable = members.filter((node) => node.usable);
  const { memoryMib, vcpu } = members.reduce((a, b) => (b.memoryMib > a.memoryMib ? b : a));
  return {
    nodes: usable.length,
    vcpu: usable.reduce((sum, node) => sum + node.vcpu, 0),
    memoryMib: usable.reduce((sum, node) => sum + node.memoryMib, 0),
    largestMachine: { vcpu, memoryMib: Math.max(0, memoryMib - launcherOverheadMib(1, vcpu)) },
  };
}

/** Cores: "64", "63.5" or "63500m"; 0 for a text that says none. */
export function coresOf(text: string | undefined): number {
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(text ?? '');
  return match ? Number(match[1]) / (match[2] === 'm' ? 1_000 : 1) : 0;
}

function wholeMib(text: string | undefined): number {
  return Number((parseBytes(text) ?? 0n) >> 20n);
}
