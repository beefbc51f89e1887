/** Excel keeps fifteen digits; a longer number has already lost its last ones. */
const DIGITS_MAX = 15;
const EXACT_MAX = 10 ** DIGITS_MAX;
const DAY_MS = 86_400_000;
/** Day 0 of a spreadsheet's calendar; it counts a 29 February 1900, which from March 1900 on makes this the right one. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const SERIAL_MAX = 2_958_465;
/** Formats that a spreadsheet knows by number alone: dates and times, the Chinese ones (27 to 36, 50 to 58) among them. */
const BUILT_IN_DATES = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to);
  // Quoted words, escaped letters, colours and conditions are no pattern.
  const pattern = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '').split(';')[0] as string;
  return /[ymdhs]/i.test(pattern) && !/general/i.test(pattern);
}

/** The number as a person reads it; undefined = too long to be exact. */
export function numberText(raw: string): string | undefined {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value) || Math.abs(value) >= EXACT_MAX) return undefined;
  // 0.1 + 0.2 is kept as 0.30000000000000004.
  return String(Number(value.toPrecision(DIGITS_MAX)));
}

/** "2026-11-24" or "2026-11-24 08:30"; undefined = no day of this calendar. */
export function dateText(raw: string, from1904: boolean): string | undefined {
  const serial = Number(raw);
  if (raw.trim() === '' || !(serial >= 0 && serial <= SERIAL_MAX)) return undefined;
  const minutes = Math.round(serial * 24 * 60);
  const time = new Date((from1904 ? EPOCH_1904_MS : EPOCH_1900_MS) + minutes * (DAY_MS / 24 / 60)).toISOString();
  if (serial < 1) return time.slice(11, 16);
  return minutes % (24 * 60) === 0 ? time.slice(0, 10) : `${time.slice(0, 10)} ${time.slice(11, 16)}`;
}
