import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { auditSchemaOf } from '../platform/database/data-source.js';
import { inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import type { Month } from './domain/accounting-units.js';
import type { ClosedRow, ClosedStatement, DocumentHead } from './domain/closed-text.js';
import type { Book, ClosedKind } from './domain/closing.js';

export interface ClosedDocumentRow extends DocumentHead {
  readonly kind: ClosedKind;
  readonly statements: number;
  readonly lines: number;
  readonly amount: bigint;
  readonly hash: string;
  readonly format: string;
  readonly requestedById: string;
  readonly requestedByName: string;
  readonly approvedById: string;
  readonly approvedByName: string;
  readonly closedAt: Date;
}

export type ClosedTableRow = Record<string, string | number | Date | null>;
type Row = ClosedTableRow;

/** Columns that a closed line has of the use that it is of. */
const USE_COLUMNS =
  'end_at, subject_id, kind, system_id, project_id, center_id, architecture, share, quantity, period, portion_numerator, portion_denominator, minimum, state, price_version_id, unit_price';
export const ROW_COLUMNS = `resource_id, meter, of_month, start_at, part, line_kind, cause, adjustment, ${USE_COLUMNS}, rated_fen, before_fen, amount_fen`;
const COLUMNS = `document_id, department_id, ${ROW_COLUMNS}`;

/** An open dispute of a rated line: it is not charged meanwhile. */
export const OPEN_DISPUTE = `left join line_dispute d on d.month = l.month and d.resource_id = l.resource_id
       and d.meter = l.meter and d.start_at = l.start_at and d.tier = l.tier and d.open = 1`;

/** Of a month in which nothing is disputed: looking for a dispute of each of half a million lines is most of what they cost. */
const NO_DISPUTE = 'left join (select null as id) d on 1 = 1';

/** How the lines of a month are joined with their open disputes, as `d`. */
export async function disputesJoined({ manager }: Reading, month: Month): Promise<string> {
  const [row] = await manager.query('select 1 as found from line_dispute where month = ? and open = 1 limit 1', [
    month,
  ]);
  return row ? OPEN_DISPUTE : NO_DISPUTE;
}

/** What was closed. The application's account may add here and read; it changes nothing, and nothing here asks it to. */
@Injectable()
export class ClosedRepository {
  private readonly schema: string;

  constructor(private readonly db: DataSource) {
    this.schema = auditSchemaOf(db.options.database as string);
  }

  /** `schema.table`, for reads that join closed lines with others. */
  table(name: 'closed_document' | 'closed_statement' | 'closed_line'): string {
    return `\`${this.schema}\`.${name}`;
  }

  /** Copies one department's draft of a month, corrections of earlier months with it, by two statements. */
  async freezeStatement(tx: Tx, documentId: string, month: Month, departmentId: string): Promise<void> {
    await tx.manager.query(
      `insert into ${this.table('closed_line')} (${COLUMNS})
       select ?, l.department_id, l.resource_id, l.meter, l.month, l.start_at, l.tier, 'USE', null, 0, l.end_at, l.subject_id,
         l.kind, l.system_id, l.project_id, l.center_id, l.architecture, l.share, l.quantity, l.period,
         l.portion_numerator, l.portion_denominator, l.minimum, if(d.id is null, l.state, 'SUSPENDED'),
         l.price_version_id, l.unit_price, l.amount_fen, null, if(d.id is null, coalesce(l.amount_fen, 0), 0)
       from rated_line l ${await disputesJoined(tx, month)} where l.month = ? and l.department_id = ?`,
      [documentId, month, departmentId],
    );
    await tx.manager.query(
      `insert into ${this.table('closed_line')} (${COLUMNS})
       select ?, department_id, resource_id, meter, of_month, start_at, part, 'CORRECTION', cause, adjustment, end_at,
         subject_id, kind, system_id, project_id, center_id, architecture, share, null, null, null, null, 0, 'RATED',
         null, null, null, before_fen, amount_fen
       from correction_line where month = ? and department_id = ?`,
      [documentId, month, departmentId],
    );
  }

  /** The negative of what one department was charged by a document, line by line. */
  async freezeReversal(tx: Tx, documentId: string, reversesId: string, departmentId: string): Promise<void> {
    await tx.manager.query(
      `insert into ${this.table('closed_line')} (${COLUMNS})
       select ?, department_id, resource_id, meter, of_month, start_at, part, 'REVERSAL', null, adjustment,
         ${USE_COLUMNS}, rated_fen, amount_fen, -amount_fen
       from ${this.table('closed_line')} where document_id = ? and department_id = ?`,
      [documentId, reversesId, departmentId],
    );
  }

  /** In the order of the canonical text. */
  async rows({ manager }: Reading, documentId: string, departmentId: string): Promise<ClosedRow[]> {
    const rows: Row[] = await manager.query(
      `select ${ROW_COLUMNS} from ${this.table('closed_line')} where document_id = ? and department_id = ?
       order by resource_id, meter, of_month, start_at, part`,
      [documentId, departmentId],
    );
    return rows.map(toClosedRow);
  }

  async insertStatement(tx: Tx, { amount, departmentId, departmentName, documentId, hash, lines }: ClosedStatement) {
    await tx.manager.query(
      `insert into ${this.table('closed_statement')}
         (document_id, department_id, department_name, line_count, amount_fen, hash) values (?)`,
      [[documentId, departmentId, departmentName, lines, amount.toString(), hash]],
    );
  }

  async insertDocument(tx: Tx, row: ClosedDocumentRow): Promise<void> {
    await tx.manager.query(
      `insert into ${this.table('closed_document')} (id, kind, book, month, of_month, round, reverses_id, previous_hash,
         statement_count, line_count, amount_fen, hash, format, requested_by_id, requested_by_name, approved_by_id,
         approved_by_name, closed_at) values (?)`,
      [
        [
          ...[row.id, row.kind, row.book, row.month, row.ofMonth, row.round, row.reversesId, row.previousHash],
          ...[row.statements, row.lines, row.amount.toString(), row.hash, row.format, row.requestedById],
          ...[row.requestedByName, row.approvedById, row.approvedByName, row.closedAt],
        ],
      ],
    );
  }

  /** Also of a document that is only being frozen. */
  async statements({ manager }: Reading, documentId: string): Promise<ClosedStatement[]> {
    const rows: Row[] = await manager.query(
      `select * from ${this.table('closed_statement')} where document_id = ? order by department_id`,
      [documentId],
    );
    return rows.map((row) => ({
      documentId,
      departmentId: row.department_id as string,
      departmentName: row.department_name as string,
      lines: Number(row.line_count),
      amount: BigInt(row.amount_fen as string),
      hash: row.hash as string,
    }));
  }

  /** The last of a book; null = nothing was ever closed in it. */
  async newest({ manager }: Reading, book: Book): Promise<ClosedDocumentRow | null> {
    const [row]: Row[] = await manager.query(
      `select * from ${this.table('closed_document')} where book = ? order by closed_at desc, id desc limit 1`,
      [book],
    );
    return row ? toDocument(row) : null;
  }

  /** When the last of any book was closed; null = nothing ever was. */
  async lastClosedAt({ manager }: Reading): Promise<Date | null> {
    const [row]: { at: Date | null }[] = await manager.query(
      `select max(closed_at) as at from ${this.table('closed_document')}`,
    );
    return row?.at ?? null;
  }

  async documents(ids: readonly string[], { manager }: Reading = this.db): Promise<ClosedDocumentRow[]> {
    const rows: Row[] = await manager.query(`select * from ${this.table('closed_document')} where id in (?)`, [
      inList(ids),
    ]);
    return rows.map(toDocument);
  }

  /** In the order in which they were sealed: no two at one moment, none earlier than one that was there before. */
  async after(closedAfter: ClosedDocumentRow | null, limit: number, book: Book | null = null) {
    const conditions = ['1 = 1'];
    const values: unknown[] = [];
    if (closedAfter) {
      conditions.push('(closed_at > ? or (closed_at = ? and id > ?))');
      values.push(closedAfter.closedAt, closedAfter.closedAt, closedAfter.id);
    }
    if (book !== null) {
      conditions.push('book = ?');
      values.push(book);
    }
    const rows: Row[] = await this.db.query(
      `select * from ${this.table('closed_document')} where ${conditions.join(' and ')} order by closed_at, id limit ?`,
      [...values, limit],
    );
    return rows.map(toDocument);
  }

  /** Documents that stand in a month's statements. */
  async ofMonth(month: Month): Promise<ClosedDocumentRow[]> {
    const rows: Row[] = await this.db.query(
      `select * from ${this.table('closed_document')} where month = ? order by closed_at, id`,
      [month],
    );
    return rows.map(toDocument);
  }
}

function toDocument(row: Row): ClosedDocumentRow {
  const text = (name: string) => row[name] as string;
  return {
    ...{ id: text('id'), kind: row.kind as ClosedKind, book: text('book'), month: text('month') },
    ...{ ofMonth: text('of_month'), round: Number(row.round), reversesId: row.reverses_id as string | null },
    previousHash: row.previous_hash as string | null,
    ...{ statements: Number(row.statement_count), lines: Number(row.line_count), amount: BigInt(text('amount_fen')) },
    ...{ hash: text('hash'), format: text('format'), closedAt: row.closed_at as Date },
    ...{ requestedById: text('requested_by_id'), requestedByName: text('requested_by_name') },
    ...{ approvedById: text('approved_by_id'), approvedByName: text('approved_by_name') },
  };
}

export function toClosedRow(row: Row): ClosedRow {
  const text = (name: string) => row[name] as string | null;
  const whole = (name: string) => (row[name] === null ? null : BigInt(row[name] as string));
  const at = (name: string) => (row[name] as Date).getTime();
  return {
    ...{ resourceId: row.resource_id as string, meter: row.meter as string, ofMonth: row.of_month as string },
    ...{ from: at('start_at'), to: at('end_at'), part: Number(row.part), lineKind: row.line_kind as string },
    ...{ cause: text('cause'), adjustment: Number(row.adjustment) === 1, subjectId: row.subject_id as string },
    ...{ kind: row.kind as string, systemId: text('system_id'), projectId: text('project_id') },
    ...{ centerId: text('center_id'), architecture: text('architecture'), share: row.share as string },
    ...{ quantity: whole('quantity'), period: text('period'), portionNumerator: whole('portion_numerator') },
    ...{ portionDenominator: whole('portion_denominator'), minimum: Number(row.minimum) === 1 },
    ...{ state: row.state as string, priceVersionId: text('price_version_id'), unitPrice: text('unit_price') },
    ...{ rated: whole('rated_fen'), before: whole('before_fen'), amount: BigInt(row.amount_fen as string) },
  };
}
