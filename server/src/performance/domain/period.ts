/** Decides which days a period of evaluation (评价期) has: a month, a quarter, half a year or a year, never across two budget years. */
import { type Month, monthAfter } from '../../accounting/domain/accounting-units.js';
import type { CalendarDate } from '../../kernel/calendar.js';

export interface Period {
  /** "2026-10", "2026-Q3", "2026-H1" or "2026". */
  readonly key: string;
  readonly from: CalendarDate;
  /** The first day after it. */
  readonly to: CalendarDate;
  readonly months: readonly Month[];
}

const KEY = /^(20\d{2})(?:-(0[1-9]|1[0-2])|-Q([1-4])|-H([12]))?$/;

/** undefined = the text names no period. */
export function periodOf(key: string): Period | undefined {
  const [, year, month, quarter, half] = KEY.exec(key) ?? [];
  if (year === undefined) return undefined;
  const [first, count] = month
    ? [Number(month), 1]
    : quarter
      ? [Number(quarter) * 3 - 2, 3]
      : half
        ? [Number(half) * 6 - 5, 6]
        : [1, 12];
  const months: Month[] = [`${year}-${String(first).padStart(2, '0')}`];
  while (months.length < count) months.push(monthAfter(months.at(-1) as Month));
  return { key, from: `${months[0]}-01`, to: `${monthAfter(months.at(-1) as Month)}-01`, months };
}

const DAY_MS = 86_400_000;

export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** 366 in a leap year. */
export function daysOfYear(day: CalendarDate): number {
  const year = Number(day.slice(0, 4));
  return daysBetween(`${year}-01-01`, `${year + 1}-01-01`);
}
