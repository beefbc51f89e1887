import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../database/unit-of-work.js';
import { CapacityCounterEntity } from './counters.entity.js';

/** What is counted. Lengths are those of the column; the alphabet of the kinds is the order of taking (moveAll). */
export const COUNTER_KINDS = ['QUOTA', 'POOL'] as const;
export type CounterKind = (typeof COUNTER_KINDS)[number];

export interface CounterRow<Meter extends string = string> {
  readonly subjectId: string;
  readonly meter: Meter;
  readonly limit: number;
  /** Held and allocated together. */
  readonly live: number;
}

/** How much the counters of one subject move: positive = taken, negative = given back, in the meter's unit. */
export interface CounterDelta<Meter extends string = string> {
  readonly kind: CounterKind;
  readonly subjectId: string;
  readonly amounts: { readonly [M in Meter]?: number };
}

/** The one way in which anything countable is promised: rows of (kind, subject, meter) moved by conditional updates. */
@Injectable()
export class Counters {
  constructor(private readonly db: DataSource) {}

  async open(
    tx: Tx,
    kind: CounterKind,
    subjectId: string,
    limits: { readonly [meter: string]: number },
  ): Promise<void> {
    const rows = Object.entries(limits).map(([meter, limit]) => ({
      kind,
      subjectId,
      meter,
      limitAmount: String(limit),
      liveAmount: '0',
    }));
    if (rows.length > 0) await tx.manager.insert(CapacityCounterEntity, rows);
  }

  /** Opens what is not there yet and leaves what is. */
  openMissing(
    tx: Tx,
    kind: CounterKind,
    subjectIds: readonly string[],
    limits: { readonly [meter: string]: number },
  ): Promise<void> {
    return this.openAll(
      tx,
      kind,
      subjectIds.map((subjectId) => ({ subjectId, limits })),
    );
  }

  /** The same with limits of each one's own. In one order, so that two openers do not wait in a circle. */
  async openAll(
    tx: Tx,
    kind: CounterKind,
    subjects: readonly { readonly subjectId: string; readonly limits: { readonly [meter: string]: number } }[],
  ): Promise<void> {
    const rows = subjects
      .toSorted((a, b) => (a.subjectId < b.subjectId ? -1 : 1))
      .flatMap(({ subjectId, limits }) =>
        Object.entries(limits).map(([meter, limit]) => [kind, subjectId, meter, limit, 0]),
      );
    if (rows.length > 0)
      await tx.manager.query(
        'insert ignore into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values ?',
        [rows],
      );
  }

  /** Plain SQL: the hot path of every preview and submit. */
  async read<Meter extends string>(
    kind: CounterKind,
    subjectIds: readonly string[],
    manager = this.db.manager,
  ): Promise<CounterRow<Meter>[]> {
    const rows: { subject_id: string; meter: Meter; limit_amount: string; live_amount: string }[] = await manager.query(
      'select subject_id, meter, limit_amount, live_amount from capacity_counter where kind = ? and subject_id in (?)',
      [kind, inList(subjectIds)],
    );
    return rows.map((r) => ({
      subjectId: r.subject_id,
      meter: r.meter,
      limit: Number(r.limit_amount),
      live: Number(r.live_amount),
    }));
  }

  /**
   * Moves all meters of all subjects by one conditional update, so that hot rows are held for one round trip and not for
   * one a subject; the statement takes them in the order of the primary key, which is everybody's. False = something
   * asked no longer fits; nothing of the statement may then be kept (the caller's unit of work rolls back). Deltas of
   * nothing are true without a statement. A subject's id is its alone, whatever its kind.
   */
  async moveAll(tx: Tx, deltas: readonly CounterDelta[]): Promise<boolean> {
    const moves = deltas
      .map(({ kind, subjectId, amounts }) => ({ kind, subjectId, amounts: amountsOf(amounts) }))
      .filter(({ amounts }) => amounts.length > 0)
      .toSorted(inKeyOrder);
    if (moves.length === 0) return true;
    const amount = `case subject_id ${moves
      .map(({ amounts }) => `when ? then case meter ${amounts.map(() => 'when ? then ?').join(' ')} end`)
      .join(' ')} end`;
    const amountValues = moves.flatMap(({ subjectId, amounts }) => [subjectId, ...amounts.flat()]);
    const result: { affectedRows: number } = await tx.manager.query(
      `update capacity_counter set live_amount = live_amount + ${amount}
       where (${moves.map(() => '(kind = ? and subject_id = ? and meter in (?))').join(' or ')})
         and live_amount + ${amount} between 0 and limit_amount`,
      [
        ...amountValues,
        ...moves.flatMap(({ kind, subjectId, amounts }) => [kind, subjectId, amounts.map(([meter]) => meter)]),
        ...amountValues,
      ],
    );
    return result.affectedRows === moves.reduce((rows, { amounts }) => rows + amounts.length, 0);
  }

  /** Sets what may be promised at most. False = more than that is live already, and nothing was changed. */
  async setLimit(tx: Tx, kind: CounterKind, subjectId: string, meter: string, limit: number): Promise<boolean> {
    await tx.manager.query(
      'insert ignore into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values (?, ?, ?, 0, 0)',
      [kind, subjectId, meter],
    );
    const [row] = await tx.manager.query(
      'select live_amount from capacity_counter where kind = ? and subject_id = ? and meter = ? for update',
      [kind, subjectId, meter],
    );
    if (Number(row.live_amount) > limit) return false;
    await tx.manager.query(
      'update capacity_counter set limit_amount = ? where kind = ? and subject_id = ? and meter = ?',
      [limit, kind, subjectId, meter],
    );
    return true;
  }

  /**
   * Sets what may be promised at most, but never below what is live, and says what became of it: the limit of a pool
   * that something takes away follows only as far as nothing promised is lost.
   */
  async settleLimit(
    tx: Tx,
    kind: CounterKind,
    subjectId: string,
    meter: string,
    target: number,
  ): Promise<{ readonly limit: number; readonly live: number }> {
    await tx.manager.query(
      'insert ignore into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values (?, ?, ?, 0, 0)',
      [kind, subjectId, meter],
    );
    const [row] = await tx.manager.query(
      'select live_amount from capacity_counter where kind = ? and subject_id = ? and meter = ? for update',
      [kind, subjectId, meter],
    );
    const live = Number(row.live_amount);
    const limit = Math.max(target, live);
    await tx.manager.query(
      'update capacity_counter set limit_amount = ? where kind = ? and subject_id = ? and meter = ?',
      [limit, kind, subjectId, meter],
    );
    return { limit, live };
  }
}

function amountsOf(amounts: CounterDelta['amounts']): [meter: string, amount: number][] {
  return Object.entries(amounts).filter((entry): entry is [string, number] => entry[1] !== undefined && entry[1] !== 0);
}

function inKeyOrder(a: { kind: string; subjectId: string }, b: { kind: string; subjectId: string }): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.subjectId < b.subjectId ? -1 : 1;
}
