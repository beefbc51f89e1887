import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { newestOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { PerformanceRunEntity } from './performance.entity.js';
import type { RunRow } from './performance.types.js';

/** Runs are the province's; whoever calls has been let see them. */
@Injectable()
export class RunsRepository {
  constructor(private readonly db: DataSource) {}

  page(page: PageRequest): Promise<Page<RunRow>> {
    return newestOf(() => this.db.createQueryBuilder(PerformanceRunEntity, 'r'), 'r.preparedAt', 'r.id', page);
  }

  byIds(ids: readonly string[]): Promise<RunRow[]> {
    return this.db
      .createQueryBuilder(PerformanceRunEntity, 'r')
      .where('r.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  gathering(): Promise<RunRow[]> {
    return this.db.manager.find(PerformanceRunEntity, { where: { state: 'GATHERING' }, order: { id: 'ASC' } });
  }

  locked(tx: Tx, id: string): Promise<RunRow | null> {
    return tx.manager.findOne(PerformanceRunEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, row: RunRow): Promise<void> {
    await tx.manager.insert(PerformanceRunEntity, row as PerformanceRunEntity);
  }

  async update(tx: Tx, row: RunRow, values: Partial<RunRow>): Promise<void> {
    const next = { ...values, version: row.version + 1 };
    await tx.manager.update(PerformanceRunEntity, { id: row.id }, next as Partial<PerformanceRunEntity>);
  }
}
