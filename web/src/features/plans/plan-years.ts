const SHANGHAI_MS = 8 * 3_600_000;
/** In the last quarter people speak of the year to come. */
const OCTOBER = 9;

const shanghai = (now: number) => new Date(now + SHANGHAI_MS);

/** The plan year is the calendar year in Shanghai. */
export const thisYear = (now = Date.now()): number => shanghai(now).getUTCFullYear();

/** Whose plans the list opens with: of the year to come, once it is declared. */
export const yearToPlan = (now = Date.now()): number =>
  thisYear(now) + (shanghai(now).getUTCMonth() >= OCTOBER ? 1 : 0);

/** The year that the address names, else the one to begin with; every year that there is to choose from, newest first. */
export function yearsToChoose(chosen: number, known: readonly { year: number }[] = []): number[] {
  return [...new Set([chosen, thisYear(), yearToPlan(), ...known.map(({ year }) => year)])].sort((a, b) => b - a);
}
