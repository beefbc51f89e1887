/** Decides what a request encumbers of a budget, and what of that its machines give back as they go. */
import { type CalendarDate, calendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import { costOfDays } from '../../pricing/domain/cost-of-days.js';

/** How an encumbrance of a request is known to the ledger; the round tells its holds apart. */
export const REQUEST_SUBJECT = 'REQUEST';
/** The same of what goes beyond the quotas and is paid by its department, beside what finance pays of the same request. */
export const BEYOND_SUBJECT = 'BEYOND';
/** What a resource gives back of its request's. */
export const RESOURCE_SUBJECT = 'RESOURCE';

/** What a resource gives back because it became cheaper; the id is that of its part of the change. */
export const CHANGE_SUBJECT = 'CHANGE';
/** What a server or a place gives back, and what the data of one machine does. */
export const ITEM_SUBJECT = 'ITEM';
export const CLAIM_SUBJECT = 'CLAIM';

/** So many of the same, each accounted for itself. null = a price is missing. */
export interface PricedLine {
  readonly eachFen: Fen | null;
  readonly count: number;
}

/** The budget year's first and, half-open, last day: it is the calendar year (预算法 第十八条). */
export function budgetYear(day: CalendarDate): { readonly year: number; readonly ends: CalendarDate } {
  const year = Number(day.slice(0, 4));
  return { year, ends: `${year + 1}-01-01` };
}

/**
 * From the day of the hold, which is paid for whole, to the end of the budget year, or to the day before `until` where the
 * use ends sooner. Each thing is reckoned alone, month by month (pricing/domain/cost-of-days.ts), so that what machines
 * give back one by one is what they took together.
 */
export function encumbered(lines: readonly PricedLine[], day: CalendarDate, until: CalendarDate | null = null): Fen {
  const { ends } = budgetYear(day);
  const to = until !== null && until < ends ? until : ends;
  return lines.reduce((sum, { eachFen, count }) => sum + BigInt(count) * costOfDays(eachFen ?? 0n, day, to), 0n);
}

/**
 * What one thing that is gone gives back: its days from this one on. The day of its going belongs to nobody. `restFen` is what it
 * still costs where it only became cheaper: what is left of both is then what the rest costs, to the fen.
 */
export function givenBack(
  monthlyFen: Fen,
  gone: Date,
  restFen: Fen = 0n,
): { readonly year: number; readonly amount: Fen } {
  const day = calendarDate(gone);
  const { year, ends } = budgetYear(day);
  return { year, amount: costOfDays(monthlyFen + restFen, day, ends) - costOfDays(restFen, day, ends) };
}
