/** Decides which lines a common cost has on the statements of a month, and whether a month may still be spread anew. */
import type { Fen } from '../../kernel/money.js';
import { meterOfPool, type SharedPool } from '../../sharedcosts/domain/shared-pool.js';
import type { Bearer, Spread } from '../../sharedcosts/domain/spread.js';
import { type Month, spanOfMonth } from './accounting-units.js';
import type { StatementLine } from './line-diff.js';

/** Millionths of a yuan in a fen: a line's unit price is all that is spread. */
const PRICE_PER_FEN = 10_000n;

/** What was spread before, as far as it says whether it is to be spread again. */
export interface SpreadBefore {
  readonly versionId: string;
  readonly amount: Fen | null;
  readonly carried: Fen;
  readonly spread: Fen;
  readonly settled: boolean;
}

/**
 * A part is fixed once its month is over and all use of it is known: a late line of one department moves no fen on another's
 * statement, which may be confirmed by then. Another amount, another rule, or nothing spread at all is spread anew.
 */
export function mustSpread(
  before: SpreadBefore | null,
  now: { readonly versionId: string; readonly amount: Fen | null; readonly carried: Fen },
): boolean {
  if (before === null || !before.settled) return true;
  if (before.versionId !== now.versionId || before.amount !== now.amount || before.carried !== now.carried) return true;
  return before.spread === 0n && (now.amount ?? 0n) + now.carried > 0n;
}

/**
 * A line says by itself how it came to its amount: all that is spread × weight ÷ all weights, to the fen by the largest
 * remainder.
 * @param idOf the use that a bearer's part is: the same every month.
 */
export function linesOfSpread(
  pool: SharedPool,
  versionId: string,
  month: Month,
  until: number,
  { parts, totalWeight }: Pick<Spread, 'parts' | 'totalWeight'>,
  idOf: (bearer: Bearer) => string,
): StatementLine[] {
  const { from, to } = spanOfMonth(month);
  const all = parts.reduce((sum, { amount }) => sum + amount, 0n);
  return parts.map(
    ({ amount, weight, ...bearer }): StatementLine => ({
      ...bearer,
      ...{ month, from, to: Math.min(to, until), intervalFrom: from, amount },
      ...{ resourceId: idOf(bearer), subjectId: pool.id, kind: 'SHARED', meter: meterOfPool(pool) },
      ...{ centerId: pool.centerId, architecture: null, share: 'MAIN' },
      ...{ tier: 0, quantity: 1n, period: 'MONTH', minimum: false, state: 'RATED' },
      portion: { numerator: weight, denominator: totalWeight },
      version: { id: versionId, price: all * PRICE_PER_FEN },
    }),
  );
}
