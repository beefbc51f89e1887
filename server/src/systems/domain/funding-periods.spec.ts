import { describe, expect, it } from '@jest/globals';
import { modeIn, turnsIn } from './funding-periods.js';

const periods = [
  { fromMonth: '0000-00', mode: 'OWN_PAYS' },
  { fromMonth: '2026-07', mode: 'CENTRAL' },
  { fromMonth: '2027-03', mode: 'CENTRAL_WITHIN_QUOTA' },
] as const;

describe('who pays in a month', () => {
  it('is the mode that began last, half-open; without any change the one of today', () => {
    expect(
      ['2020-01', '2026-06', '2026-07', '2027-02', '2027-03'].map((month) => modeIn(month, 'CENTRAL', periods)),
    ).toEqual(['OWN_PAYS', 'OWN_PAYS', 'CENTRAL', 'CENTRAL', 'CENTRAL_WITHIN_QUOTA']);
    expect(modeIn('2026-07', 'OWN_PAYS', [])).toBe('OWN_PAYS');
  });

  it('turns in the months of a year from which on it is another', () => {
    expect([turnsIn(2026, periods), turnsIn(2027, periods), turnsIn(2028, periods)]).toEqual([
      ['2026-07'],
      ['2027-03'],
      [],
    ]);
    expect(turnsIn(2026, [periods[0], { fromMonth: '2026-07', mode: 'OWN_PAYS' }])).toEqual([]);
  });
});
