/** Decides what a pool counts, and how a counter row names it. */

/** The meters that every pool has. */
export const POOL_METERS = ['VCPU', 'MEMORY_MIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD'] as const;
export type PoolMeterName = (typeof POOL_METERS)[number];

const ACCELERATOR_PREFIX = 'ACCELERATOR:';
/** With its prefix it fits the counter's meter of 40 characters. */
const ACCELERATOR_NAME = /^[A-Z0-9][A-Z0-9-]{0,23}$/;
/** A pool with more classes of accelerators is several pools. */
export const ACCELERATOR_CLASSES_MAX = 8;

/** GPU, 昇腾 NPU and the like, by class: "ASCEND-910B". */
export type AcceleratorMeter = `${typeof ACCELERATOR_PREFIX}${string}`;
export type AnyPoolMeter = PoolMeterName | AcceleratorMeter;

/** How much of each meter; a meter that is not named is nothing. */
export type PoolAmounts = { readonly [M in AnyPoolMeter]?: number };

export function isAcceleratorName(text: string): boolean {
  return ACCELERATOR_NAME.test(text);
}

export function acceleratorMeter(name: string): AcceleratorMeter {
  return `${ACCELERATOR_PREFIX}${name}`;
}

/** null = a meter of another kind. */
export function acceleratorOf(meter: string): string | null {
  return meter.startsWith(ACCELERATOR_PREFIX) ? meter.slice(ACCELERATOR_PREFIX.length) : null;
}

/** The fixed ones in their order, then accelerators by name. */
export function compareMeters(a: string, b: string): number {
  const rank = (meter: string): number => {
    const at = (POOL_METERS as readonly string[]).indexOf(meter);
    return at < 0 ? POOL_METERS.length : at;
  };
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}
