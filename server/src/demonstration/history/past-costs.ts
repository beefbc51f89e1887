import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';

/** What something costs a month, from a day on. */
export interface MonthlyRate {
  readonly from: CalendarDate;
  readonly monthlyFen: Fen;
}

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

/** What the days from one to the other (not included) cost, month by month: by day, each month's part rounded half up alone. */
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

/** The same of something whose rate changed: a day belongs to the rate at its end. Rates stand in the order of time. */
export function costOfRates(rates: readonly MonthlyRate[], from: CalendarDate, to: CalendarDate): Fen {
  return rates.reduce((sum, rate, index) => {
    const ends = rates[index + 1]?.from ?? to;
    const [first, last] = [rate.from > from ? rate.from : from, ends < to ? ends : to];
    return first < last ? sum + costOfDays(rate.monthlyFen, first, last) : sum;
  }, 0n);
}
