/**
 * An independent re-implementation of rating, by BigInt rationals and by brute force: it walks over every unit of the month
 * and asks what stood at its end, where the product reckons with counts of units. Nothing of the product is imported but types.
 */
import type { Month, Proration } from '../../server/src/accounting/domain/accounting-units.js';
import type { UsedInterval } from '../../server/src/accounting/domain/rating.js';
import type { UnitPeriod } from '../../server/src/pricing/domain/price-item.js';

export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export interface OraclePrice {
  readonly id: string;
  /** Micro-yuan; by tiers, in the first. */
  readonly price: bigint;
  /** The other tiers in no particular order: whole priced units above which a unit costs this. */
  readonly tiers?: readonly { readonly above: bigint; readonly price: bigint }[];
  /** Days since 1970 in Shanghai, half-open; null = no end. */
  readonly fromDay: number;
  readonly toDay: number | null;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

export const plus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const equal = (a: Rational, b: Rational): boolean => a.n * b.d === b.n * a.d;

/** Half up, of what is not negative. */
export function rounded({ n, d }: Rational): bigint {
  const whole = n / d;
  return (n - whole * d) * 2n >= d ? whole + 1n : whole;
}

const localMidnight = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) - 8 * HOUR;

/** Ends of all units of a month. */
export function unitEnds(rule: Proration, month: Month): number[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const end = localMidnight(year, number + 1, 1);
  if (rule === 'BY_MONTH') return [end];
  if (rule === 'BY_HALF_MONTH') return [localMidnight(year, number, 16), end];
  const ends: number[] = [];
  for (let at = localMidnight(year, number, 1) + DAY; at <= end; at += DAY) ends.push(at);
  return ends;
}

/** How much of a price's period the unit that ends then is worth. */
function worth(rule: Proration, period: UnitPeriod, month: Month, unitEnd: number): Rational {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const days = BigInt(new Date(Date.UTC(year, number, 0)).getUTCDate());
  const yearDays = BigInt((Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY);
  const firstHalf = unitEnd === localMidnight(year, number, 16);
  const unitDays = rule === 'BY_DAY' ? 1n : rule === 'BY_MONTH' ? days : firstHalf ? 15n : days - 15n;
  if (period === 'DAY') return { n: unitDays, d: 1n };
  if (period === 'HOUR') return { n: unitDays * 24n, d: 1n };
  if (rule === 'BY_DAY') return { n: 1n, d: period === 'MONTH' ? days : yearDays };
  if (rule === 'BY_MONTH') return { n: 1n, d: period === 'MONTH' ? 1n : 12n };
  return { n: 1n, d: period === 'MONTH' ? 2n : 24n };
}

const holds = (price: OraclePrice, at: number): boolean => {
  const day = Math.floor((at + 8 * HOUR) / DAY);
  return price.fromDay <= day && (price.toDay === null || day < price.toDay);
};

/**
 * Of each tier of a price, from 0, micro-yuan × units of so much of a meter: every unit is looked at by itself, and costs
 * what the highest tier says whose bound it has passed.
 */
function worthByTier({ price, tiers = [] }: OraclePrice, quantity: bigint, per: bigint): Map<number, bigint> {
  const bounds = [{ above: 0n, price }, ...tiers].sort((a, b) => (a.above < b.above ? -1 : 1));
  const worth = new Map<number, bigint>();
  for (let unit = 1n; unit <= quantity; unit++) {
    let passed = 0;
    for (const [index, { above }] of bounds.entries()) if (unit > above * per) passed = index;
    worth.set(passed, (worth.get(passed) ?? 0n) + (bounds[passed]?.price ?? 0n));
  }
  return worth;
}

/** Exactly, in fen, what a whole period of a quantity costs by tiers. */
export function oracleOfTiers(price: OraclePrice, quantity: bigint, per: bigint): Rational {
  const sum = [...worthByTier(price, quantity, per).values()].reduce((a, b) => a + b, 0n);
  return { n: sum, d: 10_000n * per };
}

/**
 * What each interval owes under each price and tier, in fen before rounding, by "interval start / price id", and behind
 * that "/ tier" above the first; no price = "none".
 */
export function oracle(
  rule: Exclude<Proration, 'BY_SECOND'>,
  period: UnitPeriod,
  month: Month,
  intervals: readonly UsedInterval[],
  prices: readonly OraclePrice[],
  per: bigint,
): Map<string, Rational> {
  const owed = new Map<string, Rational>();
  const known = new Map<string, Map<number, bigint>>();
  for (const end of unitEnds(rule, month)) {
    // The last thousandth of a second of the unit.
    const at = end - 1;
    const standing = intervals.find(({ from, to }) => from <= at && at < to);
    if (!standing || standing.suspended) continue;
    const price = prices.find((one) => holds(one, at));
    const part = worth(rule, period, month, end);
    const line = `${standing.from}/${price?.id ?? 'none'}`;
    const tiers = known.get(line) ?? (price ? worthByTier(price, standing.quantity, per) : new Map([[0, 0n]]));
    known.set(line, tiers);
    for (const [tier, micro] of tiers) {
      const key = tier === 0 ? line : `${line}/${tier}`;
      owed.set(key, plus(owed.get(key) ?? { n: 0n, d: 1n }, { n: micro * part.n, d: 10_000n * per * part.d }));
    }
  }
  return owed;
}
