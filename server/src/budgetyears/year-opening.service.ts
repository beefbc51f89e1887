import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { RunningUses } from '../metering/running-uses.service.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ClosedPostingsRepository } from './closed-postings.repository.js';
import { RUNS_PER_YEAR_MAX, roundOfOpening } from './domain/year-plan.js';
import { type Opening, OpeningsRepository } from './openings.repository.js';
import { YearPlans } from './year-plans.service.js';
import { YearReservations } from './year-reservations.service.js';

/** Requests of one unit of work: some hundreds of statements, well within the 5 s of design §5. */
const REQUESTS_PER_PAGE = 100;
/** Longer than one page ever takes. */
const LEASE_MS = 60_000;
/** One writer of reservations for what runs at a time: whatever it is for, what is missing is reckoned by what stands. */
export const RESERVING_LEASE = 'budget-year';
const FIRST = 'R';

export interface OpenYearWish {
  readonly idempotencyKey: string;
  readonly year: number;
}

/**
 * 开启预算年度: encumbers what runs to the end of a year. Begun by finance, carried out by the worker page by page, each page
 * one unit of work that says how far it came; a worker that dies leaves whole pages, and the next goes on there. What runs
 * is never refused: an item that is too small shows its over-run, and takes nothing new.
 */
@Injectable()
export class YearOpening {
  private readonly holder = newId();

  constructor(
    private readonly openings: OpeningsRepository,
    private readonly plans: YearPlans,
    private readonly running: RunningUses,
    private readonly postings: ClosedPostingsRepository,
    private readonly reservations: YearReservations,
    private readonly leases: Leases,
    private readonly acts: Acts,
    private readonly work: UnitOfWork,
  ) {}

  /** Begins it, or once more for what has come to run since. While it goes on, nothing begins a second time. */
  begin(actor: Actor, scope: TenantScope, wish: OpenYearWish): Promise<Result<{ year: number }, readonly Refusal[]>> {
    const { year } = wish;
    return this.acts.perform(
      { name: 'budgetYear.open', actor, idempotencyKey: wish.idempotencyKey, input: { year } },
      async (tx) => {
        if (scope.kind !== 'PROVINCE') return refuse([ofProvince()]);
        const now = accountingYear(tx.now);
        if (year !== now && year !== now + 1) return refuse([notItsTime(now)]);
        const known = await this.openings.opening(year, tx);
        if (known && known.endedAt === null) return refuse([underWay(year)]);
        const run = known ? known.run + 1 : 0;
        if (run >= RUNS_PER_YEAR_MAX) return refuse([underWay(year)]);
        await this.openings.keep(tx, { year, run, cursor: FIRST, beganAt: tx.now, endedAt: null, by: actor.name });
        return ok({
          value: { year },
          audit: {
            objectType: 'BudgetYear',
            objectId: `${year}`,
            departmentId: null,
            summary:
              run === 0
                ? say(`开启 ${year} 预算年度`, `Opened the budget year ${year}`)
                : say(
                    `补充占用 ${year} 预算年度的新增在用资源`,
                    `Encumbered what came to run since ${year} was opened`,
                  ),
          },
        });
      },
    );
  }

  /** Called by housekeeping. @returns uses that were encumbered, or found to have no payer. */
  async run(pageSize = REQUESTS_PER_PAGE): Promise<number> {
    const unfinished = await this.openings.unfinished();
    if (unfinished.length === 0 || !(await this.plans.mayReckon())) return 0;
    const lease = await this.leases.take(RESERVING_LEASE, this.holder, LEASE_MS);
    if (!lease) return 0;
    let done = 0;
    for (const opening of unfinished) done += await this.carryOn(opening, lease, pageSize);
    await this.leases.release(lease);
    return done;
  }

  /** The first day that the year's opening reckons from. */
  async firstDay(year: number): Promise<string> {
    return `${(await this.postings.firstUnspent(year)) ?? `${year}-01`}-01`;
  }

  private async carryOn(opening: Opening, lease: Lease, pageSize: number): Promise<number> {
    const { year, run } = opening;
    const frame = await this.plans.frame(year);
    let done = 0;
    for (let cursor: string | null = opening.cursor; cursor !== null; ) {
      const page = await this.running.after(cursor, pageSize);
      const planned = await this.plans.plan(frame, page.uses);
      const kept = await this.work.run(async (tx) => {
        // What was read before may be older than what another worker has written since: only the holder writes.
        if (!(await this.leases.stillHeld(tx, lease)) || !(await this.plans.stillHolds(tx, frame))) return false;
        const now = await this.openings.opening(year, tx);
        if (now?.cursor !== cursor || now.run !== run) return false;
        await this.openings.write(tx, year, run, planned.uses);
        await this.openings.keep(tx, {
          ...now,
          cursor: page.cursor ?? now.cursor,
          endedAt: page.cursor === null ? tx.now : null,
        });
        const act = { year, round: roundOfOpening(year, run), by: opening.by, reason: `${year} 年在用资源占用` };
        await this.reservations.write(tx, act, planned);
        return true;
      });
      if (!kept || !(await this.leases.take(RESERVING_LEASE, this.holder, LEASE_MS))) return done;
      done += planned.uses.length;
      cursor = page.cursor;
    }
    return done;
  }
}

function ofProvince(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'LEVEL_OF_PROVINCE',
    message: say('预算年度由省财政开启', 'A budget year is opened by the province’s finance office'),
  };
}

function notItsTime(now: number): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['year'],
    rule: 'range',
    message: say(`只能开启 ${now} 年或 ${now + 1} 年`, `Only ${now} and ${now + 1} can be opened now`),
  };
}

function underWay(year: number): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['year'],
    reason: 'YEAR_BEING_OPENED',
    message: say(`${year} 年正在开启，完成后再试`, `${year} is being opened; try again once it is done`),
  };
}
