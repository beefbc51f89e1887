import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { AppealState } from './domain/appeal.js';
import { PerformanceAppealEntity } from './performance.entity.js';
import type { AppealRow } from './performance.types.js';

@Injectable()
export class AppealsRepository {
  constructor(private readonly db: DataSource) {}

  page(scope: TenantScope, state: AppealState | null, page: PageRequest): Promise<Page<AppealRow>> {
    return newestOf(
      () => {
        const query = this.db.createQueryBuilder(PerformanceAppealEntity, 'a').where('1 = 1');
        if (state !== null) query.andWhere('a.state = :state', { state });
        return withinScope(query, 'a.departmentId', scope);
      },
      'a.raisedAt',
      'a.id',
      page,
    );
  }

  ofEvaluations(ids: readonly string[]): Promise<AppealRow[]> {
    return this.db
      .createQueryBuilder(PerformanceAppealEntity, 'a')
      .where('a.evaluationId in (:...ids)', { ids: inList(ids) })
      .orderBy('a.raisedAt', 'DESC')
      .addOrderBy('a.id', 'DESC')
      .getMany();
  }

  /** Appeals for whose sake these evaluations were made. */
  replacedBy(evaluationIds: readonly string[]): Promise<AppealRow[]> {
    return this.db
      .createQueryBuilder(PerformanceAppealEntity, 'a')
      .where('a.replacedById in (:...ids)', { ids: inList(evaluationIds) })
      .getMany();
  }

  /** Whose it is, before the act. */
  inScope(scope: TenantScope, id: string): Promise<AppealRow | null> {
    const query = this.db.createQueryBuilder(PerformanceAppealEntity, 'a').where('a.id = :id', { id });
    return withinScope(query, 'a.departmentId', scope).getOne();
  }

  locked(tx: Tx, scope: TenantScope, id: string): Promise<AppealRow | null> {
    const query = tx.manager
      .createQueryBuilder(PerformanceAppealEntity, 'a')
      .where('a.id = :id', { id })
      .setLock('pessimistic_write');
    return withinScope(query, 'a.departmentId', scope).getOne();
  }

  hasOpen(tx: Tx, evaluationId: string): Promise<boolean> {
    return tx.manager.existsBy(PerformanceAppealEntity, { evaluationId, open: 1 });
  }

  async insert(tx: Tx, row: AppealRow): Promise<void> {
    await tx.manager.insert(PerformanceAppealEntity, row as PerformanceAppealEntity);
  }

  async close(tx: Tx, row: AppealRow, values: Partial<AppealRow> & { readonly state: AppealState }): Promise<void> {
    const next = { ...values, open: null, version: row.version + 1 };
    await tx.manager.update(PerformanceAppealEntity, { id: row.id }, next as Partial<PerformanceAppealEntity>);
  }
}
