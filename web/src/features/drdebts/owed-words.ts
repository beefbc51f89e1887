import type { TFunction } from 'i18next';
import { count, decimal, gibOfMib } from '../../lib/quantity';

type Demand = {
  machines: number;
  vcpu: number;
  memoryMib: number;
  storageGib: number;
  accelerator?: string | null;
  accelerators?: number;
  servers?: number;
  rackUnits?: number;
  powerW?: number;
};

/** What is asked of a center, in its units; what is not asked is not said. */
export function demandParts(t: TFunction, demand: Demand): string[] {
  const {
    vcpu,
    memoryMib,
    storageGib,
    accelerator = null,
    accelerators = 0,
    servers = 0,
    rackUnits = 0,
    powerW = 0,
  } = demand;
  return [
    vcpu > 0 && t('drDebt.demand.vcpu', { things: count(vcpu) }),
    memoryMib > 0 && t('drDebt.demand.memory', { things: gibOfMib(memoryMib) }),
    storageGib > 0 && t('drDebt.demand.storage', { things: count(storageGib) }),
    accelerator !== null && t('drDebt.demand.accelerators', { name: accelerator, things: count(accelerators) }),
    servers > 0 && t('drDebt.demand.servers', { things: count(servers) }),
    rackUnits > 0 && t('drDebt.demand.units', { things: decimal(rackUnits) }),
    powerW > 0 && t('drDebt.demand.power', { things: count(powerW) }),
  ].filter((part) => part !== false);
}
