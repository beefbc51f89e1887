import type { Seeded } from '../seeded.js';

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Offices open at nine in Shanghai, which is one o'clock UTC. */
const OPENING_HOUR_UTC = 1;
const OFFICE_HOURS = 9;
/** A province that begins with paper asks for more each month; in the last month about twice as much as in the first. */
const GROWTH = 1;

/** The beginning of the past: that many months before its end, on the first of the month. */
export function beginningOf(until: Date, months: number): Date {
  return new Date(Date.UTC(until.getUTCFullYear(), until.getUTCMonth() - months, 1));
}

/** Moments of office time between the two, in order, denser towards the end. */
export function officeMoments(seeded: Seeded, from: Date, until: Date, count: number): Date[] {
  const span = until.getTime() - from.getTime();
  const moments = Array.from({ length: count }, () => {
    const dice = seeded.next() / 2 ** 32;
    // Inverse of the cumulated density (1 + GROWTH·t) / (1 + GROWTH/2) over 0..1.
    const part = (Math.sqrt(1 + 2 * GROWTH * (1 + GROWTH / 2) * dice) - 1) / GROWTH;
    return officeTime(seeded, new Date(from.getTime() + part * span), until);
  });
  return moments.toSorted((a, b) => a.getTime() - b.getTime());
}

/** That day within office hours, on Monday if it was a weekend; never after `until`. */
export function officeTime(seeded: Seeded, day: Date, until: Date): Date {
  const weekday = day.getUTCDay();
  const shift = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  const midnight = Math.floor(day.getTime() / DAY_MS) * DAY_MS + shift * DAY_MS;
  const at = midnight + OPENING_HOUR_UTC * HOUR_MS + seeded.below(OFFICE_HOURS * HOUR_MS);
  return new Date(Math.min(at, until.getTime() - HOUR_MS - seeded.below(HOUR_MS)));
}

export function daysLater(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}

export function minutesLater(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}
