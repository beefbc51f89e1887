import { Injectable } from '@nestjs/common';
import { BudgetLedger } from '../budgets/ledger.service.js';
import { Payers } from '../budgets/payers.service.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import type { RunningUse } from '../metering/running-uses.service.js';
import { BookMonths } from './book-months.service.js';
import { type CostedUse, type PlannedReservation, type PlannedUse, planYear } from './domain/year-plan.js';
import { OpeningsRepository } from './openings.repository.js';
import { YearCosting, type YearCosts } from './year-costs.service.js';

/** By what one opening reckons from its beginning to its end. */
export interface YearFrame {
  readonly year: number;
  /** Nothing before it is encumbered: the year's first day, or the first of the months that the department's book has not spent. */
  readonly fromOf: (departmentId: string) => CalendarDate;
  readonly costs: YearCosts;
}

/** A page of running use, as the opening of a year would encumber it. Nothing is written; the opening asks the same. */
@Injectable()
export class YearPlans {
  constructor(
    private readonly openings: OpeningsRepository,
    private readonly months: BookMonths,
    private readonly payers: Payers,
    private readonly costing: YearCosting,
    private readonly ledger: BudgetLedger,
  ) {}

  async frame(year: number): Promise<YearFrame> {
    return { year, fromOf: await this.months.firstDays(year), costs: await this.costing.of(year) };
  }

  async plan(
    { year, fromOf, costs }: YearFrame,
    uses: readonly RunningUse[],
  ): Promise<{ readonly uses: readonly PlannedUse[]; readonly reservations: readonly PlannedReservation[] }> {
    const [payerOf, known, themselves] = await Promise.all([
      this.payers.of(
        uses.map(({ projectId }) => projectId),
        year,
      ),
      this.openings.encumbered(
        year,
        uses.map(({ useId }) => useId),
      ),
      this.reservedThemselves(
        year,
        uses.flatMap(({ requestId }) => requestId ?? []),
      ),
    ]);
    const costed = uses
      .filter(({ requestId }) => requestId === null || !themselves.has(requestId))
      .map(({ useId, requestId, departmentId, projectId, meters, ...place }): CostedUse => {
        const from = fromOf(departmentId);
        const since = meters.map((one) => calendarDate(one.since)).toSorted()[0] ?? from;
        // The later of two days; as texts they are in the order of the calendar.
        const day = [since, from].toSorted()[1] ?? from;
        return {
          ...{ useId, requestId, departmentId, projectId, payer: payerOf(projectId) },
          amount: costs.of(meters, place, day),
        };
      });
    return planYear(costed, known);
  }

  /** Requests that have reserved of that year with a hold of their own: all that they ask for is encumbered already. */
  private async reservedThemselves(year: number, requestIds: readonly string[]): Promise<ReadonlySet<string>> {
    const own = (await this.ledger.encumbrancesOf('REQUEST', [...new Set(requestIds)])).filter(
      ({ subject }) => subject.round > 0,
    );
    const budgets = await this.ledger.yearsOf(own.map(({ budgetId }) => budgetId));
    return new Set(own.filter(({ budgetId }) => budgets.get(budgetId) === year).map(({ subject }) => subject.id));
  }
}
