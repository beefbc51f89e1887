import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { UnpaidReason } from '../budgets/domain/payer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { PlannedUse } from './domain/year-plan.js';

/** 开启预算年度: how far it has come. */
export interface Opening {
  readonly year: number;
  /** 0 = the first; what came later is encumbered by another run. */
  readonly run: number;
  /** Of the uses that were encumbered so far. */
  readonly cursor: string;
  readonly beganAt: Date;
  /** null = it goes on. */
  readonly endedAt: Date | null;
  readonly by: string;
}

/** What an opening made of the uses of one item, or of those that no item pays. */
export interface OpenedSum {
  readonly budgetId: string | null;
  readonly unpaid: UnpaidReason | null;
  readonly uses: number;
  readonly amount: bigint;
}

const COLUMNS = [
  ...(['year', 'useId', 'run', 'requestId', 'departmentId', 'projectId', 'budgetId', 'amountFen', 'unpaid'] as const),
];

@Injectable()
export class OpeningsRepository {
  constructor(private readonly db: DataSource) {}

  async opening(year: number, tx?: Tx): Promise<Opening | null> {
    const [row] = await (tx?.manager ?? this.db.manager).query(
      `select * from budget_opening where year = ?${tx ? ' for update' : ''}`,
      [year],
    );
    return row ? toOpening(row) : null;
  }

  async unfinished(): Promise<Opening[]> {
    return (await this.db.query('select * from budget_opening where ended_at is null order by year')).map(toOpening);
  }

  async keep(tx: Tx, { year, run, cursor, beganAt, endedAt, by }: Opening): Promise<void> {
    await tx.manager.query(
      `insert into budget_opening (year, run, after_id, began_at, ended_at, begun_by) values (?)
       on duplicate key update run = values(run), after_id = values(after_id), began_at = values(began_at),
         ended_at = values(ended_at), begun_by = values(begun_by)`,
      [[year, run, cursor, beganAt, endedAt, by]],
    );
  }

  /**
   * In place of what an earlier run said of them; what the same item reserves more for a use is added to it. What somebody pays for
   * is not written down as unpaid again.
   */
  async write(tx: Tx, year: number, run: number, uses: readonly PlannedUse[]): Promise<void> {
    if (uses.length === 0) return;
    const ids = uses.map(({ useId }) => useId);
    const rows: { id: string; budget: string | null; fen: string }[] = await tx.manager.query(
      `select use_id as id, budget_id as budget, amount_fen as fen from budget_opening_use
       where year = ? and use_id in (?) for update`,
      [year, ids],
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    const written = uses.filter(({ useId, budgetId }) => budgetId !== null || !known.get(useId)?.budget);
    if (written.length === 0) return;
    await tx.manager.query('delete from budget_opening_use where year = ? and use_id in (?)', [
      year,
      written.map(({ useId }) => useId),
    ]);
    await bulkInsert(
      tx,
      'budget_opening_use',
      COLUMNS,
      written.map(({ amount, ...use }) => {
        const before = known.get(use.useId);
        const more = use.budgetId !== null && before?.budget === use.budgetId ? BigInt(before.fen) : 0n;
        return { ...use, year, run, amountFen: amount + more };
      }),
    );
  }

  async sums(year: number): Promise<OpenedSum[]> {
    const rows: { budget: string | null; unpaid: UnpaidReason | null; n: number; fen: string }[] = await this.db.query(
      `select budget_id as budget, unpaid, count(*) as n, sum(amount_fen) as fen from budget_opening_use
       where year = ? group by budget_id, unpaid order by fen desc, budget_id`,
      [year],
    );
    return rows.map(({ budget, unpaid, n, fen }) => ({
      ...{ budgetId: budget, unpaid, uses: Number(n), amount: BigInt(fen) },
    }));
  }
}

function toOpening(row: Record<string, unknown>): Opening {
  return {
    year: Number(row.year),
    run: Number(row.run),
    cursor: row.after_id as string,
    beganAt: row.began_at as Date,
    endedAt: row.ended_at as Date | null,
    by: row.begun_by as string,
  };
}
