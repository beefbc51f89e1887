import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { BudgetAdjustmentEntity } from './budgets.entity.js';
import type { Adjustment, AdjustmentState } from './domain/adjustment.js';

export interface AdjustmentFilter {
  readonly budgetId: string | null;
  readonly state: AdjustmentState | null;
}

@Injectable()
export class AdjustmentsRepository {
  constructor(private readonly db: DataSource) {}

  /** The newest first; the cursor is the id, which carries the time. */
  async list(scope: TenantScope, filter: AdjustmentFilter, { first, after }: PageRequest): Promise<Page<Adjustment>> {
    const totalCount = await this.filtered(scope, filter).getCount();
    const query = this.filtered(scope, filter)
      .orderBy('adjustment.id', 'DESC')
      .take(first + 1);
    if (after) query.andWhere('adjustment.id < :after', { after: after[0] });
    const rows = await query.getMany();
    return { rows: rows.slice(0, first), totalCount, hasNextPage: rows.length > first };
  }

  byId(scope: TenantScope, id: string): Promise<Adjustment | null> {
    return withinScope(
      this.db.createQueryBuilder(BudgetAdjustmentEntity, 'adjustment'),
      'adjustment.departmentId',
      scope,
    )
      .andWhere('adjustment.id = :id', { id })
      .getOne();
  }

  /** The row itself, until the end of the transaction: two who decide at once take turns. */
  locked(tx: Tx, scope: TenantScope, id: string): Promise<Adjustment | null> {
    return withinScope(
      tx.manager.createQueryBuilder(BudgetAdjustmentEntity, 'adjustment'),
      'adjustment.departmentId',
      scope,
    )
      .andWhere('adjustment.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async insert(tx: Tx, adjustment: Adjustment): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(BudgetAdjustmentEntity)
      .values(adjustment as object)
      .updateEntity(false)
      .execute();
  }

  async decide(
    tx: Tx,
    id: string,
    {
      state,
      by,
      at,
      note,
    }: { readonly state: AdjustmentState; readonly by: string; readonly at: Date; readonly note: string },
  ): Promise<void> {
    await tx.manager.query(
      'update budget_adjustment set state = ?, decided_by = ?, decided_at = ?, note = ? where id = ?',
      [state, by, at, note === '' ? null : note, id],
    );
  }

  private filtered(
    scope: TenantScope,
    { budgetId, state }: AdjustmentFilter,
  ): SelectQueryBuilder<BudgetAdjustmentEntity> {
    const query = withinScope(
      this.db.createQueryBuilder(BudgetAdjustmentEntity, 'adjustment'),
      'adjustment.departmentId',
      scope,
    );
    if (budgetId !== null) query.andWhere('adjustment.budgetId = :budgetId', { budgetId });
    if (state !== null) query.andWhere('adjustment.state = :state', { state });
    return query;
  }
}
