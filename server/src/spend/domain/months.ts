/** Decides which days of a half-open span of calendar days lie in which months. */
import { type Month, monthAfter } from '../../accounting/domain/accounting-units.js';
import type { CalendarDate } from '../../kernel/calendar.js';

const DAY_MS = 86_400_000;

const dayNumber = (day: CalendarDate): number => Date.parse(`${day}T00:00:00.000Z`) / DAY_MS;

export const firstDayOf = (month: Month): CalendarDate => `${month}-01`;

/** Months that the span touches, in order, each with how many of its days lie in the span. */
export function daysByMonth(from: CalendarDate, to: CalendarDate): { readonly month: Month; readonly days: bigint }[] {
  const found: { month: Month; days: bigint }[] = [];
  for (let month = from.slice(0, 7); firstDayOf(month) < to; month = monthAfter(month)) {
    const begins = firstDayOf(month) > from ? firstDayOf(month) : from;
    const next = firstDayOf(monthAfter(month));
    const ends = next < to ? next : to;
    found.push({ month, days: BigInt(dayNumber(ends) - dayNumber(begins)) });
  }
  return found;
}

export function monthsFrom(first: Month, count: number): Month[] {
  const months: Month[] = [];
  for (let month = first; months.length < count; month = monthAfter(month)) months.push(month);
  return months;
}

/** From the one to the other, both included. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
}
