import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startOfDay } from '../../kernel/calendar.js';
import { parseUnitPrice } from '../../kernel/money.js';
import type { PriceVersion } from '../../pricing/domain/price-version.js';
import { monthAfter, spanOfMonth } from './accounting-units.js';
import type { PriceLine } from './price-book.js';
import { type ProrationRule, rateMonth, sumOf } from './rating.js';
import { costToYearEnd, frozenAt } from './year-cost.js';

const version = (price: string) => ({ id: price, price: parseUnitPrice(price) }) as PriceVersion;
const ALL = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const priced = (price: string, period: PriceLine['period'] = 'MONTH'): PriceLine => ({
  period,
  spans: [{ ...ALL, version: version(price) }],
});
const BY_DAY: ProrationRule = { rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT' };

describe('what a use costs to the end of a year', () => {
  it('is twelve months by the month, 365 days by the day, and a February of 29 days where there is one', () => {
    expect(costToYearEnd('VCPU', 4n, '2027-01-01', 2027, priced('46'), BY_DAY)).toBe(4n * 46_00n * 12n);
    expect(costToYearEnd('VCPU', 1n, '2027-01-01', 2027, priced('1', 'DAY'), BY_DAY)).toBe(365_00n);
    expect(costToYearEnd('VCPU', 1n, '2028-01-01', 2028, priced('1', 'DAY'), BY_DAY)).toBe(366_00n);
    expect(costToYearEnd('VCPU', 1n, '2027-12-31', 2027, priced('31'), BY_DAY)).toBe(1_00n);
    expect(costToYearEnd('VCPU', 1n, '2028-01-01', 2027, priced('31'), BY_DAY)).toBe(0n);
  });

  it('is, to the fen, what the months will be closed with when nothing changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 364 }),
        fc.bigInt({ min: 1n, max: 500n }),
        fc.constantFrom('46', '0.035', '17.333333', '9999.99'),
        fc.constantFrom<PriceLine['period']>('HOUR', 'DAY', 'MONTH', 'YEAR'),
        fc.constantFrom<ProrationRule['rule']>('BY_DAY', 'BY_HALF_MONTH', 'BY_MONTH', 'BY_SECOND'),
        (day, quantity, price, period, rule) => {
          const from = startOfDay('2027-01-01').getTime() + day * 86_400_000;
          const prices = priced(price, period);
          const proration = { rule, sameUnitMinimum: 'NONE' } as const;
          const text = new Date(from + 8 * 3_600_000).toISOString().slice(0, 10);
          let closed = 0n;
          const used = { from, to: Number.POSITIVE_INFINITY, quantity, suspended: false };
          for (let month = '2027-01'; month < '2028-01'; month = monthAfter(month))
            closed += sumOf(rateMonth('VCPU', [used], month, spanOfMonth(month).to, prices, proration));
          expect(costToYearEnd('VCPU', quantity, text, 2027, prices, proration)).toBe(closed);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('knows no price where none holds at that moment, and is never free then', () => {
    const gap: PriceLine = {
      period: 'MONTH',
      spans: [
        { from: Number.NEGATIVE_INFINITY, to: 1_000, version: null },
        { from: 1_000, to: 2_000, version: version('46') },
        { from: 2_000, to: Number.POSITIVE_INFINITY, version: null },
      ],
    };
    expect(frozenAt(gap, 999)).toBeNull();
    expect(frozenAt(gap, 2_000)).toBeNull();
    expect(frozenAt(gap, 1_000)?.spans).toEqual([{ ...ALL, version: version('46') }]);
  });
});
