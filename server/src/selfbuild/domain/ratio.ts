/** Decides nothing: exact fractions of whole numbers, so that only whoever rounds says where and how. */

export interface Ratio {
  readonly n: bigint;
  /** Above nought. */
  readonly d: bigint;
}

export function ratio(n: bigint, d = 1n): Ratio {
  if (d <= 0n) throw new RangeError('a fraction is of something above nought');
  return { n, d };
}

export const NOUGHT: Ratio = { n: 0n, d: 1n };

export function plus(...some: readonly Ratio[]): Ratio {
  return some.reduce(({ n, d }, one) => ({ n: n * one.d + one.n * d, d: d * one.d }), NOUGHT);
}

export function minus(a: Ratio, b: Ratio): Ratio {
  return plus(a, { n: -b.n, d: b.d });
}

export function times(...some: readonly (Ratio | bigint)[]): Ratio {
  return some.reduce<Ratio>(
    ({ n, d }, one) => (typeof one === 'bigint' ? { n: n * one, d } : { n: n * one.n, d: d * one.d }),
    { n: 1n, d: 1n },
  );
}

export function greater(a: Ratio, b: Ratio): Ratio {
  return a.n * b.d >= b.n * a.d ? a : b;
}

export function largest(first: bigint, ...others: readonly bigint[]): bigint {
  return others.reduce((most, one) => {
    if (one > most) return one;
    return most;
  }, first);
}

/** The least whole number that is not less; of nothing below nought. */
export function ceiling({ n, d }: Ratio): bigint {
  return n <= 0n ? 0n : (n + d - 1n) / d;
}

/** Half away from nought. */
export function rounded({ n, d }: Ratio): bigint {
  const half = (2n * (n < 0n ? -n : n) + d) / (2n * d);
  return n < 0n ? -half : half;
}

/** As people read it, to so many decimals, without what says nothing at its end. */
export function textOf(value: Ratio, decimals: number): string {
  const scaled = rounded(times(value, 10n ** BigInt(decimals)));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const [whole, rest] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  const short = rest.replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${whole}${short === '' ? '' : `.${short}`}`;
}
