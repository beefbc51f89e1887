/** Decides how much each pool's counters move, and what a claim takes of quotas. */
import type { Taker } from '../../quotas/domain/quota.js';
import { type Amounts, amountsOf, type MachineSize, minus, NOTHING, piecesOf, plus } from './capacity.js';
import type { Standing } from './dr-shares.js';

export interface PoolDelta {
  readonly kind: 'POOL';
  readonly subjectId: string;
  /** Positive = taken, negative = given back, by meter. */
  readonly amounts: Amounts;
}

type Placed = MachineSize & { readonly poolId: string };

/** What must be taken from and given back to each pool, summed first: one statement a pool. */
export function poolDeltas(taken: readonly Placed[], givenBack: readonly Placed[]): PoolDelta[] {
  const sums = new Map<string, Amounts>();
  for (const machine of taken)
    sums.set(machine.poolId, plus(sums.get(machine.poolId) ?? NOTHING, amountsOf(machine, 1)));
  for (const machine of givenBack)
    sums.set(machine.poolId, minus(sums.get(machine.poolId) ?? NOTHING, amountsOf(machine, 1)));
  return [...sums]
    .map(([poolId, amounts]) => ({ kind: 'POOL' as const, subjectId: poolId, amounts }))
    .filter(({ amounts }) => Object.values(amounts).some((a) => a !== 0));
}

/** What one claim takes of each quota on its way; data alone is no machine, and what a machine grows by is none more. */
export function quotaTaker(
  claim: MachineSize & {
    readonly standing: Standing;
    readonly quotaIds: readonly string[];
    readonly growsClaimId?: string | null;
  },
): Taker {
  return {
    quotaIds: claim.quotaIds,
    amounts: {
      MACHINE: claim.standing === 'DATA' || claim.growsClaimId ? 0 : 1,
      VCPU: claim.vcpu,
      MEMORY_MIB: claim.memoryMib,
      STORAGE_GIB: claim.diskGib,
      ACCELERATOR: piecesOf(claim),
    },
  };
}
