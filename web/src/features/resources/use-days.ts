/** Lays days that were seen onto a calendar without holes: what lies between them is unknown, not nought. */
export type SeenDay = { day: string; partial: boolean };

const DAY_MS = 86_400_000;

export const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

/** So many days that end with `last`; null where none was seen. */
export function onCalendar<D extends SeenDay>(seen: readonly D[], last: string, length: number): (D | null)[] {
  const byDay = new Map(seen.map((one) => [one.day, one]));
  return Array.from({ length }, (_, at) => byDay.get(dayBefore(last, length - 1 - at)) ?? null);
}

/** Of the newest day that is over; today's only where there is no other. */
export function newestWhole<D extends SeenDay>(seen: readonly D[]): D | null {
  return seen.findLast(({ partial }) => !partial) ?? seen.at(-1) ?? null;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const;

/** Bytes a second in the unit that reads best. */
export function rateText(bytes: number): string {
  const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}/s`;
}

export const percentText = (percent: number): string => `${percent.toFixed(1)}%`;
