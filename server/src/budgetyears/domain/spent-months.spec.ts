import { describe, expect, it } from '@jest/globals';
import { firstUnspentOf, unspentMonths } from './spent-months.js';

const spent = (month: string) => ({ month, standing: true });
const reversed = (month: string) => ({ month, standing: false });

describe('months that are not spent', () => {
  it('begin with January while nothing was ever entered', () => {
    expect(firstUnspentOf(2026, [])).toBe('2026-01');
    expect(unspentMonths(2026, [])).toHaveLength(12);
  });

  it('do not lie before the first that was entered, for accounts may begin within a year', () => {
    expect(firstUnspentOf(2026, [spent('2026-09'), spent('2026-10')])).toBe('2026-11');
  });

  it('are none once December is in', () => {
    expect(firstUnspentOf(2026, [spent('2026-11'), spent('2026-12')])).toBeNull();
  });

  it('include a month that was opened again, though later ones are spent, and not once it is closed again', () => {
    const posted = [spent('2026-09'), reversed('2026-10'), spent('2026-11')];
    expect(firstUnspentOf(2026, posted)).toBe('2026-10');
    expect(unspentMonths(2026, posted).slice(-3)).toEqual(['2026-08', '2026-10', '2026-12']);
    expect(firstUnspentOf(2026, [...posted, spent('2026-10')])).toBe('2026-12');
    expect(firstUnspentOf(2026, [reversed('2026-01')])).toBe('2026-01');
  });
});
