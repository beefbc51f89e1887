/** Decides what a batch is: lines of one kind that came as a table and are mended cell by cell until they are taken into a draft. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { Bilingual } from '../../kernel/bilingual.js';

/** OPEN: rows wait to be mended or taken. TAKEN: all of them are in the draft. DISCARDED: nobody wants the rest. */
export const BATCH_STATES = ['OPEN', 'TAKEN', 'DISCARDED'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** Cells that one edit changes: a column that was pasted over some hundred rows. */
export const CELLS_PER_EDIT_MAX = 500;
/** Of one person at once: more open tables than these are forgotten ones. */
export const OPEN_BATCHES_MAX = 20;

/**
 * REQUIRED: empty. FORMAT: not the right kind of text, such as a word for a number. RANGE: too much or too little.
 * UNKNOWN: what it names is not offered or not there. DUPLICATE: another line has this name. UNREADABLE: a formula, a
 * merged cell, an error value. CONFLICT: does not go with another cell.
 */
export const PROBLEM_KINDS = ['REQUIRED', 'FORMAT', 'RANGE', 'UNKNOWN', 'DUPLICATE', 'UNREADABLE', 'CONFLICT'] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export interface CellProblem {
  /** Key of the column; null = the whole row. */
  readonly column: string | null;
  readonly kind: ProblemKind;
  readonly message: Bilingual;
}

/** A row as it was sent and has been mended since. */
export interface BatchRow {
  readonly id: string;
  /** As the spreadsheet shows it. */
  readonly number: number;
  /** By the column's key; '' = empty. */
  readonly cells: { readonly [column: string]: string };
  /** Cells that could not be read as they looked, until somebody types in them. */
  readonly unread: { readonly [column: string]: Bilingual };
}

/** What the lines are for: a draft that is there, or the one that they begin. */
export interface BatchTarget {
  readonly requestId: string | null;
  readonly systemId: string;
  readonly projectId: string;
  readonly purpose: string;
}

export interface Batch extends BatchTarget {
  readonly id: string;
  readonly kind: LineKind;
  readonly state: BatchState;
  readonly version: number;
  readonly departmentId: string;
  /** Of a table of one service; null = of another kind, or of several services. */
  readonly serviceId: string | null;
  readonly fileName: string;
  readonly sm3: string;
  /** As the file had them. */
  readonly rowCount: number;
  /** The highest number that any of its rows ever had: an added one has the next, whichever were taken out. */
  readonly lastNumber: number;
  readonly takenCount: number;
  readonly createdAt: Date;
  readonly createdById: string;
  readonly createdBy: string;
}

/** Cells with what is typed in them: whatever stood there before is gone, also what could not be read. */
export function withCells(row: BatchRow, typed: ReadonlyMap<string, string>): BatchRow {
  const unread = Object.fromEntries(Object.entries(row.unread).filter(([column]) => !typed.has(column)));
  return { ...row, cells: { ...row.cells, ...Object.fromEntries(typed) }, unread };
}

/**
 * One more row, below all others: empty, or as another one is but for its name, which is a line's own.
 * @param number that no row of the table ever had
 */
export function addedRow(id: string, number: number, like: BatchRow | null): BatchRow {
  const { name: _, ...cells } = like?.cells ?? {};
  return { id, number, cells, unread: like?.unread ?? {} };
}
