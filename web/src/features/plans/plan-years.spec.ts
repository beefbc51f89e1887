import { describe, expect, it } from '@jest/globals';
import { thisYear, yearsToChoose, yearToPlan } from './plan-years';

describe('years of plans', () => {
  it('turn at midnight in Shanghai', () => {
    expect(thisYear(Date.UTC(2026, 11, 31, 15, 59))).toBe(2026);
    expect(thisYear(Date.UTC(2026, 11, 31, 16, 0))).toBe(2027);
  });

  it('begin with the one to come in the last quarter', () => {
    expect(yearToPlan(Date.UTC(2026, 8, 30, 15, 0))).toBe(2026);
    expect(yearToPlan(Date.UTC(2026, 8, 30, 16, 0))).toBe(2027);
  });

  it('are chosen from what is known and what is near, each once', () => {
    const years = yearsToChoose(2020, [{ year: 2020 }, { year: 2021 }]);
    expect(years).toEqual([...new Set(years)]);
    expect(years.slice(-2)).toEqual([2021, 2020]);
    expect(years).toContain(thisYear());
  });
});
