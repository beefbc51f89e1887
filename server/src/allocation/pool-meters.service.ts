import { Injectable } from '@nestjs/common';
import type { AnyPoolMeter } from '../facilities/domain/pool-meters.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { Counters } from '../platform/counters/counters.js';
import { AllocationRepository } from './allocation.repository.js';
import type { PoolMeterRow } from './allocation.types.js';
import { poolMeters } from './pool-meter-rows.js';

/** What of each pool is promised, held and free. */
@Injectable()
export class PoolMeters {
  constructor(
    private readonly repository: AllocationRepository,
    private readonly counters: Counters,
    private readonly facilities: FacilitiesService,
  ) {}

  /** Batch for loaders: total, held, allocated, free and present by meter, for many pools by four statements. */
  readonly metersOfPools = async (poolIds: readonly string[]): Promise<PoolMeterRow[][]> => {
    const [counters, sums, accelerators, pools] = await Promise.all([
      this.counters.read<AnyPoolMeter>('POOL', poolIds),
      this.repository.liveSums(poolIds),
      this.repository.heldAccelerators(poolIds),
      this.facilities.pools(poolIds),
    ]);
    return poolIds.map((poolId, at) =>
      poolMeters(
        pools[at] ?? null,
        counters.filter((c) => c.subjectId === poolId),
        sums.filter((sum) => sum.poolId === poolId),
        accelerators.get(poolId) ?? {},
      ),
    );
  };
}
