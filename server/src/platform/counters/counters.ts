import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../database/unit-of-work.js';
import { CapacityCounterEntity } from './counters.entity.js';

/**
 * What is counted, from cold to hot: the order in which one transaction takes its counters, so that nobody waits in a
 * circle (design §5). Lengths are those of the column.
 */
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
   * Moves all meters of one subject by one conditional update. False = what is asked no longer fits; nothing of this
   * statement may then be kept (the caller's unit of work rolls back). A delta of nothing is true without a statement.
   */
  async move(tx: Tx, { kind, subjectId, amounts }: CounterDelta): Promise<boolean> {
    const moved = (Object.entries(amounts) as [string, number][]).filter(([, amount]) => amount !== 0);
    if (moved.length === 0) return true;
    const amount = `case meter ${moved.map(() => 'when ? then ?').join(' ')} end`;
    const result: { affectedRows: number } = await tx.manager.query(
      `update capacity_counter set live_amount = live_amount + ${amount}
       where kind = ? and subject_id = ? and meter in (?)
         and live_amount + ${amount} between 0 and limit_amount`,
      [...moved.flat(), kind, subjectId, moved.map(([meter]) => meter), ...moved.flat()],
    );
    return result.affectedRows === moved.length;
  }

  /** Moves many subjects in the one order that everybody keeps; gives the first that did not fit, or null. */
  async moveAll(tx: Tx, deltas: readonly CounterDelta[]): Promise<CounterDelta | null> {
    for (const delta of deltas.toSorted(inTakingOrder)) if (!(await this.move(tx, delta))) return delta;
    return null;
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

function inTakingOrder(a: CounterDelta, b: CounterDelta): number {
  const byKind = COUNTER_KINDS.indexOf(a.kind) - COUNTER_KINDS.indexOf(b.kind);
  return byKind !== 0 ? byKind : a.subjectId < b.subjectId ? -1 : 1;
}
