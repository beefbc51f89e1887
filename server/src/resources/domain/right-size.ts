/** Decides which smaller size of the catalog a machine would do with, by what it needed. */
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

/** The most that some days needed, whatever size it then had: hundredths of a percent of a vCPU, and of a MiB. */
export interface Need {
  readonly days: number;
  readonly cpuNeed: number | null;
  readonly memoryNeed: number | null;
}

export function neededOf(cpuNeed: number, memoryNeed: number): Sized {
  return {
    vcpu: Math.max(1, Math.ceil(cpuNeed / WHOLE / CPU_TARGET)),
    memoryMib: Math.ceil(memoryNeed / WHOLE / MEMORY_TARGET),
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
  { cpuNeed, days, memoryNeed }: Need,
  daysEnough: number,
): O | null {
  if (days < daysEnough || cpuNeed === null || memoryNeed === null) return null;
  const needed = neededOf(cpuNeed, memoryNeed);
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
