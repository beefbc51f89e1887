import { describe, expect, it } from '@jest/globals';
import { newestWhole, onCalendar, rateText } from './use-days';

const day = (text: string, partial = false) => ({ day: text, partial });

describe('days of use', () => {
  it('lie on a calendar whose gaps stay gaps, over the end of a month', () => {
    const laid = onCalendar([day('2026-10-30'), day('2026-11-01')], '2026-11-02', 5);
    expect(laid.map((one) => one?.day ?? null)).toEqual([null, '2026-10-30', null, '2026-11-01', null]);
  });

  it('are judged by the newest that is over, and by today only where there is no other', () => {
    expect(newestWhole([day('2026-11-01'), day('2026-11-02', true)])?.day).toBe('2026-11-01');
    expect(newestWhole([day('2026-11-02', true)])?.day).toBe('2026-11-02');
    expect(newestWhole([])).toBeNull();
  });

  it('say rates in the unit that reads best', () => {
    expect([0, 900, 2_048, 153_600, 5 * 2 ** 20, 3 * 2 ** 40].map(rateText)).toEqual([
      '0 B/s',
      '900 B/s',
      '2.0 KiB/s',
      '150 KiB/s',
      '5.0 MiB/s',
      '3072 GiB/s',
    ]);
  });
});
