/** Decides what a use costs from a day to the end of a budget year if nothing of it and no price changes any more. */
import { type CalendarDate, startOfDay } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import { type Month, monthAfter, spanOfMonth } from './accounting-units.js';
import type { PriceLine } from './price-book.js';
import { type ProrationRule, rateMonth, sumOf } from './rating.js';

/** As a price line stands at a moment, for all of time; null = nothing has a price then. */
export function frozenAt(prices: PriceLine, at: number): PriceLine | null {
  const version = prices.spans.find(({ from, to }) => from <= at && at < to)?.version ?? null;
  if (version === null) return null;
  return {
    period: prices.period,
    spans: [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, version }],
  };
}

/**
 * By the same rating that closes months, month by month and each line rounded alone: where nothing changes, what is
 * reckoned here in advance is, to the fen, what the closed months of the year will sum up to.
 */
export function costToYearEnd(
  meter: string,
  quantity: bigint,
  from: CalendarDate,
  year: number,
  prices: PriceLine,
  rule: ProrationRule,
): Fen {
  let sum = 0n;
  const end: Month = `${year + 1}-01`;
  const interval = { from: startOfDay(from).getTime(), to: Number.POSITIVE_INFINITY, quantity, suspended: false };
  for (let month = from.slice(0, 7); month < end; month = monthAfter(month))
    sum += sumOf(rateMonth(meter, [interval], month, spanOfMonth(month).to, prices, rule));
  return sum;
}
