import { describe, expect, it } from '@jest/globals';
import { draftedOf, forecastOf } from './forecast.js';

const cell = (drafted: boolean, month: string, amount: bigint, cityId: string | null = null) => ({
  ...{ drafted, month, amount, cityId },
});
const isSpent = (cityId: string | null, month: string) => cityId === null && month <= '2026-10';

describe('a forecast', () => {
  it('has what is not spent yet once: closed documents that budgets have not taken in, and drafts of months that they have not', () => {
    // The first was spent a minute ago, and its sum of drafts is older than that.
    const cells = [cell(true, '2026-10', 1n), cell(true, '2026-11', 20n), cell(false, '2026-10', 300n)];
    expect(draftedOf(cells, isSpent)).toBe(320n);
    // A city's months say nothing of the province's.
    expect(draftedOf([cell(true, '2026-10', 7n, 'city')], isSpent)).toBe(7n);
    expect(draftedOf([], isSpent)).toBe(0n);
  });

  it('says by how much it will not be enough, and of when its drafts are', () => {
    const at = new Date('2026-12-01T00:00:00.000Z');
    expect(forecastOf(100n, { spent: 60n, drafted: 30n, running: 25n }, at)).toEqual({
      ...{ spent: 60n, drafted: 30n, running: 25n, total: 115n, left: -15n, draftedAt: at },
    });
  });
});
