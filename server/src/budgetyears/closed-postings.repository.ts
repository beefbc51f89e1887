import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { UnpaidReason } from '../budgets/domain/payer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ClosedBookDocument } from './closed-book.types.js';
import type { UnpaidUse } from './domain/closed-use.js';
import { firstUnspentOf, type PostedMonth } from './domain/spent-months.js';

/** How far a closed document has come into the budgets. */
export interface Posting extends ClosedBookDocument {
  /** The last use that is in. */
  readonly afterId: string;
  readonly endedAt: Date | null;
}

/** What of closed months no budget pays for. */
export interface UnpaidSum {
  readonly month: string;
  readonly why: UnpaidReason;
  readonly uses: number;
  readonly amount: bigint;
}

const UNPAID_COLUMNS = [...(['documentId', 'useId', 'departmentId', 'projectId', 'amountFen', 'why'] as const)];

@Injectable()
export class ClosedPostingsRepository {
  constructor(private readonly db: DataSource) {}

  /** The newest document that was begun; documents are taken in their order. */
  async newest(): Promise<Posting | null> {
    const [row] = await this.db.query('select * from budget_posting order by position desc limit 1');
    return row ? toPosting(row) : null;
  }

  async byId(documentId: string): Promise<Posting | null> {
    const [row] = await this.db.query('select * from budget_posting where document_id = ?', [documentId]);
    return row ? toPosting(row) : null;
  }

  /** How often this month was closed before this document, in whatever book. */
  async closesBefore({ id, month }: Pick<Posting, 'id' | 'month'>): Promise<number> {
    const [row]: { n: string }[] = await this.db.query(
      `select count(*) as n from budget_posting p left join budget_posting own on own.document_id = ?
       where p.kind = 'STATEMENT' and p.month = ? and p.document_id <> ?
         and (own.position is null or p.position < own.position)`,
      [id, month, id],
    );
    return Number(row?.n ?? 0);
  }

  /** Documents with uses that nobody has paid for so far and somebody may; what no project pays stays as it is closed. */
  async withUnpaid(): Promise<Posting[]> {
    const rows = await this.db.query(
      `select * from budget_posting where ended_at is not null
         and document_id in (select document_id from budget_unpaid where why <> 'NO_PROJECT')
       order by position`,
    );
    return rows.map(toPosting);
  }

  async reversed(documentId: string): Promise<boolean> {
    const [row] = await this.db.query('select 1 as n from budget_posting where reverses_id = ? limit 1', [documentId]);
    return row !== undefined;
  }

  async keep(tx: Tx, { id, kind, cityId, month, round, reversesId, afterId, endedAt }: Posting): Promise<void> {
    await tx.manager.query(
      `insert into budget_posting (document_id, kind, city_id, month, round, reverses_id, after_id, began_at,
         ended_at, position)
       select ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(position), 0) + 1 from budget_posting
       on duplicate key update after_id = values(after_id), ended_at = values(ended_at)`,
      [id, kind, cityId, month, round, reversesId, afterId, tx.now, endedAt],
    );
  }

  /** In place of what the page had left unpaid before. */
  async writeUnpaid(
    tx: Tx,
    documentId: string,
    useIds: readonly string[],
    unpaid: readonly UnpaidUse[],
  ): Promise<void> {
    await this.clearUnpaid(tx, documentId, useIds);
    await bulkInsert(
      tx,
      'budget_unpaid',
      UNPAID_COLUMNS,
      unpaid.map(({ amount, projectId, ...use }) => ({
        ...use,
        documentId,
        projectId: projectId ?? '',
        amountFen: amount,
      })),
    );
  }

  /** Which of these uses a document has left unpaid, by `unpaidKey`. */
  async unpaidOf(documentId: string, useIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { use_id: string; project_id: string }[] = await this.db.query(
      'select use_id, project_id from budget_unpaid where document_id = ? and use_id in (?)',
      [documentId, inList(useIds)],
    );
    return new Set(rows.map(({ use_id, project_id }) => unpaidKey(use_id, project_id)));
  }

  async clearUnpaid(tx: Tx, documentId: string, useIds: readonly string[]): Promise<void> {
    if (useIds.length > 0)
      await tx.manager.query('delete from budget_unpaid where document_id = ? and use_id in (?)', [documentId, useIds]);
  }

  async unpaidSums(year: number): Promise<UnpaidSum[]> {
    const rows: { month: string; why: UnpaidReason; n: number; fen: string }[] = await this.db.query(
      `select p.month, u.why, count(*) as n, sum(u.amount_fen) as fen
       from budget_unpaid u join budget_posting p on p.document_id = u.document_id
       where p.month between ? and ? group by p.month, u.why order by p.month, u.why`,
      [`${year}-01`, `${year}-12`],
    );
    return rows.map(({ month, why, n, fen }) => ({ month, why, uses: Number(n), amount: BigInt(fen) }));
  }

  /** What of a year's months this book has ever entered: the province's where no city is given. */
  async monthsOf(year: number, cityId: string | null = null): Promise<PostedMonth[]> {
    const rows: { month: string; standing: string }[] = await this.db.query(
      `select p.month, p.ended_at is not null and r.document_id is null as standing
       from budget_posting p left join budget_posting r on r.reverses_id = p.document_id
       where p.kind = 'STATEMENT' and p.month between ? and ? and p.city_id <=> ?`,
      [`${year}-01`, `${year}-12`, cityId],
    );
    return rows.map(({ month, standing }) => ({ month, standing: Number(standing) === 1 }));
  }

  /** How many documents are in; null = one is on its way, and what it has spent so far is of no month that counts as spent. */
  async entered(tx?: Tx): Promise<number | null> {
    const [row]: { n: string; ended: string }[] = await (tx?.manager ?? this.db.manager).query(
      'select count(*) as n, count(ended_at) as ended from budget_posting',
    );
    const [all, ended] = [Number(row?.n ?? 0), Number(row?.ended ?? 0)];
    return all === ended ? all : null;
  }

  /** Documents that are in as a whole. */
  async endedIds(): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      'select document_id as id from budget_posting where ended_at is not null',
    );
    return rows.map(({ id }) => id);
  }

  /** Months, of any year, that a book has entered and not taken back, by book: null = the province's. */
  async spentMonths(): Promise<{ readonly cityId: string | null; readonly month: string }[]> {
    const rows: { city_id: string | null; month: string }[] = await this.db.query(
      `select p.city_id, p.month from budget_posting p left join budget_posting r on r.reverses_id = p.document_id
       where p.kind = 'STATEMENT' and p.ended_at is not null and r.document_id is null`,
    );
    return rows.map(({ city_id, month }) => ({ cityId: city_id, month }));
  }

  /** Of the province's book; null = all twelve are. */
  async firstUnspent(year: number): Promise<string | null> {
    return firstUnspentOf(year, await this.monthsOf(year));
  }
}

export function unpaidKey(useId: string, projectId: string | null): string {
  return `${useId} ${projectId ?? ''}`;
}

function toPosting(row: Record<string, unknown>): Posting {
  return {
    id: row.document_id as string,
    kind: row.kind as Posting['kind'],
    cityId: row.city_id as string | null,
    month: row.month as string,
    round: Number(row.round),
    reversesId: row.reverses_id as string | null,
    afterId: row.after_id as string,
    endedAt: row.ended_at as Date | null,
  };
}
