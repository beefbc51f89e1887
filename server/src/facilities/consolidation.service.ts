import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { type CloudCount, COUNT_YEAR_MIN, yearDue } from './domain/consolidation.js';
import type { Pool } from './domain/facility.js';
import { invalid } from './domain/refusals.js';
import { ConsolidationCountEntity } from './facilities.entity.js';
import { FacilitiesRepository } from './facilities.repository.js';

export interface ConsolidationCount {
  readonly year: number;
  /** null = not taken: counted from the records as they are now. */
  readonly takenAt: Date | null;
  readonly takenBy: string | null;
  readonly clouds: readonly CloudCount[];
}

@Injectable()
export class ConsolidationService {
  constructor(
    private readonly repository: FacilitiesRepository,
    private readonly acts: Acts,
    private readonly db: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The count as it was taken; for the running year, where it was not yet, as it would be now. Null = a year that nobody counted. */
  async count(year: number): Promise<ConsolidationCount | null> {
    const taken = await this.db.manager.findOneBy(ConsolidationCountEntity, { year });
    if (taken) return taken;
    if (year !== accountingYear(this.clock.now())) return null;
    return { year, takenAt: null, takenBy: null, clouds: countsOf(await this.repository.pools()) };
  }

  /** Keeps the running year's count for good. */
  take(
    viewer: Viewer,
    wish: { readonly year: number; readonly idempotencyKey: string },
  ): Promise<Result<{ year: number }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: 'consolidation.take', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        if (wish.year !== accountingYear(tx.now) || wish.year < COUNT_YEAR_MIN)
          return refuse([
            invalid(['year'], 'runningYear', say('只能统计当年', 'Only the running year can be counted')),
          ]);
        return this.keep(tx, wish.year, viewer.name);
      },
    );
  }

  /**
   * What the worker does: the count of a year is kept on its last day though nobody pressed, or in the week after. True =
   * this run has kept it.
   */
  async takeDue(actor: Actor): Promise<boolean> {
    const year = yearDue(calendarDate(this.clock.now()));
    if (year === null || (await this.db.manager.existsBy(ConsolidationCountEntity, { year }))) return false;
    const done = await this.acts.perform({ name: 'consolidation.takeDue', actor, input: { year } }, (tx) =>
      this.keep(tx, year, actor.name),
    );
    return done.ok;
  }

  private async keep(
    tx: Tx,
    year: number,
    takenBy: string,
  ): Promise<Result<Done<{ year: number }>, readonly Refusal[]>> {
    const clouds = countsOf(await this.repository.pools(tx.manager));
    try {
      await tx.manager.insert(ConsolidationCountEntity, {
        year,
        takenAt: tx.now,
        takenBy,
        clouds: clouds as CloudCount[],
      });
    } catch (error) {
      if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      return refuse([invalid(['year'], 'taken', say('当年的统计已经留存', "The year's count has been taken"))]);
    }
    return ok({
      value: { year },
      audit: {
        objectType: 'ConsolidationCount',
        objectId: String(year),
        departmentId: null,
        summary: say(`留存 ${year} 年未集约统计`, `Take the ${year} count of what is not consolidated`),
        after: { clouds: clouds.length },
      },
    });
  }
}

function countsOf(pools: readonly Pool[]): CloudCount[] {
  return pools.flatMap(({ code, cloud, platformName, size }) =>
    cloud === null
      ? []
      : {
          poolCode: code,
          platformName: platformName ?? code,
          cloudKind: cloud.kind,
          ownerDepartmentId: cloud.ownerDepartmentId,
          vcpu: size?.vcpu ?? 0,
          memoryMib: size?.memoryMib ?? 0,
          storageGib: (size?.storageGib.SSD ?? 0) + (size?.storageGib.HDD ?? 0),
          servers: cloud.servers,
          rackUnits: cloud.rackUnits,
          migrationTarget: cloud.migrationTarget,
        },
  );
}
