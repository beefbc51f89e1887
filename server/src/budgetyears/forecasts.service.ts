import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BudgetsService } from '../budgets/budgets.service.js';
import { CentralPayers } from '../budgets/central-payers.service.js';
import type { Budget } from '../budgets/domain/budget.js';
import { centralHolder, PROVINCE_PAYS } from '../budgets/domain/central.js';
import { CostSums } from '../costs/cost-sums.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import { RunningUses } from '../metering/running-uses.service.js';
import { encumbersOwnBudget } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { ClosedPostingsRepository } from './closed-postings.repository.js';
import { draftedOf, type Forecast, forecastOf } from './domain/forecast.js';
import { YearCosting } from './year-costs.service.js';

/** 预测: what an item of this year, or the next, will have been used for at its end. */
@Injectable()
export class Forecasts {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly central: CentralPayers,
    private readonly systems: SystemsService,
    private readonly running: RunningUses,
    private readonly costs: CostSums,
    private readonly costing: YearCosting,
    private readonly departments: DepartmentsService,
    private readonly db: DataSource,
    private readonly postings: ClosedPostingsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null = of a department as a whole (its items are forecast), or a price is missing. A constant number of statements. */
  async of(item: Budget): Promise<Forecast | null> {
    if (item.grain !== 'ITEM') return null;
    const { year, amount, spent } = item;
    const today = calendarDate(this.clock.now());
    const now = accountingYear(this.clock.now());
    if (year < now) return forecastOf(amount, { spent, drafted: 0n, running: 0n });
    const projectIds = await this.projectsOf(item);
    const from = year > now ? `${year}-01-01` : today;
    const { drafted, draftedAt } = year > now ? { drafted: 0n, draftedAt: null } : await this.drafted(projectIds, year);
    const costs = await this.costing.of(year);
    let running = 0n;
    for (const sum of await this.running.sumsOf(projectIds)) {
      const cost = costs.of([sum], sum, from);
      if (cost === null) return null;
      running += cost;
    }
    return forecastOf(amount, { spent, drafted, running }, draftedAt);
  }

  /** What of projects is not spent yet, by kept sums, as the reconciliation reads them: no line is looked at, however many there are. */
  async drafted(projectIds: readonly string[], year: number): Promise<{ drafted: Fen; draftedAt: Date | null }> {
    const [ended, months, draftedAt] = await Promise.all([
      this.postings.endedIds(),
      this.postings.spentMonths(),
      this.costs.draftedAt(),
    ]);
    const spent = new Set(months.map(({ cityId, month }) => `${cityId} ${month}`));
    const cells = await this.costs.ofProjects(projectIds, `${year}-01`, `${year}-12`, ended);
    return { drafted: draftedOf(cells, (cityId, month) => spent.has(`${cityId} ${month}`)), draftedAt };
  }

  /** All that finance pays for in the tree of that item: a city's forecast knows nothing of the province's. */
  private async paidCentrallyWith({ departmentId }: Budget): Promise<string[]> {
    const [projects, cityOf] = await Promise.all([
      this.systems.projectsPaidBy('CENTRAL'),
      this.departments.citiesOf(this.db),
    ]);
    const holder = cityOf.get(departmentId) ?? PROVINCE_PAYS;
    return projects
      .filter((project) => centralHolder(project, cityOf.get(project.departmentId) ?? null) === holder)
      .map(({ id }) => id);
  }

  private async projectsOf(item: Budget): Promise<string[]> {
    const [paysCentrally] = await this.central.paying([item]);
    if (paysCentrally) return this.paidCentrallyWith(item);
    const { departmentId, projectId, budgetCode, year } = item;
    const projects = await this.systems.projectsPaidBy({ departmentId, projectId, budgetCode });
    const chosen = await this.budgets.itemsFor(
      projects.filter(({ fundingMode }) => encumbersOwnBudget(fundingMode)),
      year,
    );
    return [...chosen].flatMap(([id, found]) => (found.ok && found.value.id === item.id ? [id] : []));
  }
}
