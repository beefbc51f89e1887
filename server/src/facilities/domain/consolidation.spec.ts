import { describe, expect, it } from '@jest/globals';
import { yearDue } from './consolidation.js';

describe('yearDue', () => {
  it.each([
    ['2026-12-30', null],
    ['2026-12-31', 2026],
    ['2027-01-01', 2026],
    ['2027-01-07', 2026],
    ['2027-01-08', null],
    ['2026-06-31', null],
  ] as const)('on %s is %s', (today, year) => {
    expect(yearDue(today)).toBe(year);
  });
});
