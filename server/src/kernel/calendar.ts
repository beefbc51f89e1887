/** China has had one time zone and no summer time since 1991, so the accounting calendar is a fixed offset. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** A day of the accounting calendar (Asia/Shanghai), "YYYY-MM-DD"; such texts compare in the order of time. */
export type CalendarDate = string;

export function calendarDate(time: Date): CalendarDate {
  return new Date(time.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** That moment on a clock in Shanghai, "YYYY-MM-DD HH:MM:SS": for records that are text. */
export function calendarTime(time: Date): string {
  return new Date(time.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** The budget year a moment belongs to: the calendar year in Shanghai. */
export function accountingYear(time: Date): number {
  return Number(calendarDate(time).slice(0, 4));
}

const DATE_TEXT = /^\d{4}-\d{2}-\d{2}$/;

/** A day that exists, in the years that money is kept for: "2026-02-30" is none, nor is year 9. */
export function isCalendarDate(text: string): boolean {
  if (!DATE_TEXT.test(text) || text < '1990-01-01' || text > '2199-12-31') return false;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** So many days later (earlier, when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first moment of that day in Shanghai. */
export function startOfDay(day: CalendarDate): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS);
}
