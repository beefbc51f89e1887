import { type Amounts, NOTHING } from '../../../server/src/allocation/domain/capacity.js';
import type {
  CenterFacts,
  LineDemand,
  PlacementFacts,
  PoolFacts,
} from '../../../server/src/allocation/domain/placement-facts.js';

export const CENTER_A: CenterFacts = { centerId: 'a', name: 'A', role: 'ACTIVE_A', life: 'IN_SERVICE' };
export const CENTER_B: CenterFacts = { centerId: 'b', name: 'B', role: 'ACTIVE_B', life: 'IN_SERVICE' };
export const CENTER_C: CenterFacts = { centerId: 'c', name: 'C', role: 'RECOVERY', life: 'IN_SERVICE' };

/** A pool of center A with 100 vCPU, 100,000 MiB and 10,000 GiB of each tier, all free but for what is said. */
export function poolFacts(poolId: string, free: Partial<Amounts>, more: Partial<PoolFacts> = {}): PoolFacts {
  const amounts = { ...NOTHING, VCPU: 100, MEMORY_MIB: 100_000, STORAGE_GIB_SSD: 10_000, STORAGE_GIB_HDD: 10_000 };
  return {
    poolId,
    code: poolId,
    kind: 'DRIVEN',
    centerId: 'a',
    architecture: 'ARM64',
    zone: 'GOVERNMENT_EXTRANET',
    total: amounts,
    free: { ...amounts, ...free } as Amounts,
    largestMachine: null,
    inMaintenance: false,
    protectionLevelMax: 3,
    domesticCpu: true,
    ...more,
  };
}

/** One machine of 4 vCPU and 8 GiB in center A. */
export function demand(more: Partial<LineDemand> = {}): LineDemand {
  return {
    index: 0,
    count: 1,
    centerId: 'a',
    share: 'MAIN',
    architecture: 'ARM64',
    zone: 'GOVERNMENT_EXTRANET',
    imageArchitecture: 'ARM64',
    imageMinimumDiskGib: 20,
    vcpu: 4,
    memoryMib: 8192,
    diskGib: 40,
    storageTier: 'SSD',
    protectionLevel: 2,
    domesticCpu: false,
    ...more,
  };
}

export const factsOf = (pools: readonly PoolFacts[]): PlacementFacts => ({
  centers: [CENTER_A, CENTER_B, CENTER_C],
  pools,
});
