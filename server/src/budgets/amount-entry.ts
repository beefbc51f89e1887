import type { Fen } from '../kernel/money.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { BudgetEntry } from './domain/budget.js';

/** Subject kind of what happens to a budget itself. */
const BUDGET_SUBJECT = 'BUDGET';

/** The ledger's line of an amount that is set or changed. */
export function amountEntry(
  tx: Tx,
  id: string,
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
    at: tx.now,
    by,
    reason,
  };
}
