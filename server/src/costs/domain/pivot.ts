/** Decides how consolidated costs are laid out as a table: which rows and columns it has, in what order, and what is folded into the rest. */
import type { Fen } from '../../kernel/money.js';

/** What costs can be divided by. BUDGET_CODE (预算项目编码) is of the project that pays. MONTH is the statement's, or the month of use: as the question says. */
export const COST_DIMENSIONS = [
  'DEPARTMENT',
  'CITY',
  'SYSTEM',
  'PROJECT',
  'BUDGET_CODE',
  'CENTER',
  'KIND',
  'SHARE',
  'MONTH',
  'QUARTER',
  'YEAR',
] as const;
export type CostDimension = (typeof COST_DIMENSIONS)[number];

/** Of time: in their own order, and every one between the first and the last is there though nothing was used in it. */
export const TIME_DIMENSIONS: ReadonlySet<CostDimension> = new Set(['MONTH', 'QUARTER', 'YEAR']);

/** Cells of which several keys are one: of a project that of its budget item. */
export function renamed(
  cells: readonly CostCell[],
  side: 'row' | 'column',
  nameOf: (key: string) => string | null,
): CostCell[] {
  return cells.map((cell) => {
    const key = cell[side];
    return key === null ? cell : { ...cell, [side]: nameOf(key) };
  });
}

/** One sum of the book: which row and which column it belongs to; null = of none (a service has no center). */
export interface CostCell {
  readonly row: string | null;
  readonly column: string | null;
  readonly amount: Fen;
}

export interface PivotRow {
  readonly key: string | null;
  /** By the columns of the table, in their order. */
  readonly amounts: readonly Fen[];
  readonly total: Fen;
}

export interface Pivot {
  readonly columns: readonly (string | null)[];
  readonly rows: readonly PivotRow[];
  /** What the rows beyond the most came to, and how many they are; null = all are shown. */
  readonly rest: { readonly rows: number; readonly amounts: readonly Fen[]; readonly total: Fen } | null;
  /** By column, of all rows. */
  readonly amounts: readonly Fen[];
  readonly total: Fen;
}

export interface Layout {
  readonly rows: CostDimension;
  readonly columns: CostDimension | null;
  /** Keys of time that the table shows though there is nothing of them, in order; for dimensions of time. */
  readonly times: Partial<Record<CostDimension, readonly string[]>>;
  readonly rowsMax: number;
  readonly columnsMax: number;
}

/**
 * Lays cells out. Whatever the layout, the sum of all is the same to the fen: rows beyond the most are one row of their
 * own, and so are columns (null-safe: what belongs to none has a row too). Rows and columns of time stand in time's
 * order, others by what they come to, the dearest first.
 */
export function layOut(cells: readonly CostCell[], layout: Layout): Pivot {
  const columns = axis(cells, 'column', layout.columns, layout.times, layout.columnsMax);
  const at = new Map(columns.keys.map((key, index) => [key, index]));
  const last = columns.keys.length - 1;
  const width = columns.keys.length;
  const rowAxis = axis(cells, 'row', layout.rows, layout.times, layout.rowsMax);
  const byRow = new Map(rowAxis.keys.map((key) => [key, Array<Fen>(width).fill(0n)]));
  const rest = Array<Fen>(width).fill(0n);
  const all = Array<Fen>(width).fill(0n);
  for (const { row, column, amount } of cells) {
    const index = at.get(column) ?? last;
    const amounts = byRow.get(row) ?? rest;
    amounts[index] = (amounts[index] as Fen) + amount;
    all[index] = (all[index] as Fen) + amount;
  }
  return {
    columns: columns.keys,
    rows: [...byRow].map(([key, amounts]) => ({ key, amounts, total: sum(amounts) })),
    rest: rowAxis.beyond === 0 ? null : { rows: rowAxis.beyond, amounts: rest, total: sum(rest) },
    amounts: all,
    total: sum(all),
  };
}

/** Stands for all columns beyond the most. */
export const REST_KEY = 'REST';

function axis(
  cells: readonly CostCell[],
  side: 'row' | 'column',
  dimension: CostDimension | null,
  times: Layout['times'],
  most: number,
): { readonly keys: readonly (string | null)[]; readonly beyond: number } {
  if (dimension === null) return { keys: [null], beyond: 0 };
  const totals = new Map<string | null, Fen>();
  for (const cell of cells) totals.set(cell[side], (totals.get(cell[side]) ?? 0n) + cell.amount);
  const keys = TIME_DIMENSIONS.has(dimension)
    ? [...new Set([...(times[dimension] ?? []), ...totals.keys()])].toSorted(textOrder)
    : [...totals]
        .toSorted(([a, x], [b, y]) => compareFen(magnitude(y), magnitude(x)) || textOrder(a, b))
        .map(([key]) => key);
  const beyond = Math.max(0, keys.length - most);
  if (beyond === 0) return { keys, beyond };
  return side === 'row'
    ? { keys: keys.slice(0, most), beyond }
    : { keys: [...keys.slice(0, most - 1), REST_KEY], beyond };
}

function textOrder(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}

function compareFen(a: Fen, b: Fen): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function magnitude(amount: Fen): Fen {
  return amount < 0n ? -amount : amount;
}

function sum(amounts: readonly Fen[]): Fen {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** Keys of time between two months, both included. */
export function timesBetween(from: string, to: string): Record<'MONTH' | 'QUARTER' | 'YEAR', string[]> {
  const months: string[] = [];
  const [firstYear = 0, firstMonth = 1] = from.split('-').map(Number);
  for (let at = firstYear * 12 + firstMonth - 1; ; at += 1) {
    const month = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
    if (month > to) break;
    months.push(month);
  }
  return {
    MONTH: months,
    QUARTER: [...new Set(months.map(quarterOf))],
    YEAR: [...new Set(months.map((month) => month.slice(0, 4)))],
  };
}

/** 2026-11 is in 2026-Q4. */
export function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}
