import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { bulkUpdate } from '../platform/database/bulk-update.js';
import { withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { LineBatchEntity, LineBatchRowEntity } from './batches.entity.js';
import { type Batch, type BatchRow, OPEN_BATCHES_MAX } from './domain/batch.js';

@Injectable()
export class BatchesRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, batch: Batch, rows: readonly BatchRow[]): Promise<void> {
    await tx.manager.insert(LineBatchEntity, { ...batch });
    await this.insertRows(tx, batch.id, rows);
  }

  async insertRows(tx: Tx, batchId: string, rows: readonly BatchRow[]): Promise<void> {
    await bulkInsert(
      tx,
      'line_batch_row',
      ['id', 'batchId', 'sheetRow', 'cells', 'unread'],
      rows.map(({ number, ...row }) => ({ ...row, batchId, sheetRow: number })),
    );
  }

  /** null = not there or not in the scope. */
  inScope(scope: TenantScope, id: string): Promise<Batch | null> {
    return this.scoped(scope).andWhere('b.id = :id', { id }).getOne();
  }

  /** The row, locked until commit. */
  async locked(tx: Tx, scope: TenantScope, id: string): Promise<Batch | null> {
    const [found] = await tx.manager.query('select id from line_batch where id = ? for update', [id]);
    return found ? this.scoped(scope, tx).andWhere('b.id = :id', { id }).getOne() : null;
  }

  /** Open ones, the last first: of one draft, or all that the person began. */
  open(scope: TenantScope, of: { readonly requestId?: string; readonly createdById?: string }): Promise<Batch[]> {
    const query = this.scoped(scope).andWhere("b.state = 'OPEN'");
    if (of.requestId !== undefined) query.andWhere('b.requestId = :requestId', { requestId: of.requestId });
    if (of.createdById !== undefined) query.andWhere('b.createdById = :by', { by: of.createdById });
    return query.orderBy('b.id', 'DESC').limit(OPEN_BATCHES_MAX).getMany();
  }

  async countOpen(tx: Tx, createdById: string): Promise<number> {
    const [row] = await tx.manager.query(
      "select count(*) as n from line_batch where created_by_id = ? and state = 'OPEN'",
      [createdById],
    );
    return Number(row.n);
  }

  rows(batchId: string, tx?: Tx): Promise<BatchRow[]> {
    return (tx?.manager ?? this.db.manager).find(LineBatchRowEntity, {
      where: { batchId },
      order: { number: 'ASC' },
    });
  }

  saveCells(tx: Tx, rows: readonly BatchRow[]): Promise<void> {
    return bulkUpdate(
      tx,
      'line_batch_row',
      ['cells', 'unread'],
      rows.map(({ id, cells, unread }) => ({ id, cells, unread })),
    );
  }

  async removeRows(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.manager.query('delete from line_batch_row where id in (?)', [inList(ids)]);
  }

  async removeAllRows(tx: Tx, batchId: string): Promise<void> {
    await tx.manager.query('delete from line_batch_row where batch_id = ?', [batchId]);
  }

  async update(tx: Tx, id: string, values: Partial<Batch>): Promise<void> {
    await tx.manager.update(LineBatchEntity, { id }, values);
  }

  private scoped(scope: TenantScope, tx?: Tx) {
    const every = (tx?.manager ?? this.db.manager).createQueryBuilder(LineBatchEntity, 'b').where('1 = 1');
    return withinScope(every, 'b.departmentId', scope, 'b.systemId in (:...scopeSystemIds)');
  }
}
