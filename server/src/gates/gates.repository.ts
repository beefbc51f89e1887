import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThanOrEqual, Not } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { GateEditionEntity } from './gates.entity.js';
import type { GateEditionRow } from './gates.types.js';

@Injectable()
export class GatesRepository {
  constructor(private readonly db: DataSource) {}

  /** The draft first, then the published ones, the newest first. */
  async list(): Promise<GateEditionRow[]> {
    const rows = await this.db.manager.find(GateEditionEntity, { order: { number: 'DESC' } });
    return rows.toSorted((a, b) => Number(b.number === null) - Number(a.number === null));
  }

  byIds(ids: readonly string[]): Promise<GateEditionRow[]> {
    return this.db
      .createQueryBuilder(GateEditionEntity, 'e')
      .where('e.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** Of those whose day has come the newest: what is published later goes before what was published for later. */
  async inForce(on: CalendarDate): Promise<GateEditionRow | null> {
    const [newest] = await this.db.manager.find(GateEditionEntity, {
      where: { number: Not(IsNull()), effectiveFrom: LessThanOrEqual(on) },
      order: { number: 'DESC' },
      take: 1,
    });
    return newest ?? null;
  }

  locked(tx: Tx, id: string): Promise<GateEditionRow | null> {
    return tx.manager.findOne(GateEditionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insertDraft(tx: Tx, row: GateEditionRow): Promise<void> {
    await tx.manager.insert(GateEditionEntity, { ...row, openDraft: 1 } as GateEditionEntity);
  }

  async updateDraft(tx: Tx, id: string, values: Partial<GateEditionRow>): Promise<void> {
    await tx.manager.update(GateEditionEntity, { id, number: IsNull() }, values as Partial<GateEditionEntity>);
  }

  async removeDraft(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(GateEditionEntity, { id, number: IsNull() });
  }

  /** Numbers go up one by one; the key forbids two of one. */
  async publish(tx: Tx, id: string, by: { readonly id: string; readonly name: string }): Promise<number> {
    const [row] = await tx.manager.query('select coalesce(max(number), 0) + 1 as next from gate_edition');
    const number = Number(row.next);
    await tx.manager.update(
      GateEditionEntity,
      { id, number: IsNull() },
      { number, openDraft: null, publishedAt: tx.now, publishedById: by.id, publishedBy: by.name },
    );
    return number;
  }
}
