import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ApprovalEditionEntity } from './approvals.entity.js';
import type { EditionRow } from './approvals.types.js';

@Injectable()
export class EditionsRepository {
  constructor(private readonly db: DataSource) {}

  /** The draft first, then the published ones, the newest first. */
  async list(): Promise<EditionRow[]> {
    const rows = await this.db.manager.find(ApprovalEditionEntity, { order: { number: 'DESC' } });
    return rows.toSorted((a, b) => Number(b.number === null) - Number(a.number === null));
  }

  async byId(id: string): Promise<EditionRow | null> {
    return this.db.manager.findOneBy(ApprovalEditionEntity, { id });
  }

  /** The one that new rounds take. */
  async inForce(): Promise<EditionRow | null> {
    const [newest] = await this.db.manager.find(ApprovalEditionEntity, {
      where: { number: Not(IsNull()) },
      order: { number: 'DESC' },
      take: 1,
    });
    return newest ?? null;
  }

  async locked(tx: Tx, id: string): Promise<EditionRow | null> {
    return tx.manager.findOne(ApprovalEditionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insertDraft(tx: Tx, row: EditionRow): Promise<void> {
    await tx.manager.insert(ApprovalEditionEntity, { ...row, openDraft: 1 });
  }

  async updateDraft(tx: Tx, id: string, values: Partial<EditionRow>): Promise<void> {
    await tx.manager.update(ApprovalEditionEntity, { id, number: IsNull() }, values as Partial<ApprovalEditionEntity>);
  }

  async removeDraft(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(ApprovalEditionEntity, { id, number: IsNull() });
  }

  /** Numbers go up one by one; the key forbids two of one. */
  async publish(tx: Tx, id: string, by: { readonly id: string; readonly name: string }): Promise<number> {
    const [row] = await tx.manager.query('select coalesce(max(number), 0) + 1 as next from approval_edition');
    const number = Number(row.next);
    await tx.manager.update(
      ApprovalEditionEntity,
      { id, number: IsNull() },
      { number, openDraft: null, publishedAt: tx.now, publishedById: by.id, publishedBy: by.name },
    );
    return number;
  }
}
