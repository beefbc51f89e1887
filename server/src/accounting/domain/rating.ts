/** Decides what a use costs in one month: a line for each interval, price version and tier, exact, each rounded alone to the fen. */
import { amountFen, type Fen, type UnitPriceMicroYuan } from '../../kernel/money.js';
import { perPricedUnit } from '../../metering/domain/meter-units.js';
import type { UnitPeriod } from '../../pricing/domain/price-item.js';
import { partsOf } from '../../pricing/domain/price-tiers.js';
import type { PriceVersion } from '../../pricing/domain/price-version.js';
import {
  endOfUnit,
  type Month,
  type Portion,
  type Proration,
  portionBetween,
  type SameUnitMinimum,
  spanOfMonth,
  unitsEnded,
} from './accounting-units.js';
import type { PriceLine } from './price-book.js';

/** RATED has an amount. UNPRICED: nothing had a price, an error that somebody must mend. DISPUTED: its delivery is disputed. */
export const LINE_STATES = ['RATED', 'UNPRICED', 'DISPUTED'] as const;
export type LineState = (typeof LINE_STATES)[number];

export interface ProrationRule {
  readonly rule: Proration;
  readonly sameUnitMinimum: SameUnitMinimum;
}

/** Of one use and meter, in the order of time, none overlapping; milliseconds, half-open, +Infinity = still. */
export interface UsedInterval {
  readonly from: number;
  readonly to: number;
  readonly quantity: bigint;
  readonly suspended: boolean;
}

/** Which price version a line is of, and what it said of the line's tier. */
export type LinePrice = Pick<PriceVersion, 'id' | 'price'>;

export interface RatedLine {
  /** When the interval began that it is of: together with the meter and the resource its origin. */
  readonly intervalFrom: number;
  /** What of it lies in the month and under the price version. */
  readonly from: number;
  readonly to: number;
  /** 档, from 0; what has one price for all is wholly in the first. */
  readonly tier: number;
  /** What of the interval's lies in the tier. */
  readonly quantity: bigint;
  readonly period: UnitPeriod;
  readonly portion: Portion;
  /** It came and went within one unit, and costs one by the rule. */
  readonly minimum: boolean;
  readonly state: LineState;
  readonly version: LinePrice | null;
  /** null = not rated; never taken as nothing. */
  readonly amount: Fen | null;
}

/**
 * @param until what is known of the month: its end, or the beginning of today for a draft.
 */
export function rateMonth(
  meter: string,
  intervals: readonly UsedInterval[],
  month: Month,
  until: number,
  prices: PriceLine,
  { rule, sameUnitMinimum }: ProrationRule,
): RatedLine[] {
  const span = spanOfMonth(month);
  const end = Math.min(span.to, until);
  const running = end < span.to && unitsEnded(rule, end) === unitsEnded(rule, end - 1);
  const lines: RatedLine[] = [];
  for (const interval of intervals) {
    const from = Math.max(interval.from, span.from);
    const to = Math.min(interval.to, end);
    if (from >= to) continue;
    for (const price of prices.spans) {
      const [begins, ends] = [Math.max(from, price.from), Math.min(to, price.to)];
      if (begins >= ends) continue;
      const stands = running && ends === end && interval.to >= end;
      const portion = portionBetween(rule, prices.period, month, begins, ends, stands);
      if (portion.numerator > 0n)
        lines.push(...linesFor(meter, interval, begins, ends, portion, prices.period, price.version));
    }
  }
  if (sameUnitMinimum === 'ONE_UNIT') lines.push(...minimums(meter, intervals, month, end, prices, rule));
  return lines.toSorted((a, b) => a.from - b.from || a.tier - b.tier);
}

/** One unit for what came and went within it, when nothing of the use stands at the unit's end: the last of the runs in it. */
function minimums(
  meter: string,
  intervals: readonly UsedInterval[],
  month: Month,
  end: number,
  prices: PriceLine,
  rule: Proration,
): RatedLine[] {
  const span = spanOfMonth(month);
  const found = new Map<number, RatedLine[]>();
  for (const run of runsOf(intervals)) {
    const [first, last] = [run.at(0), run.at(-1)];
    if (!first || !last || first.from < span.from || last.to > end || last.from >= span.to) continue;
    const unit = unitsEnded(rule, first.from);
    // At its very end it would stand there and be counted already.
    if (unitsEnded(rule, last.to) !== unit) continue;
    const unitEnd = endOfUnit(rule, first.from);
    if (intervals.some((other) => other.from < unitEnd && unitEnd <= other.to)) continue;
    const portion = portionBetween(rule, prices.period, month, first.from, unitEnd);
    const price = prices.spans.find(({ from, to }) => from <= last.from && last.from < to);
    const lines = linesFor(meter, last, last.from, last.to, portion, prices.period, price?.version ?? null);
    found.set(
      unit,
      lines.map((line) => ({ ...line, minimum: true })),
    );
  }
  return [...found.values()].flat();
}

/** Intervals that follow each other without a break are one run: a size that changed within a day came and went with none. */
function runsOf(intervals: readonly UsedInterval[]): UsedInterval[][] {
  const runs: UsedInterval[][] = [];
  for (const interval of intervals) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.to === interval.from) run.push(interval);
    else runs.push([interval]);
  }
  return runs;
}

/** One for each tier that the interval's quantity reaches; what has no price is in none. */
function linesFor(
  meter: string,
  interval: UsedInterval,
  from: number,
  to: number,
  portion: Portion,
  period: UnitPeriod,
  version: PriceVersion | null,
): RatedLine[] {
  const state: LineState = interval.suspended ? 'DISPUTED' : version ? 'RATED' : 'UNPRICED';
  const common = { intervalFrom: interval.from, from, to, portion, period, state, minimum: false };
  if (!version) return [{ ...common, tier: 0, quantity: interval.quantity, version: null, amount: null }];
  return partsOf(version, interval.quantity, perPricedUnit(meter)).map(({ price, quantity, tier }) => ({
    ...common,
    ...{ tier, quantity, version: { id: version.id, price } },
    amount: state === 'RATED' ? priced(price, { meter, portion, quantity }) : null,
  }));
}

/** What so much of a meter costs by a price of its unit and period, for a part of that period. */
export function priced(
  price: UnitPriceMicroYuan,
  { meter, portion, quantity }: { readonly meter: string; readonly portion: Portion; readonly quantity: bigint },
): Fen {
  return amountFen(price, quantity * portion.numerator, perPricedUnit(meter) * portion.denominator);
}

export function sumOf(lines: readonly Pick<RatedLine, 'amount'>[]): Fen {
  return lines.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n);
}
