import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Project } from '../systems/domain/system.js';
import { BudgetsRepository } from './budgets.repository.js';
import type { Budget } from './domain/budget.js';
import { unknownBudget } from './domain/budget-refusals.js';
import { centralHolder, mayPayCentrally, PROVINCE_PAYS } from './domain/central.js';

export interface NameCentralWish {
  readonly idempotencyKey: string;
  readonly budgetId: string;
}

/** One item that was named for a year; of each holder the one that was named last is in force. */
export interface NamedItem {
  readonly year: number;
  /** A city's id, or PROVINCE_PAYS. */
  readonly holder: string;
  readonly budgetId: string;
  readonly inForce: boolean;
}

/**
 * 财政统付: the items, of each year one for the province and one for each city, that pay for what no department pays itself.
 * Naming one is what begins the control of such use: as long as none is named, nothing is encumbered for it.
 */
@Injectable()
export class CentralPayers {
  constructor(
    private readonly db: DataSource,
    private readonly budgets: BudgetsRepository,
    private readonly departments: DepartmentsService,
    private readonly acts: Acts,
  ) {}

  /** Everything that was ever named for these years, by holder in the order of naming. */
  async named(years: readonly number[], manager: EntityManager = this.db.manager): Promise<NamedItem[]> {
    const rows: { year: number; holder: string; budget_id: string }[] = await manager.query(
      'select year, city_id as holder, budget_id from central_item where year in (?) order by year, city_id, turn, named_at, budget_id',
      [years.length > 0 ? [...new Set(years)] : [0]],
    );
    return rows.map(({ year, holder, budget_id }, at) => {
      const next = rows[at + 1];
      const inForce = next?.year !== year || next.holder !== holder;
      return { year: Number(year), holder, budgetId: budget_id, inForce };
    });
  }

  /** What pays in that year for what finance pays of this project; null = none is named, or nobody pays so for it. */
  async itemFor(project: Pick<Project, 'departmentId' | 'budgetLevel'>, year: number): Promise<Budget | null> {
    const above = await this.departments.lineage(project.departmentId);
    const cityId = above.find(({ level }) => level === 'CITY')?.id ?? null;
    const holder = centralHolder(project, cityId);
    if (holder === null) return null;
    const named = await this.named([year]);
    const inForce = named.find((one) => one.holder === holder && one.inForce);
    const [budget] = inForce ? await this.budgets.byIds(WHOLE_PROVINCE, [inForce.budgetId]) : [];
    return budget ?? null;
  }

  /** Batch for loaders: whether each of these items is the one in force of its year and tree. */
  readonly paying = async (budgets: readonly Budget[]): Promise<boolean[]> => {
    const named = await this.named(budgets.map(({ year }) => year));
    const ids = new Set(named.filter(({ inForce }) => inForce).map(({ budgetId }) => budgetId));
    return budgets.map(({ id }) => ids.has(id));
  };

  /** Names the item for its year; what another has reserved or paid before stays with that one. */
  name(actor: Actor, scope: TenantScope, wish: NameCentralWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: 'budget.nameCentral', actor, idempotencyKey: wish.idempotencyKey, input: { ...wish } },
      async (tx) => {
        const [budget] = await this.budgets.byIds(scope, [wish.budgetId], tx.manager);
        if (!budget) return refuse([unknownBudget()]);
        const cityId = (await this.departments.citiesOf(tx)).get(budget.departmentId) ?? null;
        if (cityId === null && scope.kind !== 'PROVINCE') return refuse([ofProvince()]);
        if (!mayPayCentrally(budget, cityId)) return refuse([cannotPay(cityId)]);
        const holder = cityId ?? PROVINCE_PAYS;
        await tx.manager.query(
          `insert into central_item (year, city_id, budget_id, turn, named_at, named_by)
           select ?, ?, ?, coalesce(max(turn), 0) + 1, ?, ? from central_item where year = ? and city_id = ?
           on duplicate key update turn = values(turn), named_at = values(named_at), named_by = values(named_by)`,
          [budget.year, holder, budget.id, tx.now, actor.name, budget.year, holder],
        );
        return ok({
          value: { id: budget.id },
          audit: {
            objectType: 'Budget',
            objectId: budget.id,
            departmentId: budget.departmentId,
            summary: say(
              `指定 ${budget.year} 年财政统付预算项目 ${budget.key}`,
              `Named ${budget.key} to pay for what finance pays in ${budget.year}`,
            ),
          },
        });
      },
    );
  }
}

function ofProvince(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'LEVEL_OF_PROVINCE',
    message: say('省级统付预算项目由省财政指定', 'The item that the province pays from is named by the province'),
  };
}

function cannotPay(cityId: string | null): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['budgetId'],
    reason: 'NOT_ITS_LEVEL',
    message:
      cityId === null
        ? say('省级统付只能指定省级的预算项目', 'The province pays from an item of the province’s level')
        : say('设区市统付只能指定市级或县级的预算项目', 'A city pays from an item of the city’s or a county’s level'),
  };
}
