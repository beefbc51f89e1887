import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { EnergyService } from '../energy/energy.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { PricingService } from '../pricing/pricing.service.js';
import { type MeasuredEnergy, meterOfPool, type SharedPool, type SharedPoolVersion } from './domain/shared-pool.js';
import { SharedCostsRepository } from './shared-costs.repository.js';

/** A common cost with its whole past and future, the earliest version first. */
export interface VersionedPool extends SharedPool {
  readonly versions: readonly SharedPoolVersion[];
}

@Injectable()
export class SharedPools implements OnModuleInit {
  constructor(
    private readonly repository: SharedCostsRepository,
    private readonly energy: EnergyService,
    private readonly pricing: PricingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.pricing.describe(async () =>
      (await this.repository.all()).map((pool) => ({
        meter: meterOfPool(pool),
        name: pool.name,
        unit: say('份', 'share'),
      })),
    );
  }

  page(search: string | null, page: PageRequest): Promise<Page<SharedPool>> {
    return this.repository.page(search, page);
  }

  /** Batch for loaders. */
  byIds = async (ids: readonly string[]): Promise<(SharedPool | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), ({ id }) => id);

  /** Batch for loaders: past and future, the earliest first. */
  versionsOf = async (poolIds: readonly string[]): Promise<SharedPoolVersion[][]> => {
    const byPool = Map.groupBy(await this.repository.versionsOf(poolIds), ({ poolId }) => poolId);
    return poolIds.map((id) => byPool.get(id) ?? []);
  };

  /** Batch for loaders. */
  versionsByIds = async (ids: readonly string[]): Promise<(SharedPoolVersion | null)[]> =>
    inOrderOf(ids, await this.repository.versionsByIds(ids), ({ id }) => id);

  async everything(): Promise<VersionedPool[]> {
    const pools = await this.repository.all();
    const versions = await this.versionsOf(pools.map(({ id }) => id));
    return pools.map((pool, at) => ({ ...pool, versions: versions[at] ?? [] }));
  }

  /**
   * What these centers drew, by "center month", in so many months up to the running one. Of all that were ever shared:
   * a month that is not asked for looks as if nothing had been drawn, and what was charged for it would be given back.
   */
  async energyOf(centerIds: readonly string[], months: number): Promise<ReadonlyMap<string, MeasuredEnergy>> {
    const asked = [...new Set(centerIds)];
    if (asked.length === 0) return new Map();
    const measured = await this.energy.ofCenters(asked, months);
    return new Map(
      measured.flatMap((center, at) =>
        // Both of the same hours: what racks drew while nobody measured it is no overhead.
        center.months.map(
          ({ itKwh, month, totalBesideItKwh: totalKwh }) => [`${asked[at]} ${month}`, { totalKwh, itKwh }] as const,
        ),
      ),
    );
  }

  thisMonth(): string {
    return calendarDate(this.clock.now()).slice(0, 7);
  }

  /** As they are. For seeding, which has checked them. */
  async add(tx: Tx, pools: readonly SharedPool[], versions: readonly SharedPoolVersion[]): Promise<void> {
    await this.repository.insertPools(tx, pools);
    await this.repository.insertVersions(tx, versions);
  }
}
