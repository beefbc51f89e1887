/** Decides by which text a closed statement and a closed document are hashed: the same rows always give the same bytes. */
import type { Fen } from '../../kernel/money.js';
import type { Month } from './accounting-units.js';
import type { Book } from './closing.js';

/** Whoever checks a hash years later must know by which rule it was made. */
export const CLOSED_FORMAT = 'JIYUN-CLOSED-1';

/** A closed row, as the database gives it; a column that is null is an empty field. */
export interface ClosedRow {
  readonly resourceId: string;
  readonly meter: string;
  readonly ofMonth: Month;
  readonly from: number;
  readonly to: number;
  readonly part: number;
  readonly lineKind: string;
  readonly cause: string | null;
  readonly adjustment: boolean;
  readonly subjectId: string;
  readonly kind: string;
  readonly systemId: string | null;
  readonly projectId: string | null;
  readonly centerId: string | null;
  readonly architecture: string | null;
  readonly share: string;
  readonly quantity: bigint | null;
  readonly period: string | null;
  readonly portionNumerator: bigint | null;
  readonly portionDenominator: bigint | null;
  readonly minimum: boolean;
  readonly state: string;
  readonly priceVersionId: string | null;
  readonly unitPrice: string | null;
  readonly rated: Fen | null;
  readonly before: Fen | null;
  readonly amount: Fen;
}

export interface ClosedStatementHead {
  readonly documentId: string;
  readonly departmentId: string;
  readonly departmentName: string;
}

export interface ClosedStatement extends ClosedStatementHead {
  readonly lines: number;
  readonly amount: Fen;
  readonly hash: string;
}

export interface DocumentHead {
  readonly id: string;
  readonly kind: string;
  readonly book: Book;
  readonly month: Month;
  readonly ofMonth: Month;
  readonly round: number;
  readonly reversesId: string | null;
  /** Of the document that was closed before in the same book: one that is left out is missed by the next. */
  readonly previousHash: string | null;
}

/** Ids, words and numbers hold neither tab nor line end; the one name that people wrote is quoted. */
const FIELD = '\t';
const ROW = '\n';

/** @param rows in the order of use, meter, month, start and part. */
export function statementText(head: ClosedStatementHead, rows: readonly ClosedRow[]): string {
  const lines = rows.map(rowText);
  const amount = rows.reduce((sum, row) => sum + row.amount, 0n);
  return [
    [CLOSED_FORMAT, 'STATEMENT', head.documentId, head.departmentId, JSON.stringify(head.departmentName)].join(FIELD),
    ...lines,
    ['SUM', rows.length, amount].join(FIELD),
  ].join(ROW);
}

function rowText(row: ClosedRow): string {
  return [
    ...[row.resourceId, row.meter, row.ofMonth, row.from, row.to, row.part, row.lineKind, row.cause ?? ''],
    ...[row.adjustment ? 1 : 0, row.subjectId, row.kind, row.systemId ?? '', row.projectId ?? '', row.centerId ?? ''],
    ...[row.architecture ?? '', row.share, row.quantity ?? '', row.period ?? '', row.portionNumerator ?? ''],
    ...[row.portionDenominator ?? '', row.minimum ? 1 : 0, row.state, row.priceVersionId ?? '', row.unitPrice ?? ''],
    ...[row.rated ?? '', row.before ?? '', row.amount],
  ].join(FIELD);
}

export function documentText(head: DocumentHead, statements: readonly ClosedStatement[]): string {
  const inOrder = statements.toSorted((a, b) => (a.departmentId < b.departmentId ? -1 : 1));
  const sum = sumOfStatements(statements);
  return [
    [
      ...[CLOSED_FORMAT, 'DOCUMENT', head.id, head.kind, head.book, head.month, head.ofMonth, head.round],
      ...[head.reversesId ?? '', head.previousHash ?? ''],
    ].join(FIELD),
    ...inOrder.map(({ amount, departmentId, hash, lines }) => [departmentId, lines, amount, hash].join(FIELD)),
    ['SUM', statements.length, sum.lines, sum.amount].join(FIELD),
  ].join(ROW);
}

export function sumOfStatements(statements: readonly Pick<ClosedStatement, 'lines' | 'amount'>[]): {
  readonly lines: number;
  readonly amount: Fen;
} {
  return statements.reduce((sum, { amount, lines }) => ({ lines: sum.lines + lines, amount: sum.amount + amount }), {
    lines: 0,
    amount: 0n,
  });
}
