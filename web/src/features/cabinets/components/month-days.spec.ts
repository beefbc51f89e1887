import { describe, expect, it } from '@jest/globals';
import { daysOfMonth } from './month-days';

describe('daysOfMonth', () => {
  it('ends with the month, and of the running one with today', () => {
    expect(daysOfMonth('2026-02', '2026-11-28')).toEqual({ from: '2026-02-01', until: '2026-03-01' });
    expect(daysOfMonth('2025-12', '2026-11-28')).toEqual({ from: '2025-12-01', until: '2026-01-01' });
    expect(daysOfMonth('2026-11', '2026-11-28')).toEqual({ from: '2026-11-01', until: '2026-11-29' });
    expect(daysOfMonth('2026-11', '2026-11-30')).toEqual({ from: '2026-11-01', until: '2026-12-01' });
  });
});
