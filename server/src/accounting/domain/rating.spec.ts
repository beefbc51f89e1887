import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  equal,
  type OraclePrice,
  oracle,
  oracleOfTiers,
  plus,
  type Rational,
  rounded,
} from '../../../../test/support/rating-oracle.js';
import { addDays, type CalendarDate, startOfDay } from '../../kernel/calendar.js';
import { parseUnitPrice } from '../../kernel/money.js';
import { perPricedUnit } from '../../metering/domain/meter-units.js';
import { UNIT_PERIODS, type UnitPeriod } from '../../pricing/domain/price-item.js';
import { type PriceTier, partsOf, rangesOf, readTiers } from '../../pricing/domain/price-tiers.js';
import type { PriceVersion } from '../../pricing/domain/price-version.js';
import { type Month, monthAfter, type Proration, spanOfMonth } from './accounting-units.js';
import { changeOfLines, type StatementLine } from './line-diff.js';
import { PriceBook } from './price-book.js';
import { type ProrationRule, type RatedLine, rateMonth, sumOf, type UsedInterval } from './rating.js';

const BY_DAY: ProrationRule = { rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT' };
const LATER = Number.POSITIVE_INFINITY;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A moment in Shanghai. */
const at = (text: string): number => new Date(`${text.replace(' ', 'T')}+08:00`).getTime();
const used = (from: string, to: string | null, quantity = 1n, suspended = false): UsedInterval => ({
  from: at(from),
  to: to === null ? LATER : at(to),
  quantity,
  suspended,
});

function version(
  price: string,
  from: CalendarDate,
  to: CalendarDate | null = null,
  id = `${from} ${price}`,
): PriceVersion {
  return {
    ...{ id, itemId: 'item', centerId: null, architecture: null, from, to },
    ...{ kind: 'STANDARD', price: parseUnitPrice(price), listPrice: null, synthetic: true, reason: '' },
  };
}
const bookOf = (versions: readonly PriceVersion[], period: UnitPeriod = 'MONTH', meter = 'VCPU') =>
  new PriceBook([{ meter, period, versions }]).lineOf(meter, null, null);
const rate = (
  intervals: readonly UsedInterval[],
  month: Month,
  versions: readonly PriceVersion[],
  rule: ProrationRule = BY_DAY,
  { period = 'MONTH' as UnitPeriod, until = LATER, meter = 'VCPU' } = {},
) => rateMonth(meter, intervals, month, until, bookOf(versions, period, meter), rule);

describe('rating by day', () => {
  const prices = [version('30', '2026-01-01')];

  it('charges a whole month its price, whatever its length', () => {
    for (const month of ['2026-02', '2026-11', '2026-12', '2028-02'])
      expect(sumOf(rate([used('2025-12-01 00:00', null, 4n)], month, prices))).toBe(12_000n);
  });

  it('gives a day to the size at its end: the day of an upgrade is the new size’s alone (lago-api#1695)', () => {
    const lines = rate(
      [used('2026-11-01 00:00', '2026-11-11 15:00', 2n), used('2026-11-11 15:00', null, 4n)],
      '2026-11',
      prices,
    );
    expect(lines.map(({ portion, amount }) => [portion.numerator, portion.denominator, amount])).toEqual([
      [10n, 30n, 2_000n],
      [20n, 30n, 8_000n],
    ]);
  });

  it('charges the day of delivery and not the day of release', () => {
    const [line] = rate([used('2026-11-03 23:59', '2026-11-05 00:01')], '2026-11', prices);
    expect(line?.portion).toEqual({ numerator: 2n, denominator: 30n });
  });

  it('charges what came and went within a day one day, by the named minimum, at its last size', () => {
    const day = [used('2026-11-03 09:00', '2026-11-03 11:00', 2n), used('2026-11-03 11:00', '2026-11-03 12:00', 8n)];
    expect(rate(day, '2026-11', prices)).toMatchObject([{ quantity: 8n, minimum: true, amount: 800n }]);
    expect(rate(day, '2026-11', prices, { rule: 'BY_DAY', sameUnitMinimum: 'NONE' })).toEqual([]);
  });

  it('charges one day at most for a day: not another for what came and went before something that stands at its end', () => {
    const day = [used('2026-11-03 09:00', '2026-11-03 11:00', 2n), used('2026-11-03 12:00', '2026-11-04 12:00', 8n)];
    expect(rate(day, '2026-11', prices)).toMatchObject([{ quantity: 8n, minimum: false, amount: 800n }]);
    const twice = [used('2026-11-03 09:00', '2026-11-03 11:00', 2n), used('2026-11-03 12:00', '2026-11-03 13:00', 8n)];
    expect(rate(twice, '2026-11', prices)).toMatchObject([{ quantity: 8n, minimum: true, amount: 800n }]);
  });

  it('rounds each line alone, half up to the fen', () => {
    const odd = [version('0.01', '2026-01-01')];
    // 0.01 yuan × 15/30 = half a fen.
    expect(rate([used('2026-11-16 00:00', null)], '2026-11', odd)[0]?.amount).toBe(1n);
    expect(rate([used('2026-11-17 00:00', null)], '2026-11', odd)[0]?.amount).toBe(0n);
  });

  it('counts memory in MiB and prices it by the GiB, exactly', () => {
    const [line] = rate([used('2026-11-01 00:00', null, 1_536n)], '2026-11', prices, BY_DAY, { meter: 'MEMORY_GIB' });
    expect(line?.amount).toBe(4_500n);
  });

  it('counts and does not charge what is disputed, and the rest as ever', () => {
    const lines = rate(
      [
        used('2026-11-01 00:00', '2026-11-11 00:00'),
        used('2026-11-11 00:00', '2026-11-21 00:00', 1n, true),
        used('2026-11-21 00:00', null),
      ],
      '2026-11',
      prices,
    );
    expect(lines.map(({ state, amount }) => [state, amount])).toEqual([
      ['RATED', 1_000n],
      ['DISPUTED', null],
      ['RATED', 1_000n],
    ]);
  });

  it('takes a gap of prices for an error, never for nothing', () => {
    const lines = rate([used('2026-11-01 00:00', null)], '2026-11', [version('30', '2026-11-11')]);
    expect(lines.map(({ state, amount }) => [state, amount])).toEqual([
      ['UNPRICED', null],
      ['RATED', 2_000n],
    ]);
    expect(rate([used('2026-11-01 00:00', null)], '2026-11', [])).toMatchObject([{ state: 'UNPRICED', amount: null }]);
  });

  it('shows what is free as a line of nothing', () => {
    expect(rate([used('2026-11-01 00:00', null)], '2026-11', [version('0', '2026-01-01')])).toMatchObject([
      { state: 'RATED', amount: 0n },
    ]);
  });

  it('takes a center’s own price before the province’s', () => {
    const own = { ...version('20', '2026-11-16'), centerId: 'c' };
    const book = new PriceBook([{ meter: 'VCPU', period: 'MONTH', versions: [version('30', '2026-01-01'), own] }]);
    const lines = (center: string) =>
      rateMonth(
        'VCPU',
        [used('2026-11-01 00:00', null)],
        '2026-11',
        LATER,
        book.lineOf('VCPU', center, 'ARM64'),
        BY_DAY,
      );
    expect(lines('c').map(({ amount }) => amount)).toEqual([1_500n, 1_000n]);
    expect(lines('d').map(({ amount }) => amount)).toEqual([3_000n]);
  });
});

describe('the other rules and periods', () => {
  const prices = [version('30', '2026-01-01')];
  const of = (rule: Proration, sameUnitMinimum: ProrationRule['sameUnitMinimum'] = 'NONE'): ProrationRule => ({
    rule,
    sameUnitMinimum,
  });

  it('BY_HALF_MONTH gives each half to the size at its end', () => {
    const lines = rate(
      [used('2026-11-10 00:00', '2026-11-20 00:00', 2n), used('2026-11-20 00:00', null, 4n)],
      '2026-11',
      prices,
      of('BY_HALF_MONTH'),
    );
    expect(lines.map(({ amount }) => amount)).toEqual([3_000n, 6_000n]);
  });

  it('BY_MONTH gives the month to the size at its end', () => {
    expect(rate([used('2026-11-30 23:00', null, 4n)], '2026-11', prices, of('BY_MONTH'))[0]?.amount).toBe(12_000n);
    expect(rate([used('2026-01-01 00:00', '2026-11-30 23:00', 4n)], '2026-11', prices, of('BY_MONTH'))).toEqual([]);
    expect(
      rate([used('2026-11-02 00:00', '2026-11-05 00:00', 4n)], '2026-11', prices, of('BY_MONTH', 'ONE_UNIT')),
    ).toMatchObject([{ minimum: true, amount: 12_000n }]);
  });

  it('BY_SECOND charges seconds of the month as it is, never of 720 hours (cloudstack#7210, OpenNebula/one#1662)', () => {
    const whole = (month: Month) => sumOf(rate([used('2025-01-01 00:00', null)], month, prices, of('BY_SECOND')));
    expect(['2026-01', '2026-02', '2026-03', '2026-04'].map(whole)).toEqual([3_000n, 3_000n, 3_000n, 3_000n]);
    const [half] = rate([used('2026-02-15 00:00', null)], '2026-02', prices, of('BY_SECOND'));
    expect(half?.portion).toEqual({ numerator: 14n * 86_400n, denominator: 28n * 86_400n });
  });

  it('prices by the hour, day and year are items of their own: a month is not 720 hours', () => {
    const price = (yuan: string, period: UnitPeriod, month: Month) =>
      sumOf(rate([used('2025-01-01 00:00', null)], month, [version(yuan, '2026-01-01')], BY_DAY, { period }));
    expect(price('0.096', 'HOUR', '2026-10')).toBe(7_142n);
    expect(price('0.096', 'HOUR', '2026-11')).toBe(6_912n);
    expect(price('1.5', 'DAY', '2026-02')).toBe(4_200n);
    expect(price('365', 'YEAR', '2026-11')).toBe(3_000n);
    expect(price('366', 'YEAR', '2028-02')).toBe(2_900n);
  });

  it('a meter with a price by the month is never paid by the hour instead, gaps and all', () => {
    const book = new PriceBook([
      { meter: 'VCPU', period: 'HOUR', versions: [version('1', '2026-01-01')] },
      { meter: 'VCPU', period: 'MONTH', versions: [version('30', '2026-11-16')] },
    ]);
    const lines = rateMonth(
      'VCPU',
      [used('2026-11-01 00:00', null)],
      '2026-11',
      LATER,
      book.lineOf('VCPU', null, null),
      BY_DAY,
    );
    expect(lines.map(({ state }) => state)).toEqual(['UNPRICED', 'RATED']);
  });

  it('a draft knows what it knows: days that have ended, and a longer unit as if it ended now', () => {
    const until = at('2026-11-11 00:00');
    const intervals = [used('2026-11-03 12:00', null)];
    expect(rate(intervals, '2026-11', prices, BY_DAY, { until })[0]?.portion.numerator).toBe(8n);
    expect(rate(intervals, '2026-11', prices, of('BY_MONTH'), { until })[0]?.amount).toBe(3_000n);
    expect(rate(intervals, '2026-11', prices, of('BY_HALF_MONTH'), { until })[0]?.amount).toBe(1_500n);
    expect(rate(intervals, '2026-12', prices, BY_DAY, { until })).toEqual([]);
  });
});

/** Stretches of one use: none overlapping, some with a break, on minutes around three months. */
const BASE = at('2026-01-20 00:00');
const chains = fc
  .array(
    fc.record({
      pause: fc.integer({ min: 0, max: 3 * 1_440 }),
      minutes: fc.integer({ min: 1, max: 40 * 1_440 }),
      quantity: fc.bigInt({ min: 1n, max: 5_000n }),
      suspended: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => {
    let now = BASE;
    return parts.map(({ pause, minutes, quantity, suspended }): UsedInterval => {
      const from = now + pause * 60_000;
      now = from + minutes * 60_000;
      return { from, to: now, quantity, suspended };
    });
  });
const months = fc.constantFrom('2026-01', '2026-02', '2026-03', '2026-04');
const priceTexts = fc
  .bigInt({ min: 0n, max: 90_000_000n })
  .map((micro) => `${micro / 1_000_000n}.${String(micro % 1_000_000n).padStart(6, '0')}`);
/** One series, with gaps, as the price editor lets it be. */
const series = fc
  .array(fc.record({ price: priceTexts, gap: fc.integer({ min: 0, max: 5 }), days: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => {
    let day: CalendarDate = '2026-01-10';
    return parts.map(({ price, gap, days }, index) => {
      const from = addDays(day, gap);
      day = addDays(from, days);
      return version(price, from, day, `v${index}`);
    });
  });
/** Bounds so low that most quantities pass some; prices that fall, rise or stay. */
const tierTables = fc
  .uniqueArray(fc.bigInt({ min: 1n, max: 2_000n }), { maxLength: 4 })
  .chain((bounds) =>
    fc
      .array(fc.bigInt({ min: 0n, max: 90_000_000n }), { minLength: bounds.length, maxLength: bounds.length })
      .map((prices): PriceTier[] =>
        bounds.toSorted((a, b) => (a < b ? -1 : 1)).map((from, at) => ({ from, price: prices[at] ?? 0n })),
      ),
  );
/** A series whose versions have tiers or none. */
const tieredSeries = fc
  .tuple(series, fc.array(tierTables, { minLength: 4, maxLength: 4 }))
  .map(([versions, tables]) => versions.map((one, at): PriceVersion => ({ ...one, tiers: tables[at] ?? [] })));
const wholeUnits = fc.constantFrom('BY_DAY', 'BY_HALF_MONTH', 'BY_MONTH') as fc.Arbitrary<
  Exclude<Proration, 'BY_SECOND'>
>;
const allRules = fc.constantFrom('BY_DAY', 'BY_HALF_MONTH', 'BY_MONTH', 'BY_SECOND') as fc.Arbitrary<Proration>;
const periods = fc.constantFrom(...UNIT_PERIODS);
const meters = fc.constantFrom('VCPU', 'MEMORY_GIB', 'CABINET_U', 'POWER_KW');

const dayNumber = (day: CalendarDate): number => Date.parse(`${day}T00:00:00.000Z`) / DAY;
const forOracle = (versions: readonly PriceVersion[]): OraclePrice[] =>
  versions.map(({ id, price, from, tiers = [], to }) => ({
    ...{ id, price, fromDay: dayNumber(from) },
    tiers: tiers.map((tier) => ({ above: tier.from, price: tier.price })),
    toDay: to === null ? null : dayNumber(to),
  }));
const NOTHING: Rational = { n: 0n, d: 1n };
/** Before rounding, in fen. */
const exact = (meter: string, { version: price, quantity, portion }: RatedLine): Rational => ({
  n: (price?.price ?? 0n) * quantity * portion.numerator,
  d: 10_000n * perPricedUnit(meter) * portion.denominator,
});
const exactSum = (meter: string, lines: readonly RatedLine[]): Rational =>
  lines.reduce((sum, line) => (line.state === 'RATED' ? plus(sum, exact(meter, line)) : sum), NOTHING);

describe('rating against an independent oracle', () => {
  it('each line equals the exact rational result, rounded', () => {
    fc.assert(
      fc.property(
        chains,
        months,
        fc.oneof(series, tieredSeries),
        wholeUnits,
        periods,
        meters,
        (chain, month, versions, rule, period, meter) => {
          const owed = oracle(rule, period, month, chain, forOracle(versions), perPricedUnit(meter));
          const lines = rate(chain, month, versions, { rule, sameUnitMinimum: 'NONE' }, { period, meter });
          const charged = lines.filter(({ state }) => state !== 'DISPUTED');
          // An interval across two gaps is unpriced twice.
          const keyOf = ({ intervalFrom, tier, version: of }: RatedLine) =>
            `${intervalFrom}/${of?.id ?? 'none'}${tier > 0 ? `/${tier}` : ''}`;
          expect(new Set(charged.map(keyOf))).toEqual(new Set(owed.keys()));
          for (const line of charged) {
            const expected = owed.get(keyOf(line)) ?? NOTHING;
            expect(line.amount).toBe(line.version ? rounded(expected) : null);
            expect(equal(exact(meter, line), expected)).toBe(true);
          }
        },
      ),
    );
  });

  it('BY_SECOND each line is price × quantity × its own seconds, of the seconds of its month or year', () => {
    fc.assert(
      fc.property(chains, months, series, periods, (chain, month, versions, period) => {
        const { from: begins, to: ends } = spanOfMonth(month);
        const whole = {
          ...{ MONTH: BigInt((ends - begins) / 1_000), YEAR: 365n * 86_400n },
          ...{ DAY: 86_400n, HOUR: 3_600n },
        }[period];
        const lines = rate(chain, month, versions, { rule: 'BY_SECOND', sameUnitMinimum: 'NONE' }, { period });
        for (const line of lines.filter(({ state }) => state === 'RATED')) {
          const fen = {
            n: (line.version?.price ?? 0n) * line.quantity * BigInt((line.to - line.from) / 1_000),
            d: 10_000n * whole,
          };
          expect(line.amount).toBe(rounded(fen));
        }
        const seconds = (some: readonly { from: number; to: number }[]) =>
          some.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, ends) - Math.max(from, begins)), 0);
        expect(seconds(lines)).toBe(seconds(chain));
      }),
    );
  });

  it('invariant 1: rating [a,c) is rating [a,b) and [b,c) before rounding, for any b', () => {
    fc.assert(
      fc.property(
        chains,
        months,
        fc.oneof(series, tieredSeries),
        allRules,
        periods,
        fc.nat(),
        (chain, month, versions, rule, period, seed) => {
          const options = { rule, sameUnitMinimum: 'NONE' } as const;
          const cut = chain.flatMap((one) => {
            const b = one.from + 1 + (seed % Math.max(1, one.to - one.from - 1));
            return b >= one.to
              ? [one]
              : [
                  { ...one, to: b },
                  { ...one, from: b },
                ];
          });
          const whole = exactSum('VCPU', rate(chain, month, versions, options, { period }));
          expect(equal(exactSum('VCPU', rate(cut, month, versions, options, { period })), whole)).toBe(true);
        },
      ),
    );
  });

  it('invariant 1: days sum to the month, and months to the year (ManageIQ#12807)', () => {
    fc.assert(
      fc.property(allRules, priceTexts, fc.constantFrom(2026, 2028), (rule, price, year) => {
        const prices = [version(price, '2020-01-01')];
        const always = [{ from: at('2020-01-01 00:00'), to: LATER, quantity: 1n, suspended: false }];
        let sum = NOTHING;
        for (let month = `${year}-01`; month.startsWith(String(year)); month = monthAfter(month)) {
          const days: RatedLine[] = [];
          const { from, to } = spanOfMonth(month);
          for (let day = from; day < to; day += DAY)
            days.push(
              ...rate([{ ...(always[0] as UsedInterval), from: day, to: day + DAY }], month, prices, {
                rule,
                sameUnitMinimum: 'NONE',
              }),
            );
          const whole = exactSum('VCPU', rate(always, month, prices, { rule, sameUnitMinimum: 'NONE' }));
          expect(equal(exactSum('VCPU', days), whole)).toBe(true);
          sum = plus(
            sum,
            exactSum('VCPU', rate(always, month, prices, { rule, sameUnitMinimum: 'NONE' }, { period: 'YEAR' })),
          );
        }
        expect(equal(sum, { n: parseUnitPrice(price), d: 10_000n })).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('invariant 2: no charge outside of [created, deleted) and the month; charged time never exceeds either', () => {
    fc.assert(
      fc.property(chains, months, series, allRules, (chain, month, versions, rule) => {
        const span = spanOfMonth(month);
        const lines = rate(chain, month, versions, { rule, sameUnitMinimum: 'ONE_UNIT' });
        for (const line of lines) {
          const origin = chain.find(({ from }) => from === line.intervalFrom);
          expect(origin).toBeDefined();
          expect(line.from).toBeGreaterThanOrEqual(Math.max(span.from, origin?.from ?? 0));
          expect(line.to).toBeLessThanOrEqual(Math.min(span.to, origin?.to ?? 0));
        }
        // Together at most the whole month, and no two lines overlap.
        const inOrder = lines.toSorted((a, b) => a.from - b.from);
        for (const [index, line] of inOrder.entries())
          expect(line.from).toBeGreaterThanOrEqual(inOrder[index - 1]?.to ?? 0);
        const portion = lines.reduce<Rational>(
          (sum, line) => plus(sum, { n: line.portion.numerator, d: line.portion.denominator }),
          NOTHING,
        );
        expect(portion.n <= portion.d).toBe(true);
      }),
    );
  });

  it('invariant 3: a price change is the old price before and the new price after, never both (CloudStack QuotaManager)', () => {
    fc.assert(
      fc.property(
        priceTexts,
        priceTexts,
        fc.integer({ min: 1, max: 27 }),
        fc.constantFrom('BY_DAY', 'BY_SECOND'),
        (a, b, days, rule) => {
          const change = addDays('2026-02-01', days);
          const prices = [version(a, '2020-01-01', change, 'old'), version(b, change, null, 'new')];
          const lines = rate([used('2026-01-01 00:00', null)], '2026-02', prices, {
            rule: rule as Proration,
            sameUnitMinimum: 'NONE',
          });
          const expected = plus(
            { n: parseUnitPrice(a) * BigInt(days), d: 280_000n },
            { n: parseUnitPrice(b) * BigInt(28 - days), d: 280_000n },
          );
          expect(equal(exactSum('VCPU', lines), expected)).toBe(true);
          expect(lines.map((line) => line.version?.id)).toEqual(['old', 'new']);
        },
      ),
    );
  });

  it('invariant 7: however lines are grouped, the groups sum to the statement, to the fen', () => {
    fc.assert(
      fc.property(fc.array(chains, { minLength: 1, maxLength: 6 }), months, series, (uses, month, versions) => {
        const lines = uses.flatMap((chain, index) =>
          rate(chain, month, versions).map((line) => ({ ...line, department: index % 2, system: index % 3 })),
        );
        for (const key of ['department', 'system', 'state', 'quantity'] as const) {
          const groups = [...Map.groupBy(lines, (line) => line[key]).values()];
          expect(groups.reduce((sum, group) => sum + sumOf(group), 0n)).toBe(sumOf(lines));
        }
        // Each line is off by half a fen at most.
        for (const line of lines.filter(({ state }) => state === 'RATED')) {
          const { n, d } = exact('VCPU', line);
          const off = (line.amount ?? 0n) * d - n;
          expect(2n * (off < 0n ? -off : off) <= d).toBe(true);
        }
      }),
    );
  });

  it('invariant 9: tier ranges cover every quantity without gap or overlap, as they are kept and as they are typed', () => {
    fc.assert(
      fc.property(
        priceTexts,
        tierTables,
        fc.bigInt({ min: 0n, max: 4_000n }),
        meters,
        (first, tiers, quantity, meter) => {
          const price = { price: parseUnitPrice(first), tiers };
          const ranges = rangesOf(price);
          expect(ranges[0]?.from).toBe(0n);
          expect(ranges.at(-1)?.to).toBeNull();
          for (const [at, range] of ranges.entries()) expect(range.to).toBe(ranges[at + 1]?.from ?? null);
          const per = perPricedUnit(meter);
          const parts = partsOf(price, quantity, per);
          expect(parts.reduce((sum, part) => sum + part.quantity, 0n)).toBe(quantity);
          for (const part of parts) expect(part.quantity).toBeGreaterThan(0n);
          if (tiers.length === 0) return;
          const typed = ranges.map(({ from, price: each, to }) => ({
            ...{ from: String(from), to: to === null ? null : String(to) },
            unitPrice: `${each / 1_000_000n}.${String(each % 1_000_000n).padStart(6, '0')}`,
          }));
          expect(readTiers(meter, typed)).toEqual({ ok: true, value: price });
        },
      ),
    );
  });

  it('invariant 9: the total is continuous at every bound, and no unit more ever costs less, rounded or not', () => {
    fc.assert(
      fc.property(priceTexts, tierTables, meters, allRules, (first, tiers, meter, rule) => {
        const per = perPricedUnit(meter);
        const of: PriceVersion = { ...version(first, '2020-01-01', null, 'v'), tiers };
        const options = { rule, sameUnitMinimum: 'NONE' } as const;
        const lines = (quantity: bigint) =>
          quantity === 0n ? [] : rate([used('2026-01-01 00:00', null, quantity)], '2026-02', [of], options, { meter });
        const total = (quantity: bigint) => exactSum(meter, lines(quantity));
        const less = (a: Rational, b: Rational) => a.n * b.d <= b.n * a.d;
        for (const [at, { from, price }] of tiers.entries()) {
          const below = tiers[at - 1]?.price ?? of.price;
          const bound = from * per;
          // One smallest unit on either side of the bound costs what its own tier says: nothing jumps.
          const step = (each: bigint): Rational => ({ n: each, d: 10_000n * per });
          expect(equal(plus(total(bound - 1n), step(below)), total(bound))).toBe(true);
          expect(equal(plus(total(bound), step(price)), total(bound + 1n))).toBe(true);
          for (const quantity of [bound - 1n, bound, bound + 1n, bound * 2n]) {
            expect(less(total(quantity), total(quantity + 1n))).toBe(true);
            expect(sumOf(lines(quantity)) <= sumOf(lines(quantity + 1n))).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('invariant 9: of a whole month the sum is what every unit alone costs by the tier that it lies in', () => {
    fc.assert(
      fc.property(
        priceTexts,
        tierTables,
        meters,
        fc.bigInt({ min: 1n, max: 3_000n }),
        (first, tiers, meter, quantity) => {
          const of: PriceVersion = { ...version(first, '2020-01-01', null, 'v'), tiers };
          const lines = rate([used('2026-01-01 00:00', null, quantity)], '2026-02', [of], BY_DAY, { meter });
          const [asked] = forOracle([of]);
          if (!asked) throw new Error('no price');
          expect(equal(exactSum(meter, lines), oracleOfTiers(asked, quantity, perPricedUnit(meter)))).toBe(true);
          // Each line rounds alone: together they are off by half a fen a line at most.
          const { n, d } = oracleOfTiers(asked, quantity, perPricedUnit(meter));
          const off = 2n * (sumOf(lines) * d - n);
          expect((off < 0n ? -off : off) <= BigInt(lines.length) * d).toBe(true);
        },
      ),
    );
  });

  it('invariant 13: month edges of Shanghai, leap February, and clocks that other countries turn (lago-api#1438, #4082)', () => {
    const prices = [version('30', '1990-01-01')];
    const day = (from: string, to: string, month: Month) => rate([used(from, to)], month, prices)[0]?.portion.numerator;
    // 16:00Z of the last day of a month is the first moment of the next.
    expect(spanOfMonth('2026-03').from).toBe(Date.parse('2026-02-28T16:00:00.000Z'));
    expect(spanOfMonth('2028-03').from).toBe(Date.parse('2028-02-29T16:00:00.000Z'));
    expect(day('2026-02-28 23:59', '2026-03-01 00:01', '2026-02')).toBe(1n);
    expect(rate([used('2026-02-28 23:59', '2026-03-01 00:01')], '2026-03', prices)).toEqual([]);
    expect(day('2026-03-01 00:00', '2026-03-02 00:00', '2026-03')).toBe(1n);
    expect(day('2028-02-29 10:00', '2028-03-01 10:00', '2028-02')).toBe(1n);
    // Europe and America turn their clocks on these days, and China did on this one, the last time: a day is a day.
    for (const [from, to] of [
      ['2026-03-29 00:00', '2026-03-30 00:00'],
      ['2026-11-01 00:00', '2026-11-02 00:00'],
      ['1991-09-15 00:00', '1991-09-16 00:00'],
    ] as const)
      expect(day(from, to, from.slice(0, 7))).toBe(1n);
    expect(startOfDay('1991-09-15').getTime()).toBe(Date.parse('1991-09-14T16:00:00.000Z'));
  });

  it('invariant 15: turning DR off removes exactly the DR lines', () => {
    fc.assert(
      fc.property(chains, chains, months, series, (main, recovery, month, versions) => {
        const linesOf = (chain: readonly UsedInterval[], share: StatementLine['share']) =>
          rate(chain, month, versions).map((line) => statementLine(line, share, month));
        const withDr = [...linesOf(main, 'MAIN_A'), ...linesOf(main, 'MAIN_B'), ...linesOf(recovery, 'RECOVERY')];
        const without = linesOf(main, 'MAIN_A');
        expect(changeOfLines(withDr, without).gone.every(({ share }) => share !== 'MAIN_A')).toBe(true);
        expect(withDr.filter(({ share }) => share === 'MAIN_A')).toEqual(without);
      }),
    );
  });
});

describe('rating again (invariant 6)', () => {
  it('regenerating without new facts changes nothing, and applying a difference twice is applying it once', () => {
    fc.assert(
      fc.property(chains, chains, months, series, (before, after, month, versions) => {
        const had = rate(before, month, versions).map((line) => statementLine(line, 'MAIN', month));
        const wants = rate(after, month, versions).map((line) => statementLine(line, 'MAIN', month));
        expect(changeOfLines(had, had)).toEqual({ gone: [], put: [] });
        const once = apply(had, wants);
        expect(once).toEqual(apply(once, wants));
        expect(once.toSorted(byFrom)).toEqual(wants.toSorted(byFrom));
      }),
    );
  });
});

function apply(standing: readonly StatementLine[], wanted: readonly StatementLine[]): StatementLine[] {
  const { gone, put } = changeOfLines(standing, wanted);
  const stale = new Set([...gone, ...put].map(({ from }) => from));
  return [...standing.filter(({ from }) => !stale.has(from)), ...put];
}

const byFrom = (a: StatementLine, b: StatementLine): number => a.from - b.from;

function statementLine(line: RatedLine, share: StatementLine['share'], month: Month): StatementLine {
  const whose = { departmentId: 'd', systemId: 's', projectId: 'p', centerId: 'c', architecture: 'ARM64' } as const;
  return { ...line, ...whose, share, month, resourceId: share, subjectId: share, kind: 'MACHINE', meter: 'VCPU' };
}
