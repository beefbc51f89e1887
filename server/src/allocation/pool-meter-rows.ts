import { type Pool, promisable } from '../facilities/domain/facility.js';
import { type AnyPoolMeter, acceleratorOf, compareMeters } from '../facilities/domain/pool-meters.js';
import type { CounterRow } from '../platform/counters/counters.js';
import type { ClaimSum } from './allocation.repository.js';
import type { PoolMeterRow } from './allocation.types.js';
import { publicMeter, STORAGE_TIERS, type StorageTier, storageMeter } from './domain/capacity.js';

/** What one pool promises, holds, has given and has today, meter by meter. */
export function poolMeters(
  pool: Pool | null,
  counters: readonly CounterRow<AnyPoolMeter>[],
  sums: readonly ClaimSum[],
  heldAccelerators: { readonly [name: string]: number } = {},
): PoolMeterRow[] {
  // In the units that are promised: vCPU after overcommit, as machines are asked in.
  const present = pool?.present ? promisable(pool, pool.present) : null;
  return counters
    .toSorted((a, b) => compareMeters(a.meter, b.meter))
    .map((c) => {
      const accelerator = acceleratorOf(c.meter);
      const held =
        accelerator === null
          ? sums.filter((s) => s.state === 'HELD').reduce((sum, s) => sum + meterOf(s, c.meter), 0)
          : (heldAccelerators[accelerator] ?? 0);
      return {
        meter: publicMeter(c.meter),
        storageTier: tierOf(c.meter),
        accelerator,
        total: c.limit,
        held,
        allocated: Math.max(0, c.live - held),
        free: c.limit - c.live,
        present: present && presentOf(present, c.meter),
      };
    });
}

function tierOf(meter: AnyPoolMeter): StorageTier | null {
  return STORAGE_TIERS.find((tier) => storageMeter(tier) === meter) ?? null;
}

function meterOf(sum: ClaimSum, meter: AnyPoolMeter): number {
  if (acceleratorOf(meter) !== null) return 0;
  if (meter === 'VCPU') return sum.vcpu;
  if (meter === 'MEMORY_MIB') return sum.memoryMib;
  return sum.storageTier === tierOf(meter) ? sum.storageGib : 0;
}

function presentOf(present: ReturnType<typeof promisable>, meter: AnyPoolMeter): number | null {
  // The cluster's nodes are counted by processors and memory; what sits in them is the record's word.
  if (acceleratorOf(meter) !== null) return null;
  if (meter === 'VCPU') return present.vcpu;
  if (meter === 'MEMORY_MIB') return present.memoryMib;
  return present.storage[tierOf(meter) ?? 'HDD'];
}
