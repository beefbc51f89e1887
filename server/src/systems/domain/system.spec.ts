import { describe, expect, it } from '@jest/globals';
import { paysOn } from './system.js';

describe('paysOn', () => {
  const year = { from: '2026-01-01', to: '2027-01-01' };

  it('takes the first day in and leaves the end out', () => {
    expect(paysOn(year, '2025-12-31')).toBe(false);
    expect(paysOn(year, '2026-01-01')).toBe(true);
    expect(paysOn(year, '2026-12-31')).toBe(true);
    expect(paysOn(year, '2027-01-01')).toBe(false);
  });

  it('goes on while no end is known', () => {
    expect(paysOn({ from: '2026-01-01', to: null }, '2099-12-31')).toBe(true);
  });

  it('never pays when the period is empty', () => {
    expect(paysOn({ from: '2026-01-01', to: '2026-01-01' }, '2026-01-01')).toBe(false);
  });
});
