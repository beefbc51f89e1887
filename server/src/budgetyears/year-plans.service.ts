import { Injectable } from '@nestjs/common';
import { BudgetLedger } from '../budgets/ledger.service.js';
import { Payers, type YearPayers } from '../budgets/payers.service.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { MeteringService } from '../metering/metering.service.js';
import { type RunningUse, RunningUses } from '../metering/running-uses.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { BeyondQuotaUses } from '../requests/beyond-quota-uses.service.js';
import { ReservingRequests } from '../requests/reserving-requests.service.js';
import { BookMonths } from './book-months.service.js';
import { ClosedPostingsRepository } from './closed-postings.repository.js';
import {
  type CostedPart,
  type CostedUse,
  planYear,
  type StandingReservation,
  type YearPlan,
} from './domain/year-plan.js';
import { YearCosting, type YearCosts } from './year-costs.service.js';

/** By what one opening reckons from its beginning to its end. */
export interface YearFrame {
  readonly year: number;
  /** How many closed months were in then; null = one was on its way. */
  readonly entered: number | null;
  /** Nothing before it is encumbered: the year's first day, or the first of the months that the department's book has not spent. */
  readonly fromOf: (departmentId: string) => CalendarDate;
  readonly costs: YearCosts;
}

/** A page of running use, as the opening of a year would encumber it. Nothing is written; the opening asks the same. */
@Injectable()
export class YearPlans {
  constructor(
    private readonly months: BookMonths,
    private readonly postings: ClosedPostingsRepository,
    private readonly payers: Payers,
    private readonly costing: YearCosting,
    private readonly running: RunningUses,
    private readonly metering: MeteringService,
    private readonly reserving: ReservingRequests,
    private readonly beyond: BeyondQuotaUses,
    private readonly ledger: BudgetLedger,
  ) {}

  async frame(year: number): Promise<YearFrame> {
    const entered = await this.postings.entered();
    return { year, entered, fromOf: await this.months.firstDays(year), costs: await this.costing.of(year) };
  }

  /**
   * While a closed month is on its way into budgets, what it has spent is no longer reserved and its month not over yet: reckoned
   * then, it would be reserved once more.
   */
  async mayReckon(): Promise<boolean> {
    return (await this.postings.entered()) !== null;
  }

  /** Whether closed months are in as they were when the frame was made. */
  async stillHolds(tx: Tx, { entered }: YearFrame): Promise<boolean> {
    return entered !== null && (await this.postings.entered(tx)) === entered;
  }

  /** All uses of the page's requests are in it, as pages of running use are. */
  async plan(frame: YearFrame, page: readonly RunningUse[]): Promise<YearPlan> {
    const { uses, changes } = await this.withRelated(page);
    const useIds = uses.map(({ useId }) => useId);
    const [payers, beyond, standing] = await Promise.all([
      this.payers.of(
        uses.map(({ projectId }) => projectId),
        frame.year,
      ),
      this.beyond.among(useIds),
      this.standing(frame.year, [
        ...uses.map(({ useId, requestId }) => requestId ?? useId),
        ...[...changes.values()].flat(),
      ]),
    ]);
    const costed = uses.map((use): CostedUse => {
      const { useId, requestId, departmentId, projectId } = use;
      const isBeyond = beyond.has(useId);
      const reservedBy = [requestId ?? useId, ...(changes.get(useId) ?? [])];
      const parts = partsOf(frame, use, payers, isBeyond);
      const beside = payers.paysBeyond(projectId) ? payers.of(projectId, `${frame.year}-12`, !isBeyond) : null;
      return { ...{ useId, requestId, departmentId, projectId, reservedBy, isBeyond, beside }, parts };
    });
    const wanted = new Set(page.map(({ requestId, useId }) => requestId ?? useId));
    return planYear(costed, standing, (owner) => wanted.has(owner));
  }

  /** A change may have reserved for things of several requests: whoever of them took how much of it is found out for all at once. */
  private async withRelated(
    page: readonly RunningUse[],
  ): Promise<{ readonly uses: readonly RunningUse[]; readonly changes: ReadonlyMap<string, readonly string[]> }> {
    const uses = [...page];
    const changes = new Map<string, readonly string[]>();
    for (let next = uses.map(({ useId }) => useId); next.length > 0; ) {
      const found = await this.reserving.changesOf(next);
      for (const [id, requests] of found) changes.set(id, requests);
      const known = new Set(uses.flatMap(({ requestId }) => requestId ?? []));
      const changed = await this.reserving.changedBy([...new Set([...found.values()].flat())]);
      const requests = await this.metering.requestsOf(changed.filter((id) => !changes.has(id)));
      const more = await this.running.ofRequests([...new Set(requests.values())].filter((id) => !known.has(id)));
      uses.push(...more);
      next = more.map(({ useId }) => useId);
    }
    return { uses, changes };
  }

  private async standing(year: number, subjectIds: readonly string[]): Promise<readonly StandingReservation[]> {
    const all = await this.ledger.standingOf([...new Set(subjectIds)]);
    const years = await this.ledger.yearsOf(all.map(({ budgetId }) => budgetId));
    return all.filter(({ budgetId }) => years.get(budgetId) === year);
  }
}

/** From the day where it begins; where who pays has changed within the year, each pays from its month to the next one's. */
function partsOf(
  { year, fromOf, costs }: YearFrame,
  { departmentId, projectId, meters, ...place }: RunningUse,
  payers: YearPayers,
  isBeyond: boolean,
): CostedPart[] {
  const from = fromOf(departmentId);
  const since = meters.map((one) => calendarDate(one.since)).toSorted()[0] ?? from;
  // The later of two days; as texts they are in the order of the calendar.
  const begins = [since, from].toSorted()[1] ?? from;
  const turns = payers.turnsOf(projectId).map((month): CalendarDate => `${month}-01`);
  const days = [begins, ...turns.filter((day) => day > begins)].filter((day) => day < `${year + 1}-01-01`);
  return days.map((day, at) => {
    const [rest, next] = [costs.of(meters, place, day), days[at + 1]];
    const after = next === undefined ? 0n : costs.of(meters, place, next);
    return {
      amount: rest === null || after === null ? null : rest - after,
      payer: payers.of(projectId, day.slice(0, 7), isBeyond),
    };
  });
}
