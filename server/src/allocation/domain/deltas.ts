/** Decides how much each pool's counters move, and in which order they are taken. */
import { type Amounts, amountsOf, type MachineSize, minus, NOTHING, plus } from './capacity.js';

export interface PoolDelta {
  readonly poolId: string;
  /** Positive = taken, negative = given back, by meter. */
  readonly amounts: Amounts;
}

type Placed = MachineSize & { readonly poolId: string };

/** What must be taken from and given back to each pool, summed first: one statement a pool, in one order for everybody, so that nobody waits in a circle. */
export function poolDeltas(taken: readonly Placed[], givenBack: readonly Placed[]): PoolDelta[] {
  const sums = new Map<string, Amounts>();
  for (const machine of taken)
    sums.set(machine.poolId, plus(sums.get(machine.poolId) ?? NOTHING, amountsOf(machine, 1)));
  for (const machine of givenBack)
    sums.set(machine.poolId, minus(sums.get(machine.poolId) ?? NOTHING, amountsOf(machine, 1)));
  return [...sums]
    .map(([poolId, amounts]) => ({ poolId, amounts }))
    .filter(({ amounts }) => Object.values(amounts).some((a) => a !== 0))
    .toSorted((a, b) => (a.poolId < b.poolId ? -1 : 1));
}
