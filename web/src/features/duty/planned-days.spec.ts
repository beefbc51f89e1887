import { expect, it } from '@jest/globals';
import { boundsOf, dayAsked, daysShown, moved, on } from './planned-days';

it('shows whole weeks from Monday, and of a month all that have a day of it', () => {
  expect(daysShown('week', '2026-12-03')).toEqual([
    ...['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'],
  ]);
  for (const day of ['2026-02-14', '2026-08-31', '2026-11-01', '2027-02-28', '2028-02-29']) {
    const days = daysShown('month', day);
    const ofMonth = days.filter((one) => one.startsWith(day.slice(0, 7)));
    expect(days.length % 7).toBe(0);
    expect(ofMonth[0]).toBe(`${day.slice(0, 7)}-01`);
    expect(ofMonth.length).toBe(new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate());
    // No week without a day of it.
    for (let week = 0; week < days.length; week += 7)
      expect(days.slice(week, week + 7).some((one) => one.startsWith(day.slice(0, 7)))).toBe(true);
  }
});

it('goes on by a week or a month, over the end of a year', () => {
  expect(moved('month', '2026-12-31', 1)).toBe('2027-01-01');
  expect(moved('month', '2026-03-31', -1)).toBe('2026-02-01');
  expect(moved('week', '2026-12-31', 1)).toBe('2027-01-07');
});

it('shows today where the address names no day', () => {
  expect(dayAsked('2026-12-03', '2026-11-30')).toBe('2026-12-03');
  for (const asked of ['', 'tomorrow', '2026-13-01', '2026-12-32', '0000-00-00'])
    expect(dayAsked(asked, '2026-11-30')).toBe('2026-11-30');
});

it('puts on a day what touches it, by the clock of the province', () => {
  const night = { from: '2026-12-01T15:00:00.000Z', to: '2026-12-01T18:00:00.000Z' };
  const untilMidnight = { from: '2026-12-01T10:00:00.000Z', to: '2026-12-01T16:00:00.000Z' };
  expect(on('2026-12-01', [night, untilMidnight])).toEqual([night, untilMidnight]);
  expect(on('2026-12-02', [night, untilMidnight])).toEqual([night]);
  expect(boundsOf(['2026-12-01', '2026-12-02'])).toEqual({
    from: '2026-11-30T16:00:00.000Z',
    to: '2026-12-02T16:00:00.000Z',
  });
});
