import { Inject, Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { FUND_NATURES } from '../systems/domain/system.js';
import type { BudgetYearNode } from './budget-years.graphql.js';
import { ClosedPostingsRepository } from './closed-postings.repository.js';
import { actionOf } from './domain/year-end.js';
import { OpeningsRepository } from './openings.repository.js';
import { YearEndService } from './year-end.service.js';

/** How a budget year stands: opened or not, spent to which month, what nobody pays for, brought to its end or not. */
@Injectable()
export class BudgetYears {
  constructor(
    private readonly openings: OpeningsRepository,
    private readonly postings: ClosedPostingsRepository,
    private readonly ends: YearEndService,
    private readonly departments: DepartmentsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private async waitsFor(year: number): Promise<{ city: string; month: string }[]> {
    const waits = await this.ends.waitsFor(year);
    const cities = await this.departments.departments(waits.map(({ cityId }) => cityId));
    return waits.map(({ month }, at) => ({ month, city: cities[at]?.name ?? '–' }));
  }

  async year(year: number): Promise<BudgetYearNode> {
    const now = accountingYear(this.clock.now());
    const [opening, sums, end, firstUnspent, unpaid, rules] = await Promise.all([
      this.openings.opening(year),
      this.openings.sums(year),
      this.ends.yearEnd(year),
      this.postings.firstUnspent(year),
      this.postings.unpaidSums(year),
      this.ends.rules(),
    ]);
    const paid = sums.filter(({ budgetId }) => budgetId !== null);
    return {
      year,
      mayOpen: year === now || year === now + 1,
      mayEnd: year < now && end === null,
      opening: opening && {
        ...{ beganAt: opening.beganAt, endedAt: opening.endedAt, by: opening.by, runs: opening.run + 1 },
        uses: paid.reduce((sum, { uses }) => sum + uses, 0),
        amount: paid.reduce((sum, { amount }) => sum + amount, 0n),
        unpaid: sums.flatMap(({ unpaid: why, uses, amount }) =>
          why === null ? [] : [{ month: null, why, uses, amount }],
        ),
      },
      end: end && { beganAt: end.beganAt, endedAt: end.endedAt, by: end.by, waitsFor: await this.waitsFor(year) },
      firstUnspent,
      unpaid,
      carryRules: FUND_NATURES.map((fundNature) => {
        const set = rules.findLast((rule) => rule.fundNature === fundNature && rule.fromYear <= year);
        return {
          fundNature,
          action: actionOf(rules, year, fundNature),
          fromYear: set?.fromYear ?? null,
          reason: set?.reason ?? null,
        };
      }),
    };
  }
}
