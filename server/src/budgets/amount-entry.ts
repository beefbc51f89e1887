import type { Fen } from '../kernel/money.js';
import type { BudgetEntry } from './domain/budget.js';

/** A budget's first entry: its id, which carries the time, and that time. */
export interface Opening {
  readonly entryId: string;
  readonly at: Date;
}

/** Subject kind of what happens to a budget itself. */
const BUDGET_SUBJECT = 'BUDGET';

export function amountEntry(
  { entryId: id, at }: Opening,
  budgetId: string,
  amount: Fen,
  by: string,
  reason: string,
): BudgetEntry {
  return {
    id,
    budgetId,
    kind: 'ADJUST',
    amount,
    fromReserved: 0n,
    // Each change of an amount is a subject of its own: the act's key already makes it happen once.
    subject: { kind: BUDGET_SUBJECT, id, round: 0 },
    encumbranceId: null,
    reversesEntryId: null,
    at,
    by,
    reason,
  };
}
