import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOLD_LIFE_DAYS, HOLD_TOTAL_LIFE_DAYS } from '../../allocation/domain/claim.js';
import { addWorkingDays, type DayKind, type WorkingCalendar } from '../../calendars/domain/working-days.js';
import { addDays } from '../../kernel/calendar.js';
import { renewedHoldExpiry, returnedHoldExpiry } from './returned-hold.js';

const PLAIN: WorkingCalendar = new Map();
/** Nine days off and two Saturdays worked for them, as in the spring of 2026. */
const SPRING: WorkingCalendar = new Map<string, DayKind>([
  ...Array.from({ length: 9 }, (_, n): [string, DayKind] => [addDays('2026-02-15', n), 'HOLIDAY']),
  ['2026-02-14', 'WORKING'],
  ['2026-02-28', 'WORKING'],
]);
const DAY_MS = 86_400_000;
const at = (day: string) => new Date(`${day}T02:00:00.000Z`);
const later = (time: Date, days: number) => new Date(time.getTime() + days * DAY_MS);

describe('a hold that was returned', () => {
  it('lives five working days, whatever holidays lie between', () => {
    expect(returnedHoldExpiry(PLAIN, at('2026-11-26'), at('2026-11-20'))).toEqual(at('2026-12-03'));
    expect(returnedHoldExpiry(SPRING, at('2026-02-13'), at('2026-02-10'))).toEqual(at('2026-02-27'));
  });
});

describe('any hold', () => {
  it('never outlives its whole life, and a renewed one outlives its step or that', () => {
    const moment = fc.date({ min: at('2026-01-05'), max: at('2026-06-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom(PLAIN, SPRING),
        (heldSince, days, deadline, calendar) => {
          const now = later(heldSince, days);
          const end = later(heldSince, HOLD_TOTAL_LIFE_DAYS);
          const dueAt = addWorkingDays(calendar, now, deadline);
          const renewed = renewedHoldExpiry(calendar, now, heldSince, dueAt);
          expect(renewed.getTime()).toBeLessThanOrEqual(end.getTime());
          expect(returnedHoldExpiry(calendar, now, heldSince).getTime()).toBeLessThanOrEqual(end.getTime());
          const least = Math.min(end.getTime(), Math.max(dueAt.getTime() + 1, later(now, HOLD_LIFE_DAYS).getTime()));
          expect(renewed.getTime()).toBeGreaterThanOrEqual(least);
        },
      ),
    );
  });
});
