import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DraftAmounts } from '../accounting/draft-amounts.service.js';
import { BudgetsService } from '../budgets/budgets.service.js';
import { CentralPayers } from '../budgets/central-payers.service.js';
import type { Budget } from '../budgets/domain/budget.js';
import { centralHolder, PROVINCE_PAYS } from '../budgets/domain/central.js';
import { CostSums } from '../costs/cost-sums.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import { RunningUses, type UsesCounted } from '../metering/running-uses.service.js';
import { BeyondQuotaUses } from '../requests/beyond-quota-uses.service.js';
import { type FundingMode, type Project, paysBeyondQuota } from '../systems/domain/system.js';
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
    private readonly lines: DraftAmounts,
    private readonly beyond: BeyondQuotaUses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null = of a department as a whole (its items are forecast), or a price is missing. A constant number of statements. */
  async of(item: Budget): Promise<Forecast | null> {
    if (item.grain !== 'ITEM') return null;
    const { year, amount, spent } = item;
    const today = calendarDate(this.clock.now());
    const now = accountingYear(this.clock.now());
    if (year < now) return forecastOf(amount, { spent, drafted: 0n, running: 0n });
    const from = year > now ? `${year}-01-01` : today;
    const costs = await this.costing.of(year);
    let [drafted, running, draftedAt]: [Fen, Fen, Date | null] = [0n, 0n, null];
    for (const { projectIds, uses } of await this.paidOf(item)) {
      for (const sum of await this.running.sumsOf(projectIds, uses)) {
        const cost = costs.of([sum], sum, from);
        if (cost === null) return null;
        running += cost;
      }
      if (year > now) continue;
      const known = await this.draftedOfUses(projectIds, year, uses);
      drafted += known.drafted;
      draftedAt = known.draftedAt;
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
  private async paidCentrallyWith({ departmentId }: Budget): Promise<Project[]> {
    const [projects, cityOf] = await Promise.all([
      this.systems.projectsPaidBy('CENTRAL'),
      this.departments.citiesOf(this.db),
    ]);
    const holder = cityOf.get(departmentId) ?? PROVINCE_PAYS;
    return projects.filter((project) => centralHolder(project, cityOf.get(project.departmentId) ?? null) === holder);
  }

  /** The kept sums know projects, not uses: what a project pays beyond its quotas is told apart by its lines, which are few. */
  private async draftedOfUses(projectIds: readonly string[], year: number, { only, except = [] }: UsesCounted) {
    const apart = only ?? except;
    const [{ drafted, draftedAt }, lines, months] = await Promise.all([
      this.drafted(only === undefined ? projectIds : [], year),
      this.lines.ofUses(apart, projectIds, year),
      this.postings.spentMonths(),
    ]);
    const spent = new Set(months.map(({ cityId, month }) => `${cityId} ${month}`));
    const beyond = lines.reduce(
      (sum, { cityId, month, amount }) => (spent.has(`${cityId} ${month}`) ? sum : sum + amount),
      0n,
    );
    return { drafted: only === undefined ? drafted - beyond : beyond, draftedAt };
  }

  /** Projects that the item pays for; of 定额内统付超出自付 what the quotas cover, or what goes beyond them. */
  private async paidOf(item: Budget): Promise<{ projectIds: string[]; uses: UsesCounted }[]> {
    const [paysCentrally] = await this.central.paying([item]);
    if (paysCentrally) {
      // Of a project that finance pays as a whole by now it pays also what went beyond the quotas before.
      const [within, whole] = dividedBy(await this.paidCentrallyWith(item), paysBeyondQuota);
      return [
        { projectIds: whole, uses: {} },
        { projectIds: within, uses: { except: await this.beyondOf(within) } },
      ];
    }
    const { departmentId, projectId, budgetCode, year } = item;
    const projects = await this.systems.projectsPaidBy({ departmentId, projectId, budgetCode });
    const chosen = await this.budgets.itemsFor(projects, year);
    const own = projects.filter(({ id }) => {
      const found = chosen.get(id);
      return found?.ok === true && found.value.id === item.id;
    });
    const [within, whole] = dividedBy(own, paysBeyondQuota);
    return [
      { projectIds: whole, uses: {} },
      { projectIds: within, uses: { only: await this.beyondOf(within) } },
    ].filter(({ projectIds }) => projectIds.length > 0);
  }

  /** Every claim is looked at for it, so only where a project of that mode asks. */
  private async beyondOf(projectIds: readonly string[]): Promise<readonly string[]> {
    return projectIds.length === 0 ? [] : this.beyond.all();
  }
}

function dividedBy(projects: readonly Project[], pays: (mode: FundingMode) => boolean): [string[], string[]] {
  const of = (is: boolean) => projects.filter((one) => pays(one.fundingMode) === is).map(({ id }) => id);
  return [of(true), of(false)];
}
