/** Decides nothing: the words and sums of capacity that placement, claims and counters share. */
import {
  type AcceleratorMeter,
  type AnyPoolMeter,
  acceleratorMeter,
  acceleratorOf,
  type PoolMeterName,
} from '../../facilities/domain/pool-meters.js';
import type { CapacityMeter } from '../../kernel/refusal.js';

export const STORAGE_TIERS = ['SSD', 'HDD'] as const;
export type StorageTier = (typeof STORAGE_TIERS)[number];

/** Amounts by meter: whole vCPU, MiB, GiB and pieces; a class of accelerators that is not named is nothing. */
export type Amounts = { readonly [M in PoolMeterName]: number } & { readonly [A: AcceleratorMeter]: number };

export const NOTHING: Amounts = { VCPU: 0, MEMORY_MIB: 0, STORAGE_GIB_SSD: 0, STORAGE_GIB_HDD: 0 };

/** The size of one machine. */
export interface MachineSize {
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly storageTier: StorageTier;
  /** Pieces by class that one machine takes; none where it is not said. */
  readonly accelerators?: { readonly [name: string]: number };
}

/** The size of something bigger, and nothing else of it. */
export function sizeOf({ vcpu, memoryMib, diskGib, storageTier, accelerators }: MachineSize): MachineSize {
  return { vcpu, memoryMib, diskGib, storageTier, ...(accelerators ? { accelerators } : {}) };
}

export function storageMeter(tier: StorageTier): 'STORAGE_GIB_SSD' | 'STORAGE_GIB_HDD' {
  return tier === 'SSD' ? 'STORAGE_GIB_SSD' : 'STORAGE_GIB_HDD';
}

export function amountsOf(size: MachineSize, machines: number): Amounts {
  const amounts: Amounts = {
    ...NOTHING,
    VCPU: size.vcpu * machines,
    MEMORY_MIB: size.memoryMib * machines,
    [storageMeter(size.storageTier)]: size.diskGib * machines,
  };
  if (size.accelerators === undefined) return amounts;
  const pieces = Object.entries(size.accelerators).map(([name, count]) => [acceleratorMeter(name), count * machines]);
  return { ...amounts, ...Object.fromEntries(pieces) };
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, 1);
}

export function minus(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, -1);
}

/** Placement adds and takes away thousands of times: the meters that every pool has are not looked up. */
function combine(a: Amounts, b: Amounts, sign: 1 | -1): Amounts {
  const sum: Writable = {
    ...a,
    VCPU: a.VCPU + sign * b.VCPU,
    MEMORY_MIB: a.MEMORY_MIB + sign * b.MEMORY_MIB,
    STORAGE_GIB_SSD: a.STORAGE_GIB_SSD + sign * b.STORAGE_GIB_SSD,
    STORAGE_GIB_HDD: a.STORAGE_GIB_HDD + sign * b.STORAGE_GIB_HDD,
  };
  for (const meter in b) if (isAccelerator(meter)) sum[meter] = (a[meter] ?? 0) + sign * (b[meter] ?? 0);
  return sum;
}

type Writable = { -readonly [M in keyof Amounts]: Amounts[M] };

function isAccelerator(meter: string): meter is AcceleratorMeter {
  return acceleratorOf(meter) !== null;
}

/** What is free without the share of nodes that are away: new machines are not to wait for them. */
export function withoutNodes(free: Amounts, total: Amounts, { away, nodes }: { away: number; nodes: number }): Amounts {
  const left = (Object.keys(free) as AnyPoolMeter[]).map((meter) => {
    const share = Math.ceil(((total[meter] ?? 0) * away) / nodes);
    return [meter, Math.max(0, (free[meter] ?? 0) - share)];
  });
  return Object.fromEntries(left) as Amounts;
}

/** Pieces of all classes that one machine takes. */
export function piecesOf({ accelerators = {} }: Pick<MachineSize, 'accelerators'>): number {
  return Object.values(accelerators).reduce((sum, count) => sum + count, 0);
}

/** How many machines of this size fit into what is free. */
export function machinesThatFit(free: Amounts, size: MachineSize): number {
  let fits = Math.min(
    times(free.VCPU, size.vcpu),
    times(free.MEMORY_MIB, size.memoryMib),
    times(free[storageMeter(size.storageTier)], size.diskGib),
  );
  for (const [name, count] of Object.entries(size.accelerators ?? {}))
    if (count > 0) fits = Math.min(fits, Math.floor((free[acceleratorMeter(name)] ?? 0) / count));
  return Math.max(0, fits);
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
