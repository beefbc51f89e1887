import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThanOrEqual, Not } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { PerformanceEditionEntity } from './performance.entity.js';
import type { PerformanceEditionRow } from './performance.types.js';

@Injectable()
export class PerformanceEditionsRepository {
  constructor(private readonly db: DataSource) {}

  /** The draft first, then the published ones, the newest first. */
  async list(): Promise<PerformanceEditionRow[]> {
    const rows = await this.db.manager.find(PerformanceEditionEntity, { order: { number: 'DESC' } });
    return rows.toSorted((a, b) => Number(b.number === null) - Number(a.number === null));
  }

  byIds(ids: readonly string[]): Promise<PerformanceEditionRow[]> {
    return this.db
      .createQueryBuilder(PerformanceEditionEntity, 'e')
      .where('e.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** Of those whose day has come the newest: what is published later goes before what was published for later. */
  async inForce(on: CalendarDate): Promise<PerformanceEditionRow | null> {
    const [newest] = await this.db.manager.find(PerformanceEditionEntity, {
      where: { number: Not(IsNull()), effectiveFrom: LessThanOrEqual(on) },
      order: { number: 'DESC' },
      take: 1,
    });
    return newest ?? null;
  }

  locked(tx: Tx, id: string): Promise<PerformanceEditionRow | null> {
    return tx.manager.findOne(PerformanceEditionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insertDraft(tx: Tx, row: PerformanceEditionRow): Promise<void> {
    await tx.manager.insert(PerformanceEditionEntity, { ...row, openDraft: 1 } as PerformanceEditionEntity);
  }

  async updateDraft(tx: Tx, id: string, values: Partial<PerformanceEditionRow>): Promise<void> {
    await tx.manager.update(
      PerformanceEditionEntity,
      { id, number: IsNull() },
      values as Partial<PerformanceEditionEntity>,
    );
  }

  async removeDraft(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(PerformanceEditionEntity, { id, number: IsNull() });
  }

  /** Numbers go up one by one; the key forbids two of one. */
  async publish(tx: Tx, id: string, by: { readonly id: string; readonly name: string }): Promise<number> {
    const [row] = await tx.manager.query('select coalesce(max(number), 0) + 1 as next from performance_edition');
    const number = Number(row.next);
    await tx.manager.update(
      PerformanceEditionEntity,
      { id, number: IsNull() },
      { number, openDraft: null, publishedAt: tx.now, publishedById: by.id, publishedBy: by.name },
    );
    return number;
  }
}
