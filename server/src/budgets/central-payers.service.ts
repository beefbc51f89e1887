import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { BudgetsRepository } from './budgets.repository.js';
import { unknownBudget } from './domain/budget-refusals.js';

export interface NameCentralWish {
  readonly idempotencyKey: string;
  readonly budgetId: string;
}

/** 财政统付: the center's own budget item that pays, of each year one, for what no department pays itself. */
@Injectable()
export class CentralPayers {
  constructor(
    private readonly db: DataSource,
    private readonly budgets: BudgetsRepository,
    private readonly acts: Acts,
  ) {}

  async itemOf(year: number): Promise<string | null> {
    const [row]: { budget_id: string }[] = await this.db.query('select budget_id from central_payer where year = ?', [
      year,
    ]);
    return row?.budget_id ?? null;
  }

  /** Batch for loaders, by year. */
  itemsOf = async (years: readonly number[]): Promise<(string | null)[]> => {
    const rows: { year: number; budget_id: string }[] = await this.db.query(
      'select year, budget_id from central_payer where year in (?)',
      [years.length > 0 ? years : [0]],
    );
    const byYear = new Map(rows.map(({ year, budget_id }) => [Number(year), budget_id]));
    return years.map((year) => byYear.get(year) ?? null);
  };

  /** Names the item for its year; what was paid from another before stays paid from that. */
  name(actor: Actor, scope: TenantScope, wish: NameCentralWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: 'budget.nameCentral', actor, idempotencyKey: wish.idempotencyKey, input: { ...wish } },
      async (tx) => {
        if (scope.kind !== 'PROVINCE') return refuse([ofProvince()]);
        const [budget] = await this.budgets.byIds(scope, [wish.budgetId], tx.manager);
        if (budget?.grain !== 'ITEM' || budget.budgetLevel !== 'PROVINCE') return refuse([unknownBudget()]);
        await tx.manager.query(
          `insert into central_payer (year, budget_id, named_at, named_by) values (?, ?, ?, ?)
           on duplicate key update budget_id = values(budget_id), named_at = values(named_at), named_by = values(named_by)`,
          [budget.year, budget.id, tx.now, actor.name],
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
    message: say('统付预算项目由省财政指定', 'The item that finance pays from is named by the province'),
  };
}
