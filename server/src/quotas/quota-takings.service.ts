import { Injectable } from '@nestjs/common';
import { Counters } from '../platform/counters/counters.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { quotaDeltas, type Taker } from './domain/quota.js';
import { QuotaTakingEntity } from './quota-takings.entity.js';

export interface Taking extends Taker {
  /** The server, or the place in a cabinet. */
  readonly subjectId: string;
}

/** A taking with its life so far, as it is taken over from the time before. */
export interface PastTaking extends Taking {
  readonly takenAt: Date;
  /** null = it is taken still. */
  readonly givenBackAt: Date | null;
}

const COLUMNS = ['id', 'subjectId', 'live', 'quotaIds', 'amounts', 'takenAt', 'givenBackAt'] as const;
/** Ids of one IN list. */
const IDS_PER_LOOKUP = 1_000;

/** What things that are no machine have taken of quotas, written beside them: the same is given back, exactly once. */
@Injectable()
export class QuotaTakings {
  constructor(private readonly counters: Counters) {}

  /** Writes them down; the caller moves their `quotaDeltas` with its own counters, last. */
  async take(tx: Tx, takings: readonly Taking[]): Promise<void> {
    const rows = takings.map(({ subjectId, quotaIds, amounts }) => ({
      id: newId(tx.now.getTime()),
      subjectId,
      live: 1,
      quotaIds,
      amounts,
      takenAt: tx.now,
      givenBackAt: null,
    }));
    try {
      if (rows.length > 0) await bulkInsert(tx, 'quota_taking', COLUMNS, rows);
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('it has taken its quotas meanwhile');
      throw error;
    }
  }

  /** Takes over what was taken before; the caller moves the `quotaDeltas` of those that live, last. */
  async takeOver(tx: Tx, past: readonly PastTaking[]): Promise<void> {
    const rows = past.map(({ takenAt, givenBackAt, ...taking }) => ({
      ...taking,
      id: newId(takenAt.getTime()),
      live: givenBackAt === null ? 1 : null,
      takenAt,
      givenBackAt,
    }));
    if (rows.length > 0) await bulkInsert(tx, 'quota_taking', COLUMNS, rows);
  }

  /** Whatever of these has taken quotas has them no longer. `giveBackLast` moves the counters. */
  async giveBack(tx: Tx, subjectIds: readonly string[]): Promise<{ readonly giveBackLast: () => Promise<void> }> {
    const rows: QuotaTakingEntity[] = [];
    for (let at = 0; at < subjectIds.length; at += IDS_PER_LOOKUP)
      rows.push(
        ...(await tx.manager
          .createQueryBuilder(QuotaTakingEntity, 'taking')
          .where('taking.subjectId in (:...ids) and taking.live = 1', {
            ids: subjectIds.slice(at, at + IDS_PER_LOOKUP),
          })
          .orderBy('taking.id')
          .setLock('pessimistic_write')
          .getMany()),
      );
    if (rows.length > 0)
      await tx.manager.query('update quota_taking set live = null, given_back_at = ? where id in (?)', [
        tx.now,
        inList(rows.map((row) => row.id)),
      ]);
    return {
      giveBackLast: async () => {
        if (!(await this.counters.moveAll(tx, quotaDeltas([], rows))))
          throw new WriteConflict('a quota has less live than is given back');
      },
    };
  }
}
