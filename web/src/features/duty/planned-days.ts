/** Decides which days a calendar shows, and what of what is planned stands on each: days are the province's. */
import { exactTime } from '../../lib/time';

const DAY_MS = 86_400_000;
export type Span = 'month' | 'week';

export interface Timed {
  readonly from: string;
  readonly to: string;
}

const at = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const dayOf = (ms: number): string => exactTime(new Date(ms).toISOString()).slice(0, 10);
const addDays = (day: string, days: number): string => dayOf(at(day) + days * DAY_MS);

/** A day that somebody wrote into the address, or today where there is no such day. */
export function dayAsked(asked: string, today: string): string {
  return /^20\d{2}-\d{2}-\d{2}$/.test(asked) && !Number.isNaN(at(asked)) ? dayOf(at(asked)) : today;
}

/** 0 = Monday. */
function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Whole weeks from Monday on: of a month all that have a day of it. */
export function daysShown(span: Span, day: string): string[] {
  const first = span === 'week' ? day : `${day.slice(0, 7)}-01`;
  const monday = addDays(first, -weekday(first));
  const last = span === 'week' ? addDays(monday, 6) : lastOfMonth(day);
  const weeks = span === 'week' ? 1 : Math.ceil(((at(last) - at(monday)) / DAY_MS + 1) / 7);
  return Array.from({ length: weeks * 7 }, (_, n) => addDays(monday, n));
}

function lastOfMonth(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The first of the next or the former month; the same day of a week. */
export function moved(span: Span, day: string, by: 1 | -1): string {
  if (span === 'week') return addDays(day, 7 * by);
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10);
}

export function boundsOf(days: readonly string[]): { from: string; to: string } {
  const [first = ''] = days;
  return { from: new Date(at(first)).toISOString(), to: new Date(at(days.at(-1) ?? first) + DAY_MS).toISOString() };
}

/** Half-open: what ends at midnight is not of the day that begins then. */
export function on<T extends Timed>(day: string, planned: readonly T[]): T[] {
  const [begin, end] = [at(day), at(day) + DAY_MS];
  return planned.filter(({ from, to }) => Date.parse(from) < end && Date.parse(to) > begin);
}
