import { exactTime } from '../../lib/time';

const DAY = 24 * 60 * 60_000;

/** People name the last day that counts; the server the moment at which it is over, in Asia/Shanghai. */
export function untilOfLastDay(day: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  return new Date(new Date(`${day}T00:00:00+08:00`).getTime() + DAY).toISOString();
}

export const lastDayOf = (until: string): string =>
  exactTime(new Date(Date.parse(until) - 1).toISOString()).slice(0, 10);
