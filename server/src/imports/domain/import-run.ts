/** Decides through which states an import goes and what may be done with it in each. */
import type { Bilingual } from '../../kernel/bilingual.js';

/**
 * UPLOADED: waits for its turn. READING: file and rows are looked at. PREVIEWED: what it would do is known. APPLYING, DONE:
 * it does, it did. FAILED: it could not be read or was broken off; nothing was imported. DISCARDED: nobody wants it.
 */
export const IMPORT_STATES = ['UPLOADED', 'READING', 'PREVIEWED', 'APPLYING', 'DONE', 'FAILED', 'DISCARDED'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const ROW_OUTCOMES = ['ADD', 'UNCHANGED', 'PROBLEM'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** A longer list helps nobody: these are mended first, and the file is sent again. */
export const PROBLEMS_KEPT_MAX = 200;
/** Rows that a preview shows: enough to see that the columns are understood. */
export const SAMPLE_ROWS_MAX = 20;
/** Files of one run; a table is one file, device types are one file each. */
export const FILES_PER_RUN_MAX = 200;
/** Without a sign of life for so long, the process that worked on it is gone. */
export const SILENT_RUN_MS = 2 * 60_000;
/** A run that waits longer than this for its turn has been forgotten by a process that is gone. */
export const WAITING_RUN_MS = 30 * 60_000;

/** What is wrong, in the words and the place of the file that was sent. */
export interface ImportProblem {
  /** null where there is but one file. */
  readonly file: string | null;
  /** Row of the table, or document of the file. */
  readonly row: number | null;
  /** "B7", as the spreadsheet names it. */
  readonly cell: string | null;
  /** Title of the column, or the field of the document. */
  readonly column: Bilingual | null;
  readonly message: Bilingual;
}

export interface SampleRow {
  readonly row: number;
  readonly outcome: RowOutcome;
  /** In the order of the kind's columns; a choice as the code knows it. */
  readonly cells: readonly string[];
}

export interface ImportCounts {
  readonly rows: number;
  readonly added: number;
  readonly unchanged: number;
  /** All of them, also those that are not kept. */
  readonly problems: number;
}

export interface ImportRun extends ImportCounts {
  readonly id: string;
  readonly kind: string;
  readonly state: ImportState;
  readonly startedBy: string | null;
  readonly starterName: string;
  readonly startedAt: Date;
  readonly changedAt: Date;
  /** Of the state that it is in. */
  readonly percent: number;
  readonly problemList: readonly ImportProblem[];
  readonly sample: readonly SampleRow[];
  /** Why it FAILED, or why its last APPLYING did not end in DONE. */
  readonly failure: Bilingual | null;
  readonly appliedAt: Date | null;
  readonly version: number;
}

export function mayApply(run: Pick<ImportRun, 'state' | 'problems'>): boolean {
  return run.state === 'PREVIEWED' && run.problems === 0;
}

export function mayDiscard(state: ImportState): boolean {
  return state === 'PREVIEWED' || state === 'FAILED';
}
