import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysToFull, growthPerMonth, lastMonths, monthEnds, trendPoints, type UsePoint } from './trend.js';

const points: fc.Arbitrary<UsePoint[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 24 })
  .chain((months) =>
    fc
      .array(fc.integer({ min: 0, max: 100_000 }), { minLength: months.length, maxLength: months.length })
      .map((amounts) => months.map((month, i) => ({ month, amount: amounts[i] as number }))),
  );

describe('growthPerMonth', () => {
  it('finds the slope of any straight line', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 9_999 }), (ps, slope, at0) => {
        const line = ps.map(({ month }) => ({ month, amount: at0 + slope * month }));
        expect(growthPerMonth(line)).toBeCloseTo(slope, 6);
      }),
    );
  });

  it('does not mind the order, a shift in time or a constant amount more', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 9_999 }), (ps, later, more) => {
        const moved = ps.toReversed().map(({ month, amount }) => ({ month: month + later, amount: amount + more }));
        expect(growthPerMonth(moved)).toBeCloseTo(growthPerMonth(ps) as number, 4);
      }),
    );
  });

  it('is the line with the least squares: no other slope through the middle comes closer', () => {
    fc.assert(
      fc.property(points, fc.double({ min: -100, max: 100, noNaN: true }), (ps, other) => {
        const slope = growthPerMonth(ps) as number;
        const [mx, my] = [
          ps.reduce((s, p) => s + p.month, 0) / ps.length,
          ps.reduce((s, p) => s + p.amount, 0) / ps.length,
        ];
        const off = (k: number) => ps.reduce((sum, p) => sum + (p.amount - my - k * (p.month - mx)) ** 2, 0);
        expect(off(slope)).toBeLessThanOrEqual(off(slope + other) + 1e-3);
      }),
    );
  });

  it('says nothing of two points', () => {
    expect(
      growthPerMonth([
        { month: 0, amount: 1 },
        { month: 1, amount: 2 },
      ]),
    ).toBeNull();
  });
});

describe('daysToFull', () => {
  it('is now when nothing is free, and never when use does not grow', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 0 }), fc.double({ noNaN: true }), (free, pace) => {
        expect(daysToFull(free, pace)).toBe(0);
        expect(daysToFull(1, -Math.abs(pace))).toBeNull();
      }),
    );
    expect(daysToFull(10, null)).toBeNull();
  });

  it('comes no sooner with more room, and no later with a faster pace', () => {
    const days = (free: number, pace: number) => daysToFull(free, pace) ?? Number.POSITIVE_INFINITY;
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(1_000),
        fc.integer({ min: 1, max: 1_000 }),
        fc.nat(1_000),
        (free, more, pace, faster) => {
          expect(days(free + more, pace)).toBeGreaterThanOrEqual(days(free, pace));
          expect(days(free, pace + faster)).toBeLessThanOrEqual(days(free, pace));
        },
      ),
    );
  });
});

describe('monthEnds', () => {
  it('ends with the sum of all changes, and counts what lies before the window', () => {
    const change = fc.record({
      month: fc
        .integer({ min: 0, max: 47 })
        .map((n) => `${2023 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`),
      change: fc.integer({ min: -50, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.integer({ min: 1, max: 36 }), (changes, months) => {
        const ends = monthEnds(changes, '2026-12', months);
        expect(ends).toHaveLength(months);
        for (const { month, amount } of ends)
          expect(amount).toBe(changes.filter((c) => c.month <= month).reduce((sum, c) => sum + c.change, 0));
      }),
    );
  });

  it('steps over the turn of the year', () => {
    expect(lastMonths('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  });

  it('puts the running month where it stands', () => {
    const ends = [1, 2, 3, 4].map((amount) => ({ amount }));
    expect(trendPoints(ends, 0.5, 2)).toEqual([
      { amount: 2, month: 1 },
      { amount: 3, month: 2 },
      { amount: 4, month: 2.5 },
    ]);
  });
});
