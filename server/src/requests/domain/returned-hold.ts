/** Decides how long a hold outlives a return for correction. */

/** Design §3: returned for correction it lives 5 working days. */
export const RETURNED_HOLD_WORKING_DAYS = 5;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Weekdays are counted in the accounting calendar, Asia/Shanghai, which knows no summer time. */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The same time of day, that many weekdays later. Public holidays are data that comes with the approval calendar (issue W3). */
export function returnedHoldExpiry(now: Date, holdEndsAtLatest: Date): Date {
  let time = now.getTime();
  for (let counted = 0; counted < RETURNED_HOLD_WORKING_DAYS; ) {
    time += DAY_MS;
    const weekday = new Date(time + SHANGHAI_OFFSET_MS).getUTCDay();
    if (weekday !== 0 && weekday !== 6) counted += 1;
  }
  return new Date(Math.min(time, holdEndsAtLatest.getTime()));
}
