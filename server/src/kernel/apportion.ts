/** How one known amount is divided: by weights, exact to the fen, what is left over going to the largest remainders. */
import type { Fen } from './money.js';

/**
 * Parts in the order of the weights, whose sum is the total; null = no weight at all, so nobody can be given anything and
 * the caller shows it as unallocated. A negative total is divided as its positive one: a reversal meets every part.
 */
export function apportion(total: Fen, weights: readonly bigint[]): Fen[] | null {
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight is never negative');
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) return null;
  const size = total < 0n ? -total : total;
  const parts = weights.map((weight) => (size * weight) / whole);
  const left = Number(size - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = weights
    .map((weight, at) => ({ at, remainder: (size * weight) % whole }))
    // Of equal remainders the earlier goes first: the same every time.
    .toSorted((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1));
  for (const { at } of byRemainder.slice(0, left)) parts[at] = (parts[at] ?? 0n) + 1n;
  return total < 0n ? parts.map((part) => -part) : parts;
}
