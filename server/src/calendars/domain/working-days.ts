/** Decides which days are worked, and counts them: weekends are free, except where the State Council's list says otherwise. */
import { addDays, type CalendarDate, calendarDate } from '../../kernel/calendar.js';

/** HOLIDAY: a day off, whatever its weekday. WORKING: a weekend day that is worked instead (调休上班). */
export const DAY_KINDS = ['HOLIDAY', 'WORKING'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** What differs from the plain week. A year that nobody has published yet simply has no entries. */
export type WorkingCalendar = ReadonlyMap<CalendarDate, DayKind>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** A year of counting is more than any deadline; what asks for more has a mistake in it. */
const WORKING_DAYS_MAX = 366;

export function isWeekend(day: CalendarDate): boolean {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

export function isWorkingDay(calendar: WorkingCalendar, day: CalendarDate): boolean {
  const kind = calendar.get(day);
  return kind === undefined ? !isWeekend(day) : kind === 'WORKING';
}

/** The day itself when it is worked, else the next one that is. */
export function workingDayFrom(calendar: WorkingCalendar, day: CalendarDate): CalendarDate {
  let at = day;
  while (!isWorkingDay(calendar, at)) at = addDays(at, 1);
  return at;
}

/** The same time of day in Shanghai, that many working days later; 0 gives the moment itself. Throws RangeError for no count of days. */
export function addWorkingDays(calendar: WorkingCalendar, from: Date, days: number): Date {
  if (!Number.isInteger(days) || days < 0 || days > WORKING_DAYS_MAX)
    throw new RangeError(`${days} is no number of working days`);
  let day = calendarDate(from);
  let passed = 0;
  for (let counted = 0; counted < days; passed += 1) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) counted += 1;
  }
  return new Date(from.getTime() + passed * DAY_MS);
}

/** Working days after the day of `from`, up to and with the day of `to`; negative when `to` lies before. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Date, to: Date): number {
  const [first, last] = [calendarDate(from), calendarDate(to)];
  if (last < first) return -workingDaysBetween(calendar, to, from);
  let count = 0;
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1;
  return count;
}
