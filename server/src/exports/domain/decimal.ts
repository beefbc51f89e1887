/** Decides how exact decimals are read, written, multiplied and cut: a figure of money never passes through a float. */

/** value = digits / 10^scale. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Always with a decimal point: readers of FOCUS files type a column of whole numbers as integers otherwise. */
const DECIMAL = /^(-?)(0|[1-9]\d*)\.(\d{1,18})$/;

/** undefined = no decimal as these files write one: no exponent, no plus, no thousands separator, no leading nought. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const size = BigInt(whole + fraction);
  if (sign === '-' && size === 0n) return undefined;
  return { digits: sign === '-' ? -size : size, scale: fraction.length };
}

/** Without noughts at its end, but with so many places at least. */
export function formatDecimal({ digits, scale }: Decimal, placesMin = 1): string {
  const size = digits < 0n ? -digits : digits;
  const text = size.toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text
    .slice(text.length - scale)
    .replace(/0+$/, '')
    .padEnd(placesMin, '0');
  return `${digits < 0n ? '-' : ''}${whole}.${fraction}`;
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

export function negative({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale };
}

/** numerator / denominator, rounded half up to so many places; neither is negative. */
export function quotient(numerator: bigint, denominator: bigint, scale: number): Decimal {
  if (numerator < 0n || denominator <= 0n) throw new RangeError('a quotient of what is not negative');
  return { digits: (2n * numerator * 10n ** BigInt(scale) + denominator) / (2n * denominator), scale };
}

export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale)];
  return x < y ? -1 : x > y ? 1 : 0;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

/** |a - b|, as a decimal. */
export function distance(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const gap = a.digits * 10n ** BigInt(scale - a.scale) - b.digits * 10n ** BigInt(scale - b.scale);
  return { digits: gap < 0n ? -gap : gap, scale };
}
