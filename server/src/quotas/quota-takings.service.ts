import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Counters } from '../platform/counters/counters.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { HeldInQuotas } from './domain/held-in-quotas.js';
import { quotaDeltas, type SomeAmounts, sumAmounts, type Taker } from './domain/quota.js';
import { exchangeOf, type Taking, type TakingState, type WantedTaking } from './domain/taking.js';
import { QuotaTakingEntity } from './quota-takings.entity.js';

export type { Taking } from './domain/taking.js';

/** A taking with its life so far, as it is taken over from the time before. */
export interface PastTaking extends Taking {
  readonly takenAt: Date;
  /** null = it is taken still. */
  readonly givenBackAt: Date | null;
}

const COLUMNS = ['id', 'subjectId', 'live', 'state', 'quotaIds', 'amounts', 'takenAt', 'givenBackAt'] as const;
/** Ids of one IN list. */
const IDS_PER_LOOKUP = 1_000;

/** What things that are no machine have taken of quotas, written beside them: the same is given back, exactly once. */
@Injectable()
export class QuotaTakings implements HeldInQuotas {
  constructor(
    private readonly db: DataSource,
    private readonly counters: Counters,
  ) {}

  /** Writes them down; the caller moves their `quotaDeltas` with its own counters, last. HELD ones until `allocate`. */
  async take(tx: Tx, takings: readonly Taking[], state: TakingState = 'ALLOCATED'): Promise<void> {
    const rows = takings.map(({ subjectId, quotaIds, amounts }) => ({
      id: newId(tx.now.getTime()),
      subjectId,
      live: 1,
      state,
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

  /** HELD → ALLOCATED: a quota counts both alike, so that no counter moves. */
  async allocate(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    for (const ids of chunked(subjectIds))
      await tx.manager.query(
        "update quota_taking set state = 'ALLOCATED' where subject_id in (?) and live = 1 and state = 'HELD'",
        [ids],
      );
  }

  /** Takes over what was taken before; the caller moves the `quotaDeltas` of those that live, last. */
  async takeOver(tx: Tx, past: readonly PastTaking[]): Promise<void> {
    const rows = past.map(({ takenAt, givenBackAt, ...taking }) => ({
      ...taking,
      id: newId(takenAt.getTime()),
      live: givenBackAt === null ? 1 : null,
      state: 'ALLOCATED' as const,
      takenAt,
      givenBackAt,
    }));
    if (rows.length > 0) await bulkInsert(tx, 'quota_taking', COLUMNS, rows);
  }

  /** Whatever of these has taken quotas has them no longer. `giveBackLast` moves the counters. */
  async giveBack(tx: Tx, subjectIds: readonly string[]): Promise<{ readonly giveBackLast: () => Promise<void> }> {
    const rows = await this.lockedLive(tx, subjectIds);
    await this.end(tx, rows);
    return {
      giveBackLast: async () => {
        if (!(await this.counters.moveAll(tx, quotaDeltas([], rows))))
          throw new WriteConflict('a quota has less live than is given back');
      },
    };
  }

  /**
   * Writes whatever makes each of these have taken what it ought to, and says what that took and gave back: the caller
   * asks whether it fits and moves their `quotaDeltas`, last.
   */
  async exchange(
    tx: Tx,
    wanted: readonly WantedTaking[],
  ): Promise<{ readonly taken: readonly Taker[]; readonly givenBack: readonly Taker[] }> {
    const ids = wanted.map((one) => one.subjectId);
    const { take, giveBack } = exchangeOf(wanted, await this.lockedLive(tx, ids));
    await this.end(tx, giveBack);
    await this.take(tx, take);
    return { taken: take, givenBack: giveBack };
  }

  /** The same for whoever moves nothing else: `moveLast` moves the counters, and refuses nothing that was held before. */
  async exchangeLast(tx: Tx, wanted: readonly WantedTaking[]): Promise<{ readonly moveLast: () => Promise<void> }> {
    const { taken, givenBack } = await this.exchange(tx, wanted);
    return {
      moveLast: async () => {
        if (!(await this.counters.moveAll(tx, quotaDeltas(taken, givenBack))))
          throw new WriteConflict('a quota has less live than is given back');
      },
    };
  }

  /** The same by subject. */
  async liveBySubject(subjectIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, Taking>> {
    return new Map((await this.lockedLive(tx, subjectIds)).map((taking) => [taking.subjectId, taking]));
  }

  /** What these have taken and not given back; nothing is locked. */
  async liveOf(subjectIds: readonly string[], tx?: Tx): Promise<Taker[]> {
    const found: Taker[] = [];
    for (const ids of chunked(subjectIds))
      found.push(
        ...(await (tx?.manager ?? this.db.manager)
          .createQueryBuilder(QuotaTakingEntity, 'taking')
          .where('taking.subjectId in (:...ids) and taking.live = 1', { ids })
          .getMany()),
      );
    return found;
  }

  /** Of each that ever took quotas the ids of those that it took last. */
  async lastWaysOf(subjectIds: readonly string[]): Promise<Map<string, readonly string[]>> {
    const ways = new Map<string, readonly string[]>();
    for (const ids of chunked(subjectIds)) {
      const rows = await this.db
        .createQueryBuilder(QuotaTakingEntity, 'taking')
        .where('taking.subjectId in (:...ids)', { ids })
        .orderBy('taking.takenAt')
        .addOrderBy('taking.id')
        .getMany();
      for (const row of rows) ways.set(row.subjectId, row.quotaIds);
    }
    return ways;
  }

  /** One statement whatever is asked: little is only held at a time. */
  async heldInQuotas(quotaIds: readonly string[]): Promise<ReadonlyMap<string, SomeAmounts>> {
    const rows = await this.db
      .createQueryBuilder(QuotaTakingEntity, 'taking')
      .where("taking.live = 1 and taking.state = 'HELD'")
      .getMany();
    const wanted = new Set(quotaIds);
    const held = new Map<string, SomeAmounts>();
    for (const row of rows)
      for (const id of row.quotaIds) if (wanted.has(id)) held.set(id, sumAmounts([held.get(id) ?? {}, row.amounts]));
    return held;
  }

  private async lockedLive(tx: Tx, subjectIds: readonly string[]): Promise<QuotaTakingEntity[]> {
    const rows: QuotaTakingEntity[] = [];
    for (const ids of chunked(subjectIds))
      rows.push(
        ...(await tx.manager
          .createQueryBuilder(QuotaTakingEntity, 'taking')
          .where('taking.subjectId in (:...ids) and taking.live = 1', { ids })
          .orderBy('taking.id')
          .setLock('pessimistic_write')
          .getMany()),
      );
    return rows;
  }

  private async end(tx: Tx, rows: readonly Pick<QuotaTakingEntity, 'id'>[]): Promise<void> {
    if (rows.length > 0)
      await tx.manager.query('update quota_taking set live = null, given_back_at = ? where id in (?)', [
        tx.now,
        inList(rows.map((row) => row.id)),
      ]);
  }
}

function chunked(ids: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_LOOKUP) chunks.push(ids.slice(at, at + IDS_PER_LOOKUP));
  return chunks;
}
