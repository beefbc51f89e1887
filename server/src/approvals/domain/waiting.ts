/** Decides when a step is due, for which day a reminder counts, and how long somebody has had it: all in working days. */
import {
  addWorkingDays,
  type WorkingCalendar,
  workingDayFrom,
  workingDaysBetween,
} from '../../calendars/domain/working-days.js';
import { type CalendarDate, calendarDate } from '../../kernel/calendar.js';
import type { DueAt } from './round.js';

export function dueAt(calendar: WorkingCalendar, now: Date): DueAt {
  return (deadlineWorkingDays) => addWorkingDays(calendar, now, deadlineWorkingDays);
}

/** The working day that a reminder counts for; on a day off the next one. */
export function reminderDay(calendar: WorkingCalendar, now: Date): CalendarDate {
  return workingDayFrom(calendar, calendarDate(now));
}

/** How long a step has had it, or had it. */
export function waitedWorkingDays(calendar: WorkingCalendar, since: Date, until: Date): number {
  return workingDaysBetween(calendar, since, until);
}
