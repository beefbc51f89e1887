/** Decides nothing: the words and sums of capacity that placement, claims and counters share. */
import { type AnyPoolMeter, acceleratorOf, type PoolMeterName } from '../../facilities/domain/pool-meters.js';
import type { CapacityMeter } from '../../kernel/refusal.js';

export const STORAGE_TIERS = ['SSD', 'HDD'] as const;
export type StorageTier = (typeof STORAGE_TIERS)[number];

/** Amounts by meter: whole vCPU, MiB and GiB. */
export type Amounts = { readonly [M in PoolMeterName]: number };

export const NOTHING: Amounts = { VCPU: 0, MEMORY_MIB: 0, STORAGE_GIB_SSD: 0, STORAGE_GIB_HDD: 0 };

/** The size of one machine. */
export interface MachineSize {
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly storageTier: StorageTier;
}

export function storageMeter(tier: StorageTier): 'STORAGE_GIB_SSD' | 'STORAGE_GIB_HDD' {
  return tier === 'SSD' ? 'STORAGE_GIB_SSD' : 'STORAGE_GIB_HDD';
}

export function amountsOf(size: MachineSize, machines: number): Amounts {
  return {
    ...NOTHING,
    VCPU: size.vcpu * machines,
    MEMORY_MIB: size.memoryMib * machines,
    [storageMeter(size.storageTier)]: size.diskGib * machines,
  };
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return mapMeters((meter) => a[meter] + b[meter]);
}

export function minus(a: Amounts, b: Amounts): Amounts {
  return mapMeters((meter) => a[meter] - b[meter]);
}

function mapMeters(amount: (meter: PoolMeterName) => number): Amounts {
  return {
    VCPU: amount('VCPU'),
    MEMORY_MIB: amount('MEMORY_MIB'),
    STORAGE_GIB_SSD: amount('STORAGE_GIB_SSD'),
    STORAGE_GIB_HDD: amount('STORAGE_GIB_HDD'),
  };
}

/** How many machines of this size fit into what is free. */
export function machinesThatFit(free: Amounts, size: MachineSize): number {
  return Math.max(
    0,
    Math.min(
      times(free.VCPU, size.vcpu),
      times(free.MEMORY_MIB, size.memoryMib),
      times(free[storageMeter(size.storageTier)], size.diskGib),
    ),
  );
}

/** What takes nothing of a meter fits as often as one likes, also where nothing is free. */
function times(free: number, each: number): number {
  return each === 0 ? Number.POSITIVE_INFINITY : Math.floor(free / each);
}

/** The public word for a counter's meter. */
export function publicMeter(meter: AnyPoolMeter): CapacityMeter {
  if (acceleratorOf(meter) !== null) return 'ACCELERATOR';
  return meter === 'VCPU' || meter === 'MEMORY_MIB' ? meter : 'STORAGE_GIB';
}
