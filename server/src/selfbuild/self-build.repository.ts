import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThanOrEqual, Not } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { SelfBuildEditionEntity, type SelfBuildEditionRow } from './self-build.entity.js';

/** Editions belong to no department: whoever compares reads by which one. */
@Injectable()
export class SelfBuildRepository {
  constructor(private readonly db: DataSource) {}

  /** The draft first, then those in force and before, the newest first. */
  async list(): Promise<SelfBuildEditionRow[]> {
    const rows = await this.db.manager.find(SelfBuildEditionEntity, { order: { number: 'DESC' } });
    return rows.toSorted((a, b) => Number(b.number === null) - Number(a.number === null));
  }

  byIds(ids: readonly string[]): Promise<SelfBuildEditionRow[]> {
    return this.db
      .createQueryBuilder(SelfBuildEditionEntity, 'e')
      .where('e.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** Of those whose day has come the newest. */
  async inForce(on: CalendarDate): Promise<SelfBuildEditionRow | null> {
    const [newest] = await this.db.manager.find(SelfBuildEditionEntity, {
      where: { number: Not(IsNull()), effectiveFrom: LessThanOrEqual(on) },
      order: { number: 'DESC' },
      take: 1,
    });
    return newest ?? null;
  }

  locked(tx: Tx, id: string): Promise<SelfBuildEditionRow | null> {
    return tx.manager.findOne(SelfBuildEditionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insertDraft(tx: Tx, row: SelfBuildEditionRow): Promise<void> {
    await tx.manager.insert(SelfBuildEditionEntity, { ...row, openDraft: 1 } as SelfBuildEditionEntity);
  }

  async updateDraft(tx: Tx, id: string, values: Partial<SelfBuildEditionRow>): Promise<void> {
    await tx.manager.update(
      SelfBuildEditionEntity,
      { id, number: IsNull() },
      values as Partial<SelfBuildEditionEntity>,
    );
  }

  async removeDraft(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(SelfBuildEditionEntity, { id, number: IsNull() });
  }

  /** Numbers go up one by one; the key forbids two of one. */
  async publish(tx: Tx, id: string, by: { readonly id: string; readonly name: string }): Promise<number> {
    const [row] = await tx.manager.query('select coalesce(max(number), 0) + 1 as next from self_build_edition');
    const number = Number(row.next);
    await tx.manager.update(
      SelfBuildEditionEntity,
      { id, number: IsNull() },
      { number, openDraft: null, publishedAt: tx.now, publishedById: by.id, publishedBy: by.name },
    );
    return number;
  }
}
