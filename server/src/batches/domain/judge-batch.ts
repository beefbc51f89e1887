/** Decides which rows of a batch could be taken as they are: what its cells say, and what the lines' own rules say. */
import type { Refusal } from '../../kernel/refusal.js';
import type { LineContent } from '../../requests/domain/content.js';
import type { CellProblem } from './batch.js';
import type { AskedService } from './batch-choices.js';
import { problemOf, type ReadRow } from './read-lines.js';

export interface JudgedRow extends ReadRow {
  readonly right: boolean;
}

export interface RefusedLine {
  readonly line: number;
  readonly refusal: Refusal;
}

/** The lines that could be read, in the order of their rows: what is asked of the catalog's rules. */
export function readable(rows: readonly ReadRow[]): LineContent[] {
  return rows.flatMap(({ line }) => line ?? []);
}

/** @param refused of `readable(rows)`, by its numbers. */
export function judgeRows(
  rows: readonly ReadRow[],
  refused: readonly RefusedLine[],
  service: AskedService | null = null,
): JudgedRow[] {
  const byLine = Map.groupBy(refused, ({ line }) => line);
  let at = -1;
  return rows.map((read) => {
    if (read.line) at += 1;
    const more = read.line ? (byLine.get(at) ?? []).map(({ refusal }) => problemOf(refusal, service)) : [];
    const problems: readonly CellProblem[] = [...read.problems, ...more];
    return { ...read, problems, right: problems.length === 0 };
  });
}
