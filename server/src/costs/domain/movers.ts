/** Decides whose costs moved most from one month to another: by the difference of two sums, the largest first, the rest as one. */
import type { Fen } from '../../kernel/money.js';
import type { CostCell } from './pivot.js';

export interface Mover {
  /** null = of none. */
  readonly key: string | null;
  readonly before: Fen;
  readonly after: Fen;
  /** after − before. */
  readonly change: Fen;
}

export interface Movers {
  readonly before: Fen;
  readonly after: Fen;
  readonly change: Fen;
  readonly movers: readonly Mover[];
  /** Whoever else moved: how many, and by what in all; null = everybody who moved is named. */
  readonly rest: { readonly count: number; readonly change: Fen } | null;
}

/**
 * Of sums by one side (rows) and month (columns). What did not move is not named, and what is beyond the most stands in the
 * rest: the changes of all always come to the change of the total.
 */
export function moversOf(cells: readonly CostCell[], before: string, after: string, most: number): Movers {
  const sums = new Map<string | null, { before: Fen; after: Fen }>();
  for (const { row, column, amount } of cells) {
    if (column !== before && column !== after) continue;
    const sum = sums.get(row) ?? { before: 0n, after: 0n };
    if (column === before) sum.before += amount;
    else sum.after += amount;
    sums.set(row, sum);
  }
  const moved = [...sums]
    .map(([key, sum]): Mover => ({ key, ...sum, change: sum.after - sum.before }))
    .filter(({ change }) => change !== 0n)
    .toSorted((a, b) => compare(magnitude(b.change), magnitude(a.change)) || compareKeys(a.key, b.key));
  const beyond = moved.slice(most);
  const [was, is] = [total(sums.values(), 'before'), total(sums.values(), 'after')];
  return {
    ...{ before: was, after: is, change: is - was },
    movers: moved.slice(0, most),
    rest:
      beyond.length === 0
        ? null
        : { count: beyond.length, change: beyond.reduce((sum, { change }) => sum + change, 0n) },
  };
}

function total(sums: Iterable<{ before: Fen; after: Fen }>, side: 'before' | 'after'): Fen {
  return [...sums].reduce((all, sum) => all + sum[side], 0n);
}

function magnitude(amount: Fen): Fen {
  return amount < 0n ? -amount : amount;
}

function compare(a: Fen, b: Fen): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareKeys(a: string | null, b: string | null): number {
  return (a ?? '~') < (b ?? '~') ? -1 : 1;
}
