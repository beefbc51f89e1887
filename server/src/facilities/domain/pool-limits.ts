/** Decides the size that a pool is sized by after an act, and the limits that follow from it. */
import { isPoolProtectionLevel, type Pool } from './facility.js';
import { type PoolForm, sizeOf } from './pool-form.js';
import type { PoolAmounts } from './pool-meters.js';
import { type PoolSize, promised } from './promised.js';

/** Of a new pool: nothing is promised that nobody said. */
const UNSAID = { domesticCpu: false, protectionLevelMax: 2 } as const;

/** What a form says of a pool, as the record keeps it. */
export function worded(form: PoolForm, before: Pick<Pool, 'domesticCpu' | 'protectionLevelMax'> = UNSAID) {
  const { protectionLevelMax: level } = form;
  return {
    processor: form.processor.trim(),
    domesticCpu: form.domesticCpu ?? before.domesticCpu,
    protectionLevelMax: level != null && isPoolProtectionLevel(level) ? level : before.protectionLevelMax,
    vcpuOvercommitPercent: form.vcpuOvercommitPercent,
    reserve: { percent: form.reservePercent, nodes: form.reserveNodes },
    platformName: form.platformName?.trim() ?? null,
  };
}

/** Said by hand, counted by the cluster, or as it was. Null = nobody knows yet. */
export function resized(pool: Pool, wish: PoolForm & { readonly takeCounted: boolean }): PoolSize | null {
  if (wish.size !== null) return sizeOf(wish.size, wish.accelerators);
  const hardware = wish.takeCounted || pool.size === null ? pool.present : pool.size;
  if (hardware === null) return null;
  const { nodes, vcpu, memoryMib, storageGib } = hardware;
  return { ...sizeOf({ nodes, vcpu, memoryMib, ssdGib: storageGib.SSD, hddGib: storageGib.HDD }, wish.accelerators) };
}

/** A class that is gone promises nothing; a pool without size promises nothing either. */
export function limitsOf(pool: Pool, running: Parameters<typeof promised>[2], before: Pool | null = null): PoolAmounts {
  const gone = Object.keys(before?.size?.accelerators ?? {}).map((name) => [`ACCELERATOR:${name}`, 0]);
  const empty: PoolAmounts = { VCPU: 0, MEMORY_MIB: 0, STORAGE_GIB_SSD: 0, STORAGE_GIB_HDD: 0 };
  return { ...Object.fromEntries(gone), ...empty, ...(pool.size ? promised(pool, pool.size, running) : {}) };
}

/** For counters: every meter has its number. */
export function opened(limits: PoolAmounts): { [meter: string]: number } {
  return Object.fromEntries(Object.entries(limits).map(([meter, limit]) => [meter, limit ?? 0]));
}
