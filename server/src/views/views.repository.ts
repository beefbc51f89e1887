import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { SavedViewEntity } from './views.entity.js';
import type { SavedView } from './views.types.js';

/** Every read and write names the owner: a view is nobody else's business. */
@Injectable()
export class ViewsRepository {
  constructor(private readonly db: DataSource) {}

  ofList(userId: string, listName: string): Promise<SavedView[]> {
    return this.db.getRepository(SavedViewEntity).find({ where: { userId, listName }, order: { name: 'ASC' } });
  }

  own(userId: string, id: string): Promise<SavedView | null> {
    return this.db.getRepository(SavedViewEntity).findOneBy({ userId, id });
  }

  /** By the database's own idea of the same name, which its unique key has too. */
  liveByName(tx: Tx, userId: string, listName: string, name: string): Promise<SavedView | null> {
    return tx.manager.findOneBy(SavedViewEntity, { userId, listName, name });
  }

  async livePlaces(tx: Tx, userId: string, listName: string): Promise<number[]> {
    const rows = await tx.manager.find(SavedViewEntity, { select: { place: true }, where: { userId, listName } });
    return rows.map((row) => row.place);
  }

  locked(tx: Tx, userId: string, id: string): Promise<SavedView | null> {
    return tx.manager.findOne(SavedViewEntity, { where: { userId, id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Name or place taken meanwhile by the same person's other window: the unit of work runs again. */
  async insert(tx: Tx, view: SavedView): Promise<void> {
    try {
      await tx.manager.createQueryBuilder().insert().into(SavedViewEntity).values(view).updateEntity(false).execute();
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('a view was saved meanwhile');
      throw error;
    }
  }

  async replaceState(tx: Tx, id: string, state: string): Promise<void> {
    await tx.manager.update(SavedViewEntity, { id }, { state, updatedAt: tx.now });
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(SavedViewEntity, { id });
  }
}
