import { Inject, Injectable } from '@nestjs/common';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { TenantScope } from '../kernel/viewer.js';
import { CostsRepository } from './costs.repository.js';
import type { CostFilter } from './costs.types.js';
import { type Movers, moversOf } from './domain/movers.js';
import { type CostFigures, figuresOf, type MonthSum, monthsBack } from './domain/overview.js';
import { timesBetween } from './domain/pivot.js';

/** What is named of those who moved; the rest is one line. */
const MOVERS_SHOWN = 6;
/** Months of the chart, the running one among them. */
const MONTHS_SHOWN = 12;

export interface CostOverview {
  readonly month: string;
  readonly figures: CostFigures;
  /** The last twelve, in order, whether anything was used in them or not. */
  readonly months: readonly (MonthSum & { readonly drafted: boolean })[];
  readonly departments: Movers;
  readonly systems: Movers;
  readonly draftedAt: Date | null;
}

export type { Movers };

/** 费用概览: what use costs this month and this year, and who moved most. Five statements, whatever is used. */
@Injectable()
export class CostOverviews {
  constructor(
    private readonly repository: CostsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(scope: TenantScope, departmentIds: readonly string[] | null): Promise<CostOverview> {
    const month = calendarDate(this.clock.now()).slice(0, 7);
    const [last, before] = [monthsBack(month, 1), monthsBack(month, 2)];
    // A city's accounts never enter the province's total: whoever sees the province sees its own side, or one city.
    const side = scope.kind === 'PROVINCE' && departmentIds === null ? 'PROVINCE' : null;
    const span = (from: string, to: string): CostFilter => ({
      ...{ from, to, side, departmentIds, basis: 'CHARGED', systemId: null, projectId: null, centerId: null },
    });
    const years = span(`${Number(month.slice(0, 4)) - 1}-01`, month);
    const two = span(before, last);
    const [sums, drafted, byDepartment, bySystem, draftedAt] = await Promise.all([
      this.repository.cells(scope, years, 'MONTH', null),
      this.repository.draftedMonths(scope, years),
      this.repository.cells(scope, two, 'DEPARTMENT', 'MONTH'),
      this.repository.cells(scope, two, 'SYSTEM', 'MONTH'),
      this.repository.draftedAt(),
    ]);
    const amounts = new Map(sums.map(({ amount, row }) => [row ?? '', amount]));
    return {
      month,
      figures: figuresOf(
        [...amounts].map(([of, amount]) => ({ month: of, amount })),
        month,
      ),
      months: timesBetween(monthsBack(month, MONTHS_SHOWN - 1), month).MONTH.map((of) => ({
        ...{ month: of, amount: amounts.get(of) ?? 0n, drafted: drafted.includes(of) },
      })),
      departments: moversOf(byDepartment, before, last, MOVERS_SHOWN),
      systems: moversOf(bySystem, before, last, MOVERS_SHOWN),
      draftedAt,
    };
  }
}
