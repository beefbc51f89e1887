import { Injectable } from '@nestjs/common';
import { Counters } from '../platform/counters/counters.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Pool } from './domain/facility.js';
import { type MaintenanceWindow, settledLimit, takenAway } from './domain/maintenance.js';
import { compareMeters } from './domain/pool-meters.js';
import { promised } from './domain/promised.js';
import { FacilitiesRepository } from './facilities.repository.js';
import { MaintenanceRepository } from './maintenance.repository.js';

/** Takes the pool's counters; the last statements before commit. */
export type Settle = () => Promise<void>;

/** What windows do to the pool that they take: it promises less while they run, and again what it did afterwards. */
@Injectable()
export class MaintainedPools {
  constructor(
    private readonly windows: MaintenanceRepository,
    private readonly pools: FacilitiesRepository,
    private readonly counters: Counters,
  ) {}

  async begin(tx: Tx, window: MaintenanceWindow, pool: Pool): Promise<Settle> {
    const running = [...(await this.windows.runningOf(tx, pool.id)), window];
    await this.markWhole(tx, pool, running);
    const uncovered = await this.expected(tx, pool, running);
    await this.windows.update(tx, window.id, { uncovered });
    return () => this.settle(tx, pool, running);
  }

  async finish(tx: Tx, window: MaintenanceWindow, pool: Pool): Promise<Settle> {
    const running = (await this.windows.runningOf(tx, pool.id)).filter((w) => w.id !== window.id);
    await this.markWhole(tx, pool, running);
    return () => this.settle(tx, pool, running);
  }

  private async markWhole(tx: Tx, pool: Pool, running: readonly MaintenanceWindow[]): Promise<void> {
    await this.pools.setInMaintenance(
      tx,
      pool.id,
      running.some((w) => w.extent === 'WHOLE_POOL'),
    );
  }

  /** What would stay promised although it is taken away, by the counters as they are now. */
  private async expected(
    tx: Tx,
    pool: Pool,
    running: readonly MaintenanceWindow[],
  ): Promise<{ [meter: string]: number }> {
    const counters = await this.counters.read('POOL', [pool.id], tx.manager);
    const targets = targetsOf(pool, running);
    const found = counters.map((c) => [c.meter, settledLimit(targets.get(c.meter) ?? c.limit, c.live).uncovered]);
    return Object.fromEntries(found.filter(([, amount]) => amount !== 0));
  }

  private async settle(tx: Tx, pool: Pool, running: readonly MaintenanceWindow[]): Promise<void> {
    for (const [meter, target] of [...targetsOf(pool, running)].toSorted(([a], [b]) => compareMeters(a, b)))
      await this.counters.settleLimit(tx, 'POOL', pool.id, meter, target);
  }
}

/** Without a size nothing is known that could be taken from, but for all of it. */
function targetsOf(pool: Pool, running: readonly MaintenanceWindow[]): Map<string, number> {
  const targets = pool.size ? promised(pool, pool.size, running.map(takenAway)) : {};
  return new Map(Object.entries(targets).map(([meter, amount]) => [meter, amount ?? 0]));
}
