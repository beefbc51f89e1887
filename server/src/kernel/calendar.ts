/** China has had one time zone and no summer time since 1991, so the accounting calendar is a fixed offset. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** A day of the accounting calendar (Asia/Shanghai), "YYYY-MM-DD"; such texts compare in the order of time. */
export type CalendarDate = string;

export function calendarDate(time: Date): CalendarDate {
  return new Date(time.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The budget year a moment belongs to: the calendar year in Shanghai. */
export function accountingYear(time: Date): number {
  return Number(calendarDate(time).slice(0, 4));
}
