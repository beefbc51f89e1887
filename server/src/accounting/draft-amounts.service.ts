import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { inList } from '../platform/database/unit-of-work.js';
import { AccountingRepository } from './accounting.repository.js';
import { BooksService } from './books.service.js';
import { OPEN_DISPUTE } from './closed.repository.js';
import type { ClosedAmount } from './closed-amounts.types.js';
import { type Month, monthAfter } from './domain/accounting-units.js';
import { PROVINCE_BOOK } from './domain/closing.js';

/** What is drafted for one grouping; of no document yet. */
export type DraftAmount = Omit<ClosedAmount, 'documentId' | 'kind'>;

/** vCPU × seconds in use, of one department in one center and month. */
export interface VcpuUse {
  readonly month: Month;
  readonly departmentId: string;
  readonly centerId: string | null;
  readonly vcpuSeconds: bigint;
}

type Row = Record<string, string | null>;

const GROUPING = 'l.department_id, l.system_id, l.project_id, l.center_id, l.kind, l.share';

/** What is disputed or has no price is not charged meanwhile. */
const DRAFTED_FEN = 'sum(if(d.id is null, coalesce(l.amount_fen, 0), 0))';

/** What is not closed yet, summed: lines of open months and corrections that wait for one. Callers scope what they show. */
@Injectable()
export class DraftAmounts {
  constructor(
    private readonly db: DataSource,
    private readonly books: BooksService,
    private readonly accounting: AccountingRepository,
  ) {}

  /** Of these uses of these projects what months of a year cost as their drafts have it, by month and book (null = the province's). */
  async ofUses(
    useIds: readonly string[],
    projectIds: readonly string[],
    year: number,
  ): Promise<{ readonly month: Month; readonly cityId: string | null; readonly amount: bigint }[]> {
    if (useIds.length === 0 || projectIds.length === 0) return [];
    const periods = await this.books.periods();
    const rows: Row[] = await this.db.query(
      `select l.month, l.department_id, ${DRAFTED_FEN} as fen from rated_line l ${OPEN_DISPUTE}
       where l.resource_id in (?) and l.project_id in (?) and l.month between ? and ? group by l.month, l.department_id`,
      [useIds, projectIds, `${year}-01`, `${year}-12`],
    );
    return rows.map((row) => {
      const book = periods.bookOf(row.department_id as string);
      const cityId = book === PROVINCE_BOOK ? null : book;
      return { month: row.month as string, cityId, amount: BigInt(row.fen ?? '0') };
    });
  }

  async all(): Promise<DraftAmount[]> {
    const [periods, rules] = await Promise.all([this.books.periods(), this.accounting.rules()]);
    const first = rules[0]?.from;
    if (first === undefined) return [];
    const rows: Row[] = await this.db.query(
      `select l.month, l.month as of_month, ${GROUPING}, ${DRAFTED_FEN} as fen
       from rated_line l ${OPEN_DISPUTE} where l.month in (?) group by l.month, ${GROUPING}
       union all
       select l.month, l.of_month, ${GROUPING}, sum(l.amount_fen) from correction_line l group by l.month, l.of_month, ${GROUPING}`,
      [inList(await this.openMonths(first, (month, book) => periods.isClosed(book, month)))],
    );
    return rows.flatMap((row) => {
      const [month, departmentId] = [row.month as string, row.department_id as string];
      const book = periods.bookOf(departmentId);
      const amount = BigInt(row.fen ?? '0');
      // Lines of a closed month are rated on behind it; what of it counts is what was closed.
      if (amount === 0n || periods.isClosed(book, month)) return [];
      return {
        ...{ month, ofMonth: row.of_month as string, departmentId, amount },
        cityId: book === PROVINCE_BOOK ? null : book,
        ...{ systemId: row.system_id ?? null, projectId: row.project_id ?? null, centerId: row.center_id ?? null },
        ...{ meteredKind: row.kind as MeteredKind, share: row.share as ShareName },
      };
    });
  }

  /** How much was in use: known of the lines, whatever was closed of their money. */
  async vcpuSeconds(months: readonly Month[]): Promise<VcpuUse[]> {
    const rows: Row[] = await this.db.query(
      `select month, department_id, center_id, sum(quantity * timestampdiff(second, start_at, end_at)) as seconds
       from rated_line where month in (?) and meter = 'VCPU' group by month, department_id, center_id`,
      [inList(months)],
    );
    return rows.map((row) => ({
      ...{ month: row.month as string, departmentId: row.department_id as string, centerId: row.center_id ?? null },
      vcpuSeconds: BigInt(row.seconds as string),
    }));
  }

  /** Months that somebody's book has not closed; before they are all closed, the few that are not. */
  private async openMonths(first: Month, isClosed: (month: Month, book: string) => boolean): Promise<Month[]> {
    const books = (await this.books.named({ kind: 'PROVINCE' })).map(({ book }) => book);
    const rows: Row[] = await this.db.query('select max(month) as last from rated_line');
    const last = rows[0]?.last ?? first;
    const months: Month[] = [];
    for (let month = first; month <= last; month = monthAfter(month))
      if (books.some((book) => !isClosed(month, book))) months.push(month);
    return months;
  }
}
