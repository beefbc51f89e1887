import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList } from '../platform/database/unit-of-work.js';
import { BudgetEntity } from './budgets.entity.js';

export interface OverRun {
  readonly id: string;
  readonly name: string;
}

/** Budgets that past use has run over: shown and explained, never refused (design §8). */
@Injectable()
export class OverRunBudgets {
  constructor(private readonly db: DataSource) {}

  /** Of these departments, or of all but these; the greatest over-run first. */
  async ofYear(
    year: number,
    departmentIds: readonly string[] | { readonly without: readonly string[] },
  ): Promise<OverRun[]> {
    const query = this.db.manager
      .createQueryBuilder(BudgetEntity, 'budget')
      .where('budget.year = :year and budget.spent > budget.amount', { year });
    if ('without' in departmentIds)
      query.andWhere('budget.departmentId not in (:...ids)', { ids: inList(departmentIds.without) });
    else query.andWhere('budget.departmentId in (:...ids)', { ids: inList(departmentIds) });
    const rows = await query.orderBy('budget.spent - budget.amount', 'DESC').addOrderBy('budget.id').getMany();
    return rows.map(({ id, name }) => ({ id, name }));
  }
}
