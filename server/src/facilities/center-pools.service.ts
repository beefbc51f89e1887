import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { Counters } from '../platform/counters/counters.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CenterRemains } from './center-remains.service.js';
import { stopObjection } from './domain/center-life.js';
import type { Center, CenterLife, Pool } from './domain/facility.js';
import { takenAway } from './domain/maintenance.js';
import { limitsOf } from './domain/pool-limits.js';
import { compareMeters } from './domain/pool-meters.js';
import type { TakenAway } from './domain/promised.js';
import { FacilitiesRepository } from './facilities.repository.js';
import { MaintenanceRepository } from './maintenance.repository.js';

type Last = (tx: Tx) => Promise<Result<void, readonly Refusal[]>>;

/**
 * What a center's pools promise follows its life: a stopped one promises nothing. Whoever holds capacity looks at lives
 * before its transaction; the counters, taken last by both, are where the two meet.
 */
@Injectable()
export class CenterPools {
  constructor(
    private readonly repository: FacilitiesRepository,
    private readonly maintenance: MaintenanceRepository,
    private readonly counters: Counters,
    private readonly remains: CenterRemains,
  ) {}

  /** Locks the pools now; what is returned takes their counters, as the last statements before commit. */
  async follow(tx: Tx, center: Center, next: CenterLife): Promise<Last> {
    if ((center.life === 'STOPPED') === (next === 'STOPPED')) return async () => ok(undefined);
    const locked: { readonly pool: Pool; readonly away: readonly TakenAway[] }[] = [];
    for (const { id } of (await this.repository.poolsOfCenters([center.id], tx.manager)).toSorted(byId)) {
      const pool = await this.repository.lockedPool(tx, id);
      // Whose size nobody has said promises nothing in any life.
      if (!pool?.size) continue;
      const running = (await this.maintenance.runningOf(tx, id)).map(takenAway);
      locked.push({ pool, away: next === 'STOPPED' ? ['WHOLE_POOL'] : running });
    }
    return async () => {
      let live = 0;
      for (const { pool, away } of locked)
        for (const [meter, limit] of Object.entries(limitsOf(pool, away)).toSorted(([a], [b]) => compareMeters(a, b)))
          live += (await this.counters.settleLimit(tx, 'POOL', pool.id, meter, limit ?? 0)).live;
      // Taken between the look and the lock.
      const inTheWay = next === 'STOPPED' && live > 0 ? stopObjection(await this.remains.within(tx, center.id)) : null;
      return inTheWay ? refuse([inTheWay]) : ok(undefined);
    };
  }

  /** What is away of a pool besides its windows: all of it, while its center is stopped. Asked under the pool's lock. */
  async awayWith(tx: Tx, pool: Pool): Promise<readonly TakenAway[]> {
    const [center] = pool.centerId === null ? [] : await this.repository.centersByIds([pool.centerId], tx.manager);
    return center?.life === 'STOPPED' ? ['WHOLE_POOL'] : [];
  }
}

function byId(a: Pool, b: Pool): number {
  return a.id < b.id ? -1 : 1;
}
