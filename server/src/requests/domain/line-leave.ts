/** Decides from which day on what people handed over is taken back after its term: a full grace after its owners were told. */
import { addDays, type CalendarDate, calendarDate } from '../../kernel/calendar.js';
import type { LifePolicy } from '../../resources/domain/life-policy.js';

/** Whoever was told late, because the console was away or knew of no terms yet, is left as long as anybody. */
export function leavesOn(
  until: CalendarDate,
  toldAt: Date | null,
  { TERM_GRACE_DAYS }: Pick<LifePolicy, 'TERM_GRACE_DAYS'>,
): CalendarDate {
  const over = addDays(until, 1);
  const told = toldAt && calendarDate(toldAt);
  const toldLate = told !== null && told > over;
  return addDays(toldLate ? told : over, TERM_GRACE_DAYS);
}

/** Nobody is taken anything from who was not told. */
export function isLeaving(
  term: { readonly temporaryUntil: CalendarDate | null; readonly termOverAt: Date | null },
  now: Date,
  policy: Pick<LifePolicy, 'TERM_GRACE_DAYS'>,
): boolean {
  const { temporaryUntil: until, termOverAt: told } = term;
  return until !== null && told !== null && leavesOn(until, told, policy) <= calendarDate(now);
}
