import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Result } from '../../kernel/result.js';

/** The longest table of one import: its rows become one transaction, which may not live longer than 5 s (design §5); 10,000 servers with places take 4 s of two cores. */
export const ROWS_MAX = 10_000;
/** The widest form has some thirty; more columns than that is a pasted report. */
export const COLUMNS_MAX = 100;
/** A paragraph. The longest text that any column of ours keeps is shorter. */
export const CELL_CHARS_MAX = 2_000;
/** All cells together, so that 10,000 rows of long texts cannot fill the memory either (2 bytes a character). */
export const TEXT_CHARS_MAX = 20_000_000;
/** A list longer than this helps nobody; reading stops there. */
export const PROBLEMS_MAX = 200;

export const SHEET_FORMATS = ['CSV', 'XLSX'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

/** A row with something in it. Every cell is the text that a person reads there, trimmed; '' = empty. */
export interface SheetRow {
  /** As the spreadsheet shows it, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

export interface Sheet {
  readonly rows: readonly SheetRow[];
}

/** What is wrong, and in which cell; null = the whole row, column or file. */
export interface SheetProblem {
  readonly row: number | null;
  /** From 0. */
  readonly column: number | null;
  readonly message: Bilingual;
}

/** A table to be mended cell by cell: what is wrong in a cell stands beside the rows. */
export interface SheetCells extends Sheet {
  readonly problems: readonly SheetProblem[];
}

export type SheetResult = Result<Sheet, readonly SheetProblem[]>;

/** Share of the file that has been read, 0 to 1. Called often; must be quick. */
export type ReadProgress = (share: number) => void;

/** "A" to "Z", "AA" … as a spreadsheet names its columns. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** "B7"; a column or a row alone where the other is not known; null for the file as a whole. */
export function cellName(row: number | null, column: number | null): string | null {
  if (row === null && column === null) return null;
  return `${column === null ? '' : columnName(column)}${row === null ? '' : row}`;
}

export function problem(row: number | null, column: number | null, zh: string, en: string): SheetProblem {
  return { row, column, message: say(zh, en) };
}

/** Ends the reading: what follows cannot be understood, or is too much. */
export class Unreadable extends Error {
  override name = 'Unreadable';

  constructor(readonly problems: readonly SheetProblem[]) {
    super(problems[0]?.message.en ?? 'unreadable');
  }

  static because(zh: string, en: string, row: number | null = null, column: number | null = null): Unreadable {
    return new Unreadable([problem(row, column, zh, en)]);
  }
}
