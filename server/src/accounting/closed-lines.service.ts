import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Fen } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { inList } from '../platform/database/unit-of-work.js';
import { BooksService } from './books.service.js';
import { ClosedRepository, type ClosedTableRow, ROW_COLUMNS, toClosedRow } from './closed.repository.js';
import type { Month } from './domain/accounting-units.js';
import type { ClosedRow } from './domain/closed-text.js';
import { type Book, type ClosedKind, PROVINCE_BOOK } from './domain/closing.js';
import { within } from './statements.repository.js';
import type { StatementSide } from './statements.service.js';

/** A document of a month: of a reversal that of what it takes back, where the two are nothing together. */
export interface DocumentOfMonth {
  readonly id: string;
  readonly kind: ClosedKind;
  readonly book: Book;
  readonly month: Month;
  readonly round: number;
}

export interface ClosedMonth {
  readonly month: Month;
  /** Of departments. */
  readonly statements: number;
  readonly lines: number;
  readonly amount: Fen;
  readonly closedAt: Date;
}

export interface ClosedLinesFilter {
  readonly documentIds: readonly string[];
  readonly departmentId: string | null;
  readonly centerId: string | null;
}

/** A closed line with the words by which its use is known now. */
export interface NamedClosedLine extends ClosedRow {
  readonly documentId: string;
  readonly departmentId: string;
  readonly code: string;
  readonly name: string;
}

/** Lines of closed months one after the other, for files that are longer than memory. Every read takes the viewer's scope. */
@Injectable()
export class ClosedLines {
  constructor(
    private readonly db: DataSource,
    private readonly closed: ClosedRepository,
    private readonly books: BooksService,
  ) {}

  /**
   * All documents that a closed month ever had, of the books that the scope may read and that have it closed now: what was
   * taken back and its reversal with them, so that they come to what its statements say. None = nothing of it is closed.
   */
  async documentsOf(
    scope: TenantScope,
    month: Month,
    { departmentId, side }: { readonly departmentId: string | null; readonly side: StatementSide },
  ): Promise<DocumentOfMonth[]> {
    const periods = await this.books.periods();
    const some = departmentId === null ? null : [departmentId];
    const own = some ?? (scope.kind === 'PROVINCE' ? null : scope.departmentIds);
    const books = own && new Set(own.map((id) => periods.bookOf(id)));
    const closedNow = periods
      .closedOf(month)
      .map(({ book }) => book)
      .filter((book) => (books ? books.has(book) : (book === PROVINCE_BOOK) === (side === 'PROVINCE')));
    const table = this.closed.table('closed_document');
    const rows: ClosedTableRow[] = await this.db.query(
      `select d.id, d.kind, d.book, coalesce(r.month, d.month) as month, d.round
       from ${table} d left join ${table} r on r.id = d.reverses_id
       where coalesce(r.month, d.month) = ? and d.book in (?) order by d.closed_at, d.id`,
      [month, inList(closedNow)],
    );
    return rows.map(({ book, id, kind, month: of, round }) => ({
      ...{ id: id as string, kind: kind as ClosedKind, book: book as string, month: of as string },
      round: Number(round),
    }));
  }

  /** Months of which something is closed now for the scope, the newest first, with what their statements come to. */
  async months(scope: TenantScope, side: StatementSide): Promise<ClosedMonth[]> {
    const own = within(scope);
    const inSide = scope.kind !== 'PROVINCE' ? '1 = 1' : `d.book ${side === 'PROVINCE' ? '=' : '<>'} ?`;
    const rows: ClosedTableRow[] = await this.db.query(
      `select d.of_month as month, count(*) as statements, sum(l.line_count) as line_count, sum(l.amount_fen) as fen,
         max(d.closed_at) as closed_at
       from closing c join ${this.closed.table('closed_document')} d on d.id = c.id
       join ${this.closed.table('closed_statement')} l on l.document_id = d.id
       where c.live = 1 and c.kind = 'STATEMENT' and c.state = 'CLOSED' and ${inSide} and ${own.text}
       group by d.of_month order by d.of_month desc`,
      [...(scope.kind === 'PROVINCE' ? [PROVINCE_BOOK] : []), ...own.values],
    );
    return rows.map((row) => ({
      ...{ month: row.month as string, statements: Number(row.statements), lines: Number(row.line_count) },
      ...{ amount: BigInt(row.fen as string), closedAt: row.closed_at as Date },
    }));
  }

  async sum(scope: TenantScope, filter: ClosedLinesFilter): Promise<{ readonly lines: number; readonly amount: Fen }> {
    const { text, values } = this.where(scope, filter);
    const [row]: ClosedTableRow[] = await this.db.query(
      `select count(*) as n, coalesce(sum(l.amount_fen), 0) as fen from ${this.closed.table('closed_line')} l where ${text}`,
      values,
    );
    return { lines: Number(row?.n ?? 0), amount: BigInt((row?.fen as string | undefined) ?? 0) };
  }

  /** In the order of their key, which begins with document and department; `after` = the last that was read. */
  async page(
    scope: TenantScope,
    filter: ClosedLinesFilter,
    after: NamedClosedLine | null,
    limit: number,
  ): Promise<NamedClosedLine[]> {
    const { text, values } = this.where(scope, filter);
    const from = after ? beyond(after) : { text: '1 = 1', values: [] };
    const rows: ClosedTableRow[] = await this.db.query(
      `select ${OF_LINE}, l.document_id, l.department_id, m.code as use_code, m.name as use_name
       from ${this.closed.table('closed_line')} l left join metered_resource m on m.resource_id = l.resource_id
       where ${text} and ${from.text}
       order by l.document_id, l.department_id, l.resource_id, l.meter, l.of_month, l.start_at, l.part limit ?`,
      [...values, ...from.values, limit],
    );
    return rows.map((row) => ({
      ...toClosedRow(row),
      ...{ documentId: row.document_id as string, departmentId: row.department_id as string },
      ...{ code: (row.use_code ?? row.resource_id) as string, name: (row.use_name ?? '') as string },
    }));
  }

  private where(scope: TenantScope, { centerId, departmentId, documentIds }: ClosedLinesFilter) {
    const own = within(scope);
    const conditions = ['l.document_id in (?)', own.text];
    const values: unknown[] = [inList(documentIds), ...own.values];
    if (departmentId !== null) {
      conditions.push('l.department_id = ?');
      values.push(departmentId);
    }
    if (centerId !== null) {
      conditions.push('l.center_id = ?');
      values.push(centerId);
    }
    return { text: conditions.join(' and '), values };
  }
}

const OF_LINE = ROW_COLUMNS.split(', ')
  .map((name) => `l.${name}`)
  .join(', ');

const KEY = ['document_id', 'department_id', 'resource_id', 'meter', 'of_month', 'start_at', 'part'] as const;

/** Key by key, because an engine that compares rows at once does not look into its index for it. */
function beyond(line: NamedClosedLine): { readonly text: string; readonly values: unknown[] } {
  const { departmentId, documentId, from, meter, ofMonth, part, resourceId } = line;
  const at = [documentId, departmentId, resourceId, meter, ofMonth, new Date(from), part];
  const steps = KEY.map((_, index) => {
    const equal = KEY.slice(0, index).map((name) => `l.${name} = ?`);
    return `(${[...equal, `l.${KEY[index]} > ?`].join(' and ')})`;
  });
  // The first column alone bounds the walk; the rest decides within it.
  return {
    text: `l.document_id >= ? and (${steps.join(' or ')})`,
    values: [documentId, ...KEY.flatMap((_, index) => at.slice(0, index + 1))],
  };
}
