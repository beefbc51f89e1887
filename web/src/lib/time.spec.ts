import { describe, expect, it } from '@jest/globals';
import { dayBefore, exactTime, readableTime, spanBetween } from './time';

const now = Date.parse('2026-11-24T02:00:00Z');

describe('exactTime', () => {
  it('is the time of Asia/Shanghai, wherever the browser stands', () => {
    expect(exactTime('2026-11-23T16:00:00.000Z')).toBe('2026-11-24 00:00:00');
  });
});

describe('dayBefore', () => {
  it('goes over months, years and leap days', () => {
    expect(['2026-11-01', '2027-01-01', '2028-03-01'].map(dayBefore)).toEqual([
      '2026-10-31',
      '2026-12-31',
      '2028-02-29',
    ]);
  });
});

describe('readableTime', () => {
  it.each([
    ['2026-11-24T01:59:30Z', '刚刚'],
    ['2026-11-24T02:00:30Z', '现在'],
    ['2026-11-24T01:57:00Z', '3分钟前'],
    ['2026-11-23T23:00:00Z', '3小时前'],
    ['2026-11-23T01:00:00Z', '昨天'],
    ['2026-11-10T16:30:00Z', '2026-11-11'],
  ])('reads %s as %s', (at, text) => expect(readableTime(at, now, 'zh-CN')).toBe(text));

  it('speaks English when asked', () => expect(readableTime('2026-11-24T01:57:00Z', now, 'en')).toBe('3 minutes ago'));
});

describe('spanBetween', () => {
  it('counts days, hours and minutes', () => {
    expect(spanBetween('2026-11-21T23:30:00Z', now)).toEqual({ days: 2, hours: 2, minutes: 30 });
  });
  it('is never negative, because clocks differ', () => {
    expect(spanBetween('2026-11-24T02:00:05Z', now)).toEqual({ days: 0, hours: 0, minutes: 0 });
  });
});
