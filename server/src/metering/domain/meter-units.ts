/** Decides in which whole numbers each meter is counted, and how many of them make one priced unit. */
import type { MachineSize } from '../../allocation/domain/capacity.js';
import { acceleratorMeter } from '../../facilities/domain/pool-meters.js';

/** Whole numbers by meter; a meter that is not named is nothing. */
export type Quantities = { readonly [meter: string]: number };

/** What is counted finer than it is priced: MiB for GiB, half units for U, watts for kW. */
const PER_PRICED_UNIT: { readonly [meter: string]: bigint } = {
  MEMORY_GIB: 1_024n,
  CABINET_U: 2n,
  POWER_KW: 1_000n,
};

export function perPricedUnit(meter: string): bigint {
  return PER_PRICED_UNIT[meter] ?? 1n;
}

/** A machine is counted by its processors, its memory, its disk on one tier, and its accelerators by class. */
export function quantitiesOfMachine(
  { vcpu, memoryMib, diskGib, storageTier }: MachineSize,
  accelerators: { readonly [name: string]: number } | null,
): Quantities {
  const pieces = Object.entries(accelerators ?? {}).map(([name, count]) => [acceleratorMeter(name), count] as const);
  return {
    VCPU: vcpu,
    MEMORY_GIB: memoryMib,
    [`STORAGE_GIB_${storageTier}`]: diskGib,
    ...Object.fromEntries(pieces),
  };
}

/** Power is paid only beyond what the price of the space includes. */
export function quantitiesOfSpace(
  { heightHalfUnits, powerW }: { readonly heightHalfUnits: number; readonly powerW: number },
  offer: { readonly form: 'UNIT' | 'WHOLE'; readonly includedW: number },
): Quantities {
  const whole = offer.form === 'WHOLE';
  const halves = Number(PER_PRICED_UNIT.CABINET_U);
  const included = whole ? offer.includedW : Math.floor((offer.includedW * heightHalfUnits) / halves);
  return {
    ...(whole ? { CABINET_WHOLE: 1 } : { CABINET_U: heightHalfUnits }),
    POWER_KW: Math.max(0, powerW - included),
  };
}
