/** Decides how what a center costs in common is spread over those who use it: exact to the fen, and never lost where nobody does. */
import { apportion } from '../../kernel/apportion.js';
import type { Fen } from '../../kernel/money.js';

/** Whoever bears a part: a department with its system and project. */
export interface Bearer {
  readonly departmentId: string;
  readonly systemId: string | null;
  readonly projectId: string | null;
}

export interface WeightedBearer extends Bearer {
  /** Whole numbers: fen, or units × seconds. */
  readonly weight: bigint;
}

export interface SharedPart extends WeightedBearer {
  readonly amount: Fen;
}

export interface Spread {
  /** In the order of the bearers' keys; parts that come to nothing are left out. */
  readonly parts: readonly SharedPart[];
  readonly totalWeight: bigint;
  readonly spread: Fen;
  /** Nobody used anything that it could be spread by. */
  readonly unallocated: Fen;
}

/**
 * @param due the month's amount; a month that owes less than nothing spreads nothing, and what is left is carried on.
 * @param fixed what those whose accounts are closed bear already: it stays theirs, and the others bear the rest.
 */
export function spreadOf(due: Fen, fixed: Fen, bearers: readonly WeightedBearer[]): Spread {
  const rest = due - fixed;
  // Of equal remainders the first gets the fen: whoever asks in another order gets the same answer.
  const inOrder = bearers
    .filter(({ weight }) => weight > 0n)
    .toSorted((a, b) => (bearerKey(a) < bearerKey(b) ? -1 : 1));
  const totalWeight = inOrder.reduce((sum, { weight }) => sum + weight, 0n);
  const amounts =
    rest > 0n
      ? apportion(
          rest,
          inOrder.map(({ weight }) => weight),
        )
      : [];
  if (amounts === null) return { parts: [], totalWeight, spread: fixed, unallocated: rest };
  const parts = amounts.flatMap((amount, at): SharedPart[] => {
    const bearer = inOrder[at];
    return bearer && amount > 0n ? [{ ...bearer, amount }] : [];
  });
  return { parts, totalWeight, spread: fixed + parts.reduce((sum, { amount }) => sum + amount, 0n), unallocated: 0n };
}

export function bearerKey({ departmentId, projectId, systemId }: Bearer): string {
  return `${departmentId} ${systemId} ${projectId}`;
}

/** What of a month is closed: its own amount as it is known now, and what was spread and left over when it was closed. */
export interface ClosedShare {
  readonly own: Fen;
  readonly settled: Fen;
}

/** What the first open month bears beside its own: what is known of closed ones too late, so that all months add up. */
export function carriedOver(closed: readonly ClosedShare[]): Fen {
  return closed.reduce((sum, { own, settled }) => sum + own - settled, 0n);
}
