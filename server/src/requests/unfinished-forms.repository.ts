import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { FORMS_MAX, type UnfinishedFormRow } from './domain/unfinished-form.js';
import { UnfinishedFormEntity } from './unfinished-forms.entity.js';

/** Whose form: one's own, or the one that stands beside a draft that the caller was let change. */
export type FormPlace = { readonly ownerId: string; readonly startKey: string } | { readonly requestId: string };

@Injectable()
export class UnfinishedFormsRepository {
  constructor(private readonly db: DataSource) {}

  /** @param after here and below: what was saved last before is kept no longer, also while its row still stands. */
  byId(id: string, after: Date): Promise<UnfinishedFormRow | null> {
    return this.db.manager.findOneBy(UnfinishedFormEntity, { id, savedAt: MoreThan(after) });
  }

  /** Of requests that are no draft yet, the last saved first. */
  ofOwner(ownerId: string, after: Date): Promise<UnfinishedFormRow[]> {
    return this.db.manager.find(UnfinishedFormEntity, {
      where: { ownerId, requestId: IsNull(), savedAt: MoreThan(after) },
      order: { savedAt: 'DESC', id: 'DESC' },
      take: FORMS_MAX,
    });
  }

  besideRequests(requestIds: readonly string[], after: Date): Promise<UnfinishedFormRow[]> {
    return this.db.manager.findBy(UnfinishedFormEntity, {
      requestId: In(inList(requestIds) as string[]),
      savedAt: MoreThan(after),
    });
  }

  async countOf(tx: Tx, ownerId: string, after: Date): Promise<number> {
    const [row] = await tx.manager.query(
      'select count(*) as n from unfinished_form where owner_id = ? and request_id is null and saved_at > ?',
      [ownerId, after],
    );
    return Number(row.n);
  }

  locked(tx: Tx, place: FormPlace): Promise<UnfinishedFormRow | null> {
    return tx.manager.findOne(UnfinishedFormEntity, { where: place, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, row: UnfinishedFormRow): Promise<void> {
    await tx.manager.insert(UnfinishedFormEntity, { ...row });
  }

  async save(tx: Tx, id: string, values: Partial<UnfinishedFormRow>): Promise<void> {
    await tx.manager.update(UnfinishedFormEntity, { id }, values);
  }

  async removeOwn(tx: Tx, ownerId: string, id: string): Promise<boolean> {
    const done = await tx.manager.delete(UnfinishedFormEntity, { id, ownerId });
    return done.affected === 1;
  }

  async removeBeside(tx: Tx, requestId: string): Promise<void> {
    await tx.manager.delete(UnfinishedFormEntity, { requestId });
  }

  /** Those that were saved last at `at` or before, the longest untouched first. A form that is saved meanwhile stays. */
  async removeUntouched(at: Date, most: number): Promise<number> {
    const done: { affectedRows: number } = await this.db.query(
      'delete from unfinished_form where saved_at <= ? order by saved_at limit ?',
      [at, most],
    );
    return done.affectedRows;
  }
}
