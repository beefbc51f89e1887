import { describe, expect, it } from '@jest/globals';
import { type CalendarDate } from '../../kernel/calendar.js';
import { formatUnitPrice, parseUnitPrice } from '../../kernel/money.js';
import type { UnitPeriod } from '../../pricing/domain/price-item.js';
import type { PriceVersion } from '../../pricing/domain/price-version.js';
import { type Month, spanOfMonth } from './accounting-units.js';
import { type ChargedPart, correctionsOf } from './corrections.js';
import { PriceBook, type PricedItem } from './price-book.js';
import { type ProrationRule, rateMonth, sumOf, type UsedInterval } from './rating.js';

// What broke other systems (reference `finance.md` §2) and is named nowhere else.

const BY_DAY: ProrationRule = { rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT' };
const at = (text: string): number => new Date(`${text.replace(' ', 'T')}+08:00`).getTime();
const used = (from: string, to: string | null, quantity: bigint): UsedInterval => ({
  ...{ from: at(from), to: to === null ? Number.POSITIVE_INFINITY : at(to), quantity, suspended: false },
});
const version = (price: string, from: CalendarDate, to: CalendarDate | null = null): PriceVersion => ({
  ...{ id: `${price} ${from}`, itemId: 'item', centerId: null, architecture: null, from, to },
  ...{ kind: 'STANDARD', price: parseUnitPrice(price), listPrice: null, synthetic: true, reason: '' },
});
const item = (period: UnitPeriod, ...versions: PriceVersion[]): PricedItem => ({ meter: 'VCPU', period, versions });
const rate = (
  intervals: readonly UsedInterval[],
  month: Month,
  items: readonly PricedItem[],
  until = Number.POSITIVE_INFINITY,
) => rateMonth('VCPU', intervals, month, until, new PriceBook(items).lineOf('VCPU', null, null), BY_DAY);

describe('scenarios of other systems', () => {
  it('lago-api#218, #4760: a price that goes over from the month to the year takes no day of the old price by the new period', () => {
    // By the month until the middle of June, by the year after; each item has its own period and its own days.
    const monthly = item('MONTH', version('300', '2026-01-01', '2026-06-16'));
    const yearly = item('YEAR', version('3650', '2026-06-16'));
    const inMonth = rate([used('2026-06-01 00:00', null, 1n)], '2026-06', [monthly]);
    expect(inMonth.map(({ amount, period, state }) => [state, period, amount])).toEqual([
      ['RATED', 'MONTH', 15_000n],
      ['UNPRICED', 'MONTH', null],
    ]);
    const inYear = rate([used('2026-06-16 00:00', null, 1n)], '2026-06', [yearly]);
    expect(inYear.map(({ amount, period }) => [period, amount])).toEqual([['YEAR', 15_000n]]);
    // Where both stand, the month's governs: its gap is an error to be mended, and never silently the year's price.
    const both = rate([used('2026-06-01 00:00', null, 1n)], '2026-06', [monthly, yearly]);
    expect(both.map(({ state }) => state)).toEqual(['RATED', 'UNPRICED']);
  });

  it('killbill#877: a size that goes from nothing to three within a day is charged once, and is no double billing', () => {
    const lines = rate(
      [used('2026-06-10 09:00', '2026-06-10 12:00', 1n), used('2026-06-10 15:00', null, 3n)],
      '2026-06',
      [item('MONTH', version('30', '2026-01-01'))],
    );
    expect(lines.map(({ amount, quantity }) => [quantity, amount])).toEqual([[3n, 6_300n]]);
  });

  it('killbill#154, #1124: a line that was corrected is corrected no more, and sums are held against what was rounded', () => {
    const part = (amount: bigint, more: Partial<ChargedPart> = {}): ChargedPart => ({
      ...{ ofMonth: '2026-06', resourceId: 'r', meter: 'VCPU', subjectId: 'r', kind: 'MACHINE', departmentId: 'd' },
      ...{ systemId: null, projectId: null, centerId: null, architecture: null, share: 'MAIN' },
      ...{ from: at('2026-06-01 00:00'), to: at('2026-07-01 00:00'), quantity: 1n, unitPrice: '1.005000', amount },
      ...more,
    });
    const [once] = correctionsOf([part(101n)], [part(100n)]);
    expect(once).toMatchObject({ amount: 1n, before: 100n });
    // What was charged since is among what was charged: nothing is owed a second time.
    expect(correctionsOf([part(101n)], [part(100n), part(1n, { quantity: null, unitPrice: null })])).toEqual([]);
    // 1.005 yuan is 101 fen once rounded; the exact figure is nothing to compare with.
    expect(correctionsOf([part(101n)], [part(101n)])).toEqual([]);
  });

  it('openmeter#2837: what is charged of a month never covers more than the use and the month', () => {
    const span = spanOfMonth('2026-02');
    for (const until of [at('2026-02-11 00:00'), at('2026-02-11 13:37'), span.to, Number.POSITIVE_INFINITY])
      for (const line of rate(
        [used('2026-01-20 10:00', '2026-02-20 10:00', 1n)],
        '2026-02',
        [item('MONTH', version('28', '2026-01-01'))],
        until,
      )) {
        expect(line.from).toBeGreaterThanOrEqual(span.from);
        expect(line.to).toBeLessThanOrEqual(Math.min(until, at('2026-02-20 10:00')));
        expect(line.portion.numerator <= line.portion.denominator).toBe(true);
      }
  });

  it('CloudKitty fix-rating-rules-value-precision: prices of a hundred yuan and more, and of a millionth, are what they are', () => {
    for (const price of ['100.000000', '99999999.999999', '0.000001']) {
      expect(formatUnitPrice(parseUnitPrice(price))).toBe(price);
      const [line] = rate([used('2026-06-01 00:00', null, 1_000_000n)], '2026-06', [
        item('MONTH', version(price, '2026-01-01')),
      ]);
      expect(line?.amount).toBe(parseUnitPrice(price) * 100n);
    }
  });

  it('CloudKitty fix-csv-usage-end, storage.push twice: the last moment of a month is in it, the first of the next is not', () => {
    const prices = [item('MONTH', version('30', '2026-01-01'))];
    const use = [used('2026-06-01 00:00', '2026-07-01 00:00', 1n)];
    expect(sumOf(rate(use, '2026-06', prices))).toBe(3_000n);
    expect(rate(use, '2026-07', prices)).toEqual([]);
    // Rated again, it is the same to the byte: nothing is added to what is there.
    const text = (lines: readonly object[]) =>
      JSON.stringify(lines, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    expect(text(rate(use, '2026-06', prices))).toBe(text(rate(use, '2026-06', prices)));
  });
});
