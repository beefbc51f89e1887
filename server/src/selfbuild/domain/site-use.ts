/** Decides what the metered use of a time comes to on average, center by center, in the units that are built by; and what of it nobody builds. */
import { perPricedUnit } from '../../metering/domain/meter-units.js';
import { NOUGHT, plus, type Ratio, ratio, times } from './ratio.js';

/** Of one meter in one center: its whole units × the seconds that they were in use. */
export interface UsedUnits {
  /** null = of no center. */
  readonly centerId: string | null;
  readonly meter: string;
  readonly unitSeconds: bigint;
}

/** On average over the time. */
export interface SiteUse {
  readonly centerId: string | null;
  readonly vcpu: Ratio;
  readonly memoryGib: Ratio;
  readonly ssdTib: Ratio;
  readonly hddTib: Ratio;
  readonly accelerators: Ratio;
  readonly servers: Ratio;
  readonly cabinetU: Ratio;
  /** Beyond what the price of the space includes. */
  readonly extraW: Ratio;
}

/** A whole cabinet is counted as one: of how many U, as cabinets are made. */
const U_OF_WHOLE_CABINET = 42n;
const GIB_PER_TIB = 1_024n;

export type UseField = Exclude<keyof SiteUse, 'centerId'>;

/** null = a service or an address: whoever builds for himself buys those all the same, so they stand on neither side. */
export function fieldOf(meter: string): { readonly field: UseField; readonly factor: Ratio } | null {
  if (meter === 'VCPU') return { field: 'vcpu', factor: ratio(1n) };
  if (meter === 'MEMORY_GIB') return { field: 'memoryGib', factor: ratio(1n) };
  if (meter.startsWith('STORAGE_GIB_'))
    return { field: meter.includes('HDD') ? 'hddTib' : 'ssdTib', factor: ratio(1n, GIB_PER_TIB) };
  if (meter.startsWith('ACCELERATOR:')) return { field: 'accelerators', factor: ratio(1n) };
  if (meter.startsWith('SERVER:')) return { field: 'servers', factor: ratio(1n) };
  if (meter === 'CABINET_U') return { field: 'cabinetU', factor: ratio(1n) };
  if (meter === 'CABINET_WHOLE') return { field: 'cabinetU', factor: ratio(U_OF_WHOLE_CABINET) };
  if (meter === 'POWER_KW') return { field: 'extraW', factor: ratio(1_000n) };
  return null;
}

const EMPTY: Omit<SiteUse, 'centerId'> = {
  ...{ vcpu: NOUGHT, memoryGib: NOUGHT, ssdTib: NOUGHT, hddTib: NOUGHT },
  ...{ accelerators: NOUGHT, servers: NOUGHT, cabinetU: NOUGHT, extraW: NOUGHT },
};

/** In the order of centers, what is of none last; a center in which nothing is built by is none. */
export function siteUses(used: readonly UsedUnits[], seconds: bigint): SiteUse[] {
  const sites = new Map<string | null, SiteUse>();
  for (const { centerId, meter, unitSeconds } of used) {
    const of = fieldOf(meter);
    if (of === null || unitSeconds <= 0n) continue;
    const site = sites.get(centerId) ?? { centerId, ...EMPTY };
    const more = times(ratio(unitSeconds, seconds * perPricedUnit(meter)), of.factor);
    sites.set(centerId, { ...site, [of.field]: plus(site[of.field], more) });
  }
  return [...sites.values()].toSorted((a, b) => ((a.centerId ?? '~') < (b.centerId ?? '~') ? -1 : 1));
}
