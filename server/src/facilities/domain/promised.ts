/** Decides how much of a pool may be promised: what it has, times overcommit, less the reserve or what maintenance takes. */
import { type AnyPoolMeter, acceleratorMeter, type PoolAmounts } from './pool-meters.js';

/** The hardware that a pool is sized by, before overcommit. */
export interface PoolSize {
  /** null = not known; then nothing can be said by nodes. */
  readonly nodes: number | null;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: { readonly SSD: number; readonly HDD: number };
  /** Pieces by class. */
  readonly accelerators: { readonly [name: string]: number };
}

export interface Reserve {
  /** Of every meter, rounded up. */
  readonly percent: number;
  /** Whole nodes; the larger of the two counts. */
  readonly nodes: number;
}

/** What one running maintenance window takes: some nodes, or everything. */
export type TakenAway = { readonly nodes: number } | 'WHOLE_POOL';

/** Half a pool kept aside is a second pool. */
export const RESERVE_PERCENT_MAX = 50;
export const OVERCOMMIT_PERCENT_MIN = 100;
export const OVERCOMMIT_PERCENT_MAX = 1000;

/** Everything, in the units that machines are asked in. */
export function promisableAmounts(overcommitPercent: number, size: PoolSize): PoolAmounts {
  const amounts: { [M in AnyPoolMeter]?: number } = {
    VCPU: Math.floor((size.vcpu * overcommitPercent) / 100),
    MEMORY_MIB: size.memoryMib,
    STORAGE_GIB_SSD: size.storageGib.SSD,
    STORAGE_GIB_HDD: size.storageGib.HDD,
  };
  for (const [name, count] of Object.entries(size.accelerators)) amounts[acceleratorMeter(name)] = count;
  return amounts;
}

/** The share of so many nodes, each meter rounded up: what leaves with them is never counted too small. */
export function shareOfNodes(all: PoolAmounts, size: PoolSize, nodes: number): PoolAmounts {
  const { nodes: known } = size;
  if (nodes === 0 || known === null || known === 0) return each(all, () => 0);
  return each(all, (amount) => Math.min(amount, Math.ceil(amount / known) * nodes));
}

/**
 * What may be promised while these windows run. The reserve is what maintenance takes first: as long as no more nodes are
 * away than were kept aside, the promise stays as it is. Never above what there is less the reserve, never below nothing.
 */
export function promised(
  pool: { readonly vcpuOvercommitPercent: number; readonly reserve: Reserve },
  size: PoolSize,
  running: readonly TakenAway[] = [],
): PoolAmounts {
  const all = promisableAmounts(pool.vcpuOvercommitPercent, size);
  if (running.includes('WHOLE_POOL')) return each(all, () => 0);
  const byNodes = shareOfNodes(all, size, pool.reserve.nodes);
  const nodesAway = running.reduce((sum, taken) => sum + (taken === 'WHOLE_POOL' ? 0 : taken.nodes), 0);
  const away = shareOfNodes(all, size, nodesAway);
  return each(all, (amount, meter) => {
    const kept = Math.max(Math.ceil((amount * pool.reserve.percent) / 100), byNodes[meter] ?? 0);
    return Math.max(0, amount - Math.max(kept, away[meter] ?? 0));
  });
}

function each(amounts: PoolAmounts, map: (amount: number, meter: AnyPoolMeter) => number): PoolAmounts {
  return Object.fromEntries(
    Object.entries(amounts).map(([meter, amount]) => [meter, map(amount ?? 0, meter as AnyPoolMeter)]),
  );
}
