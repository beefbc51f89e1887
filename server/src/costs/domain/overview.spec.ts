import { describe, expect, it } from '@jest/globals';
import { figuresOf, monthsBack } from './overview.js';

const sums = (amounts: Record<string, bigint>) => Object.entries(amounts).map(([month, amount]) => ({ month, amount }));

describe('the head of a money page', () => {
  it('sets whole months beside whole months, and the running one beside nothing', () => {
    expect(
      figuresOf(
        sums({ '2025-01': 80n, '2025-02': 90n, '2025-03': 500n, '2026-01': 100n, '2026-02': 120n, '2026-03': 7n }),
        '2026-03',
      ),
    ).toEqual({
      ...{ monthToDate: 7n, lastMonth: 120n, beforeMonth: 100n, yearToDate: 227n },
      yearOnYear: { months: 2, thisYear: 220n, lastYear: 170n },
    });
  });

  it('compares no year with one in which nothing was accounted for, nor in January', () => {
    expect(figuresOf(sums({ '2026-01': 5n, '2026-02': 6n }), '2026-02').yearOnYear).toBeNull();
    const january = figuresOf(sums({ '2025-11': 3n, '2025-12': 4n, '2026-01': 5n }), '2026-01');
    expect(january).toEqual({
      ...{ monthToDate: 5n, lastMonth: 4n, beforeMonth: 3n, yearToDate: 5n },
      yearOnYear: null,
    });
  });

  it('counts months back over the year', () => {
    expect([monthsBack('2026-01', 1), monthsBack('2026-12', 12), monthsBack('2026-03', 0)]).toEqual([
      '2025-12',
      '2025-12',
      '2026-03',
    ]);
  });
});
