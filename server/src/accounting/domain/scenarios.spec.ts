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

  const byTiers = (from: CalendarDate, to: CalendarDate | null, ...prices: [bigint, string][]): PriceVersion => ({
    ...version(prices[0]?.[1] ?? '0', from, to),
    ...{
      id: `tiers ${from}`,
      tiers: prices.slice(1).map(([above, yuan]) => ({ from: above, price: parseUnitPrice(yuan) })),
    },
  });
  const said = (lines: readonly { tier: number; quantity: bigint; amount: bigint | null }[]) =>
    lines.map(({ amount, quantity, tier }) => [tier, quantity, amount]);

  it('CloudKitty hashmap thresholds, Kill Bill TOP_TIER: the highest level reached is of what lies above it, never of all', () => {
    const prices = [item('MONTH', byTiers('2026-01-01', null, [0n, '2'], [10n, '1']))];
    const total = (quantity: bigint) => sumOf(rate([used('2026-06-01 00:00', null, quantity)], '2026-06', prices));
    // By the level reached eleven would cost 11 yuan, less than the ten before it.
    expect([total(9n), total(10n), total(11n)]).toEqual([1_800n, 2_000n, 2_100n]);
    expect(said(rate([used('2026-06-01 00:00', null, 11n)], '2026-06', prices))).toEqual([
      [0, 10n, 2_000n],
      [1, 1n, 100n],
    ]);
  });

  it('CloudStack QuotaManagerImpl: where one table follows another, each day is of one of them, in all its tiers', () => {
    const lines = rate([used('2026-06-01 00:00', null, 15n)], '2026-06', [
      item(
        'MONTH',
        byTiers('2026-01-01', '2026-06-16', [0n, '2'], [10n, '1']),
        byTiers('2026-06-16', null, [0n, '4'], [5n, '3']),
      ),
    ]);
    expect(
      lines.map(({ portion, quantity, tier, version: of }) => [of?.id, tier, quantity, portion.numerator]),
    ).toEqual([
      ['tiers 2026-01-01', 0, 10n, 15n],
      ['tiers 2026-01-01', 1, 5n, 15n],
      ['tiers 2026-06-16', 0, 5n, 15n],
      ['tiers 2026-06-16', 1, 10n, 15n],
    ]);
    expect(sumOf(lines)).toBe(1_000n + 250n + 1_000n + 1_500n);
  });

  it('lago-api#1695, ManageIQ#12807: days do not climb the tiers: what is in use counts, not how long or how often', () => {
    const prices = [item('MONTH', byTiers('2026-01-01', null, [0n, '30'], [10n, '3']))];
    // On the day of the upgrade the new size is in its tiers alone, and the old one is on no bill of that day.
    const lines = rate(
      [used('2026-06-01 00:00', '2026-06-11 15:00', 8n), used('2026-06-11 15:00', null, 12n)],
      '2026-06',
      prices,
    );
    expect(said(lines)).toEqual([
      [0, 8n, 8_000n],
      [0, 10n, 20_000n],
      [1, 2n, 400n],
    ]);
    // Thirty days of eight are never two hundred and forty of anything.
    const days = Array.from({ length: 30 }, (_, day) => at('2026-06-01 00:00') + day * 86_400_000);
    const byDay = days.flatMap((from) =>
      rate([{ from, to: from + 86_400_000, quantity: 8n, suspended: false }], '2026-06', prices),
    );
    expect(byDay.every(({ tier }) => tier === 0)).toBe(true);
    expect(sumOf(byDay)).toBe(sumOf(rate([used('2026-06-01 00:00', null, 8n)], '2026-06', prices)));
  });

  it('cloudstack#13112, #13936: tiers of a line are no second line of it: each has its key, and rated again the same', () => {
    const prices = [item('MONTH', byTiers('2026-01-01', null, [0n, '30'], [2n, '20'], [4n, '10']))];
    const lines = rate([used('2026-06-01 00:00', null, 9n)], '2026-06', prices);
    expect(new Set(lines.map(({ from, tier }) => `${from} ${tier}`)).size).toBe(3);
    expect(lines.reduce((sum, { quantity }) => sum + quantity, 0n)).toBe(9n);
    expect(rate([used('2026-06-01 00:00', null, 9n)], '2026-06', prices)).toEqual(lines);
  });

  it('killbill#877, by tiers: what came and went within a day costs one day of its last size, in all its tiers', () => {
    const prices = [item('MONTH', byTiers('2026-01-01', null, [0n, '30'], [2n, '15']))];
    const day = [used('2026-06-10 09:00', '2026-06-10 10:00', 2n), used('2026-06-10 10:00', '2026-06-10 11:00', 3n)];
    expect(rate(day, '2026-06', prices).map(({ amount, minimum, tier }) => [tier, minimum, amount])).toEqual([
      [0, true, 200n],
      [1, true, 50n],
    ]);
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

  it('lago-api#1246: a month comes to the same in whatever time zone the server or its reader is', () => {
    const prices = [item('MONTH', version('30', '2026-01-01', '2026-06-16'), version('60', '2026-06-16'))];
    const zone = process.env.TZ;
    const of = (tz: string) => {
      process.env.TZ = tz;
      return rate([used('2026-06-03 23:30', '2026-06-30 00:30', 3n)], '2026-06', prices);
    };
    try {
      const here = of('Asia/Shanghai');
      expect(sumOf(here)).toBe(3n * (13n * 100n + 14n * 200n));
      for (const tz of ['America/New_York', 'Pacific/Auckland', 'UTC']) expect(of(tz)).toEqual(here);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('CloudKitty on SQL: sixty thousand lines of a tenth are six thousand yuan, not 6000.000089', () => {
    const [line] = rate([used('2026-06-01 00:00', null, 1n)], '2026-06', [item('MONTH', version('0.1', '2026-01-01'))]);
    const lines = Array.from({ length: 60_000 }, () => ({ amount: line?.amount ?? null }));
    expect(sumOf(lines as never)).toBe(600_000n);
  });

  it('CloudKitty fix-hashmap-mapping-value-match: a class that is a number is found by its price', () => {
    const book = new PriceBook([{ meter: 'SERVER:2288', period: 'MONTH', versions: [version('900', '2026-01-01')] }]);
    const lines = rateMonth(
      ...(['SERVER:2288', [used('2026-06-01 00:00', null, 1n)], '2026-06', Number.POSITIVE_INFINITY] as const),
      ...([book.lineOf('SERVER:2288', null, null), BY_DAY] as const),
    );
    expect(lines.map(({ amount }) => amount)).toEqual([90_000n]);
    // Another number is no price of it, and none is no nothing: it is told as unpriced.
    expect(rate([used('2026-06-01 00:00', null, 1n)], '2026-06', []).map(({ state }) => state)).toEqual(['UNPRICED']);
  });

  it('CloudKitty datetime.now() at import: what is known is by the moment that is asked, never by when a process began', () => {
    const prices = [item('MONTH', version('30', '2026-01-01'))];
    const use = [used('2026-06-01 00:00', null, 1n)];
    const days = ['2026-06-02 00:00', '2026-06-11 00:00', '2026-07-01 00:00'];
    expect(days.map((day) => sumOf(rate(use, '2026-06', prices, at(day))))).toEqual([100n, 1_000n, 3_000n]);
  });
});
