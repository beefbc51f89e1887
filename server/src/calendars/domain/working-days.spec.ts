import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate } from '../../kernel/calendar.js';
import {
  addWorkingDays,
  type DayKind,
  isWorkingDay,
  type WorkingCalendar,
  workingDayFrom,
  workingDaysBetween,
} from './working-days.js';

/** 10 o'clock in Shanghai. */
const at = (day: string): Date => new Date(`${day}T02:00:00.000Z`);
const PLAIN: WorkingCalendar = new Map();
/** The Spring Festival of 2026: nine days off, two Saturdays worked for it. */
const SPRING: WorkingCalendar = new Map<string, DayKind>([
  ...Array.from({ length: 9 }, (_, n): [string, DayKind] => [addDays('2026-02-15', n), 'HOLIDAY']),
  ['2026-02-14', 'WORKING'],
  ['2026-02-28', 'WORKING'],
]);

const day = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2024-01-01', n));
const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2031-12-31'), noInvalidDate: true });
const calendar = fc
  .array(fc.tuple(day, fc.constantFrom<DayKind>('HOLIDAY', 'WORKING')), { maxLength: 120 })
  .map((days): WorkingCalendar => new Map(days));
const few = fc.integer({ min: 0, max: 60 });

describe('working days', () => {
  it('skip weekends, and keep the time of day', () => {
    // Friday plus one is Monday; a weekend's first working day is Monday too.
    expect(addWorkingDays(PLAIN, at('2026-11-27'), 1)).toEqual(at('2026-11-30'));
    expect(addWorkingDays(PLAIN, at('2026-11-28'), 1)).toEqual(at('2026-11-30'));
    expect(addWorkingDays(PLAIN, at('2026-11-27'), 0)).toEqual(at('2026-11-27'));
  });

  it('skip a long holiday and count the weekend days that are worked for it', () => {
    // Friday 13 February: Saturday the 14th is worked, then nine days off, Tuesday the 24th is the second.
    expect(addWorkingDays(SPRING, at('2026-02-13'), 1)).toEqual(at('2026-02-14'));
    expect(addWorkingDays(SPRING, at('2026-02-13'), 2)).toEqual(at('2026-02-24'));
    expect(workingDaysBetween(SPRING, at('2026-02-13'), at('2026-02-28'))).toBe(6);
    expect(workingDayFrom(SPRING, '2026-02-15')).toBe('2026-02-24');
  });

  it('begin and end by the day in Shanghai, not in Greenwich', () => {
    // 23:30 UTC on Thursday is Friday in Shanghai.
    expect(calendarDate(addWorkingDays(PLAIN, new Date('2026-11-26T23:30:00.000Z'), 1))).toBe('2026-11-30');
  });

  it('are counted as they are added', () => {
    fc.assert(
      fc.property(calendar, moment, few, (days, from, n) => {
        expect(workingDaysBetween(days, from, addWorkingDays(days, from, n))).toBe(n);
      }),
    );
  });

  it('end on a working day, and one sooner is one less', () => {
    fc.assert(
      fc.property(calendar, moment, fc.integer({ min: 1, max: 60 }), (days, from, n) => {
        const end = addWorkingDays(days, from, n);
        expect(isWorkingDay(days, calendarDate(end))).toBe(true);
        expect(addWorkingDays(days, from, n - 1).getTime()).toBeLessThan(end.getTime());
      }),
    );
  });

  it('add up: so many and then so many is their sum', () => {
    fc.assert(
      fc.property(calendar, moment, few, few, (days, from, a, b) => {
        expect(addWorkingDays(days, addWorkingDays(days, from, a), b)).toEqual(addWorkingDays(days, from, a + b));
      }),
    );
  });

  it('between three moments add up, in any order', () => {
    fc.assert(
      fc.property(calendar, moment, moment, moment, (days, a, b, c) => {
        const sum = workingDaysBetween(days, a, b) + workingDaysBetween(days, b, c);
        // Counting backwards gives -0 for nothing.
        expect(sum + 0).toBe(workingDaysBetween(days, a, c) + 0);
      }),
      { numRuns: 40 },
    );
  });

  it.each([-1, 1.5, 367, Number.NaN])('are no %p', (n) => {
    expect(() => addWorkingDays(PLAIN, at('2026-11-27'), n)).toThrow(RangeError);
  });
});
