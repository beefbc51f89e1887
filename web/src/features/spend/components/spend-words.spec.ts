import { describe, expect, it } from '@jest/globals';
import { dayAfter, dayBefore, shareOf, shareText } from './spend-words';

describe('words of spend', () => {
  it('name the last day of a half-open period, and come back to it', () => {
    expect(dayBefore('2027-01-01')).toBe('2026-12-31');
    expect(dayAfter('2028-02-28')).toBe('2028-02-29');
    expect(dayAfter('2028')).toBe('2028-01-02');
    expect(dayAfter('')).toBe('');
  });

  it('read shares of a whole exactly, and nothing beyond it', () => {
    expect(['99.95', '5', '100.00', '99.9'].map(shareOf)).toEqual([9_995, 500, 10_000, 9_990]);
    expect(['100.01', '1.234', '-1', 'x'].map(shareOf)).toEqual([null, null, null, null]);
    expect(shareText(9_995)).toBe('99.95%');
  });
});
