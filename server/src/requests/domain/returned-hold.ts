/** Decides how long a hold outlives a return for correction, and how far a step of the center renews it. */
import { holdExpiry, holdTotalEnd } from '../../allocation/domain/claim.js';
import { addWorkingDays, type WorkingCalendar } from '../../calendars/domain/working-days.js';

/** Design §3: returned for correction it lives 5 working days. */
export const RETURNED_HOLD_WORKING_DAYS = 5;
/** A step that is late keeps its hold while its escalation role looks for another to decide it. */
const GRACE_WORKING_DAYS = 3;

/** The same time of day, that many working days later, within the hold's whole life. */
export function returnedHoldExpiry(calendar: WorkingCalendar, now: Date, heldSince: Date): Date {
  const expiry = addWorkingDays(calendar, now, RETURNED_HOLD_WORKING_DAYS).getTime();
  return new Date(Math.min(expiry, holdTotalEnd(heldSince).getTime()));
}

/** Renewed as a center's step begins: long enough for its deadline over any holiday, within the hold's whole life. */
export function renewedHoldExpiry(calendar: WorkingCalendar, now: Date, heldSince: Date, dueAt: Date): Date {
  const usual = holdExpiry(heldSince, now).getTime();
  const forDeadline = addWorkingDays(calendar, dueAt, GRACE_WORKING_DAYS).getTime();
  return new Date(Math.min(Math.max(usual, forDeadline), holdTotalEnd(heldSince).getTime()));
}
