import { describe, expect, it } from '@jest/globals';
import { type CalendarDay, wrongYear } from './calendar-year.js';

const SOURCE = '国务院办公厅通知';
const broken = (days: CalendarDay[], year = 2026, source = SOURCE) =>
  wrongYear({ year, source, days }).map((r) => `${r.path.join('.')} ${r.code === 'INVALID_INPUT' ? r.rule : r.code}`);

describe('wrongYear', () => {
  it('accepts holidays on any weekday and worked weekends', () => {
    expect(
      broken([
        { day: '2026-10-01', kind: 'HOLIDAY', name: '国庆节' },
        { day: '2026-10-03', kind: 'HOLIDAY', name: '国庆节' },
        { day: '2026-10-10', kind: 'WORKING', name: '国庆节调休' },
      ]),
    ).toEqual([]);
  });

  it('refuses days of another year, no days, days twice and weekdays that are worked anyway, each at its place', () => {
    expect(
      broken([
        { day: '2027-01-01', kind: 'HOLIDAY', name: '元旦' },
        { day: '2026-02-30', kind: 'HOLIDAY', name: '春节' },
        { day: '2026-10-01', kind: 'HOLIDAY', name: '国庆节' },
        { day: '2026-10-01', kind: 'HOLIDAY', name: '国庆节' },
        { day: '2026-10-12', kind: 'WORKING', name: '调休' },
        { day: '2026-10-02', kind: 'HOLIDAY', name: ' ' },
      ]),
    ).toEqual(['days.0.day year', 'days.1.day year', 'days.3.day twice', 'days.4.kind weekend', 'days.5.name length']);
  });

  it('wants a source, a year of ours and no endless list', () => {
    expect(broken([], 2026, '  ')).toEqual(['source length']);
    expect(broken([], 1999)).toEqual(['year range']);
    const many = Array.from(
      { length: 121 },
      (): CalendarDay => ({ day: '2026-10-01', kind: 'HOLIDAY', name: '国庆节' }),
    );
    expect(broken(many)[0]).toBe('days range');
  });
});
