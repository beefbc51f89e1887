/** Decides which smaller size of the catalog a machine would do with, by what it needed. */
import type { Window } from './idle.js';

export interface Sized {
  readonly vcpu: number;
  readonly memoryMib: number;
}

export interface OfferedSize extends Sized {
  readonly id: string;
  readonly architecture: string;
  readonly domesticCpu: boolean;
  readonly accelerator: string | null;
  readonly acceleratorCount: number;
  readonly status: string;
}

/** Its busiest p95 shall be no more than this of the smaller size: room for a peak, and for the next half year. */
export const CPU_TARGET = 0.6;
/** Memory that runs out ends the work, but what is used as cache is not needed. */
export const MEMORY_TARGET = 0.8;
const WHOLE = 10_000;

export function neededOf({ vcpu, memoryMib }: Sized, cpuP95: number, memoryP95: number): Sized {
  return {
    vcpu: Math.max(1, Math.ceil((vcpu * cpuP95) / WHOLE / CPU_TARGET)),
    memoryMib: Math.ceil((memoryMib * memoryP95) / WHOLE / MEMORY_TARGET),
  };
}

/**
 * The smallest offer that is enough and smaller; null = none, or too few days are known. The rest of it (architecture,
 * domestic processor, accelerators) stays as it is.
 */
export function smallerOffer<O extends OfferedSize>(
  machine: Sized,
  current: O,
  offers: readonly O[],
  { cpuP95, days, memoryP95 }: Window,
  daysEnough: number,
): O | null {
  if (days < daysEnough || cpuP95 === null || memoryP95 === null) return null;
  const needed = neededOf(machine, cpuP95, memoryP95);
  const fitting = offers.filter(
    (offer) =>
      offer.status === 'OFFERED' &&
      offer.architecture === current.architecture &&
      offer.domesticCpu === current.domesticCpu &&
      offer.accelerator === current.accelerator &&
      offer.acceleratorCount === current.acceleratorCount &&
      offer.vcpu >= needed.vcpu &&
      offer.memoryMib >= needed.memoryMib &&
      offer.vcpu <= machine.vcpu &&
      offer.memoryMib <= machine.memoryMib &&
      (offer.vcpu < machine.vcpu || offer.memoryMib < machine.memoryMib),
  );
  return fitting.toSorted((a, b) => a.vcpu - b.vcpu || a.memoryMib - b.memoryMib || (a.id < b.id ? -1 : 1))[0] ?? null;
}
