import type { FragmentOf, ResultOf } from '../../graphql/tada';
import type { ThreeCentersCenter } from './three-centers.gql';

export type CenterFragment = FragmentOf<typeof ThreeCentersCenter>;
export type CenterFacts = ResultOf<typeof ThreeCentersCenter>;
export type PoolFacts = CenterFacts['pools'][number];
export type Meter = { total: number; held: number; allocated: number; free: number };

/** One meter of some pools together. Pools of a center share no machine, so their sums are the center's. */
export function meterOf(pools: readonly PoolFacts[], name: 'VCPU' | 'MEMORY_MIB' | 'STORAGE_GIB' | 'MACHINE'): Meter {
  const sum: Meter = { total: 0, held: 0, allocated: 0, free: 0 };
  for (const meter of pools.flatMap((pool) => pool.capacity)) {
    if (meter.meter !== name) continue;
    sum.total += meter.total;
    sum.held += meter.held;
    sum.allocated += meter.allocated;
    sum.free += meter.free;
  }
  return sum;
}

/** Widths of the used and the held part. Held capacity is drawn after used; both together never leave the bar, even when over-committed. */
export function barParts(meter: Meter, width: number): { used: number; held: number } {
  if (meter.total <= 0) return { used: 0, held: 0 };
  const used = Math.min(width, (meter.allocated / meter.total) * width);
  return { used, held: Math.min(width - used, (meter.held / meter.total) * width) };
}

/** A city is told whether its request can be met, not how much there is: then no pool tells a figure. */
export function tellsFigures(pools: readonly PoolFacts[]): boolean {
  return pools.length === 0 || pools.some((pool) => pool.capacity.length > 0);
}
