import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { TakeOverEntity } from './take-overs.entity.js';
import type { TakeOverRow } from './take-overs.types.js';

/** Taking over is the big-data center's business: its reads take no scope, its guard lets nobody else in. */
@Injectable()
export class TakeOversRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: TakeOverRow): Promise<void> {
    try {
      await tx.manager.insert(TakeOverEntity, { ...row, shown: { ...row.shown } as object });
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('it was proposed meanwhile');
      throw error;
    }
  }

  /** The one that waits, locked until commit. */
  waiting(tx: Tx, resourceId: string): Promise<TakeOverRow | null> {
    return tx.manager.findOne(TakeOverEntity, {
      where: { resourceId, live: 1 },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** The newest of a machine, decided or not. */
  newest(resourceId: string, tx?: Tx): Promise<TakeOverRow | null> {
    return (tx?.manager ?? this.db.manager).findOne(TakeOverEntity, {
      where: { resourceId },
      order: { proposedAt: 'DESC', id: 'DESC' },
    });
  }

  async update(tx: Tx, id: string, values: Partial<Omit<TakeOverRow, 'shown'>>): Promise<void> {
    await tx.manager.update(TakeOverEntity, { id }, values);
  }
}
