/** Decides how exact fractions are added, multiplied and rounded: what is divided among causes is rounded once and never drifts. */

export interface Fraction {
  readonly n: bigint;
  /** Above nothing. */
  readonly d: bigint;
}

export const NOTHING: Fraction = { n: 0n, d: 1n };

export function plus(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? { n: a.n + b.n, d: a.d } : reduced({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return reduced({ n: a.n * b.n, d: a.d * b.d });
}

/** @param b other than nothing. */
export function over(a: Fraction, b: Fraction): Fraction {
  return b.n < 0n ? times(a, { n: -b.d, d: -b.n }) : times(a, { n: b.d, d: b.n });
}

/** Below nothing, at it, or above it. */
export function compare(a: Fraction, b: Fraction): bigint {
  return a.n * b.d - b.n * a.d;
}

/** Half up, as a line rounds. */
export function rounded({ d, n }: Fraction): bigint {
  const twice = 2n * n + d;
  const whole = twice / (2n * d);
  return twice < 0n && whole * 2n * d !== twice ? whole - 1n : whole;
}

function reduced({ d, n }: Fraction): Fraction {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a <= 1n ? { n, d } : { n: n / a, d: d / a };
}
