import { Inject, Injectable } from '@nestjs/common';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type RunningUse, RunningUses } from '../metering/running-uses.service.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type FundingChange, ProjectFunding } from '../systems/project-funding.service.js';
import { roundOfTurn } from './domain/year-plan.js';
import { OpeningsRepository } from './openings.repository.js';
import { RESERVING_LEASE } from './year-opening.service.js';
import { YearPlans } from './year-plans.service.js';
import { YearReservations } from './year-reservations.service.js';

/** Requests, or uses that nobody asked for, of one unit of work. */
const OWNERS_PER_PAGE = 100;
const CHANGES_PER_ROUND = 20;
/** Longer than one page ever takes. */
const LEASE_MS = 60_000;

/**
 * 经费方式变更: who pays for a project changed within a year, and the reservations follow. What its uses cost from the month of the
 * change on is reserved of the new payer's item and given back by the former's, in one unit of work a page; what older months cost
 * that are not spent yet stays reserved where it is. Interrupted anywhere it goes on: what was moved is not missing any more.
 */
@Injectable()
export class FundingMoves {
  private readonly holder = newId();

  constructor(
    private readonly funding: ProjectFunding,
    private readonly openings: OpeningsRepository,
    private readonly running: RunningUses,
    private readonly plans: YearPlans,
    private readonly reservations: YearReservations,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by housekeeping. @returns changes that the reservations have followed. */
  async run(pageSize = OWNERS_PER_PAGE): Promise<number> {
    const changes = await this.funding.toCarry(CHANGES_PER_ROUND);
    if (changes.length === 0 || !(await this.plans.mayReckon())) return 0;
    const lease = await this.leases.take(RESERVING_LEASE, this.holder, LEASE_MS);
    if (!lease) return 0;
    let done = 0;
    for (const change of changes) {
      const begun = await this.work.run((tx) => this.funding.begun(tx, change));
      // Changed once more meanwhile: it is in the next round's list.
      if (!begun) continue;
      if (!(await this.carry(begun, lease, pageSize))) return done;
      await this.work.run((tx) => this.funding.carried(tx, begun));
      done += 1;
    }
    await this.leases.release(lease);
    return done;
  }

  private async carry(change: FundingChange, lease: Lease, pageSize: number): Promise<boolean> {
    const now = accountingYear(this.clock.now());
    const next = await this.openings.opening(now + 1);
    const { requestIds, useIds } = await this.running.ownersIn(change.projectId);
    for (const year of next ? [now, now + 1] : [now]) {
      const frame = await this.plans.frame(year);
      const pages = [
        ...paged(requestIds, pageSize).map((ids) => () => this.running.ofRequests(ids)),
        ...paged(useIds, pageSize).map((ids) => () => this.running.ofUses(ids)),
      ];
      for (const page of pages) if (!(await this.move(change, frame, lease, await page()))) return false;
    }
    return true;
  }

  private async move(
    { turn, by }: FundingChange,
    frame: Awaited<ReturnType<YearPlans['frame']>>,
    lease: Lease,
    uses: readonly RunningUse[],
  ): Promise<boolean> {
    const { year } = frame;
    const plan = await this.plans.plan(frame, uses);
    const kept = await this.work.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, lease)) || !(await this.plans.stillHolds(tx, frame))) return false;
      await this.reservations.write(tx, { year, round: roundOfTurn(year, turn), by, reason: '经费方式变更' }, plan);
      return true;
    });
    return kept && (await this.leases.take(RESERVING_LEASE, this.holder, LEASE_MS)) !== undefined;
  }
}

function paged(ids: readonly string[], size: number): string[][] {
  const pages: string[][] = [];
  for (let at = 0; at < ids.length; at += size) pages.push(ids.slice(at, at + size));
  return pages;
}
