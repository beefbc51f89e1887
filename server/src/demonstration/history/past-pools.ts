import { type Amounts, amountsOf, type MachineSize, minus, plus } from '../../allocation/domain/capacity.js';
import { place } from '../../allocation/domain/placement.js';
import type { LineDemand, Placement, PlacementFacts } from '../../allocation/domain/placement-facts.js';

/** The pools as they stood at each moment of the past: what is taken is gone until it is given back. */
export class PastPools {
  private readonly free: Map<string, Amounts>;

  constructor(private readonly facts: PlacementFacts) {
    this.free = new Map(facts.pools.map((pool) => [pool.poolId, pool.free]));
  }

  /** The same function that decides today. */
  plan(demands: readonly LineDemand[]): Placement {
    const centers = new Set<string | null>(demands.map((demand) => demand.centerId));
    return place(demands, {
      centers: this.facts.centers,
      pools: this.facts.pools
        .filter((pool) => centers.has(pool.centerId))
        .map((pool) => ({ ...pool, free: this.freeOf(pool.poolId) })),
    });
  }

  take(poolId: string, size: MachineSize): void {
    this.free.set(poolId, minus(this.freeOf(poolId), amountsOf(size, 1)));
  }

  giveBack(poolId: string, size: MachineSize): void {
    this.free.set(poolId, plus(this.freeOf(poolId), amountsOf(size, 1)));
  }

  /** Whether the machine may become that size where it stands. */
  mayGrow(poolId: string, from: MachineSize, to: MachineSize): boolean {
    const left = minus(plus(this.freeOf(poolId), amountsOf(from, 1)), amountsOf(to, 1));
    return Object.values(left).every((amount) => amount >= 0);
  }

  private freeOf(poolId: string): Amounts {
    const free = this.free.get(poolId);
    if (!free) throw new RangeError(`the past knows no pool ${poolId}`);
    return free;
  }
}
