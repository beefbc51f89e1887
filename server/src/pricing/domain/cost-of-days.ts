/** Decides what days of a use cost whose price is by the month: by day of the accounting calendar, each month alone. */
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';

/** "YYYY-MM" of a day. */
export function monthOf(day: CalendarDate): string {
  return day.slice(0, 7);
}

export function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/**
 * The days from one to the other (not included). A whole month costs the monthly price, whatever its length; a part of a
 * month its days by that month's days, rounded half up to the fen. Each month is rounded alone, as it is billed alone.
 */
export function costOfDays(monthlyFen: Fen, from: CalendarDate, to: CalendarDate): Fen {
  let sum = 0n;
  for (let day = from; day < to; ) {
    const month = monthOf(day);
    const [begins, ends] = [`${month}-01`, `${nextMonth(month)}-01`];
    const until = ends < to ? ends : to;
    const inMonth = BigInt(daysBetween(begins, ends));
    sum += (2n * monthlyFen * BigInt(daysBetween(day, until)) + inMonth) / (2n * inMonth);
    day = until;
  }
  return sum;
}
