/** Decides what opening a budget year encumbers of what runs: for each use the cost to the year's end, and the item that pays. */

import type { Payer, UnpaidReason } from '../../budgets/domain/payer.js';
import type { Fen } from '../../kernel/money.js';

/** A use that runs, reckoned. */
export interface CostedUse {
  readonly useId: string;
  readonly requestId: string | null;
  readonly departmentId: string;
  readonly projectId: string | null;
  /** From the year's first day, or from today where that is later, to its end; null = a price is missing. */
  readonly amount: Fen | null;
  readonly payer: Payer;
}

export interface PlannedUse extends Omit<CostedUse, 'amount' | 'payer'> {
  readonly amount: Fen;
  readonly budgetId: string | null;
  /** Why nothing is encumbered for it; null = it is. */
  readonly unpaid: UnpaidReason | null;
}

/** What is reserved together: of one item, for one request, or for a use that nobody asked for. */
export interface PlannedReservation {
  readonly subject: { readonly kind: 'REQUEST' | 'USE'; readonly id: string };
  readonly budgetId: string;
  readonly amount: Fen;
}

/** Uses that were encumbered for the year already, by an earlier run of its opening, are left out: nothing happens twice. */
export function planYear(
  uses: readonly CostedUse[],
  known: ReadonlySet<string>,
): { readonly uses: readonly PlannedUse[]; readonly reservations: readonly PlannedReservation[] } {
  const planned = uses
    .filter(({ useId }) => !known.has(useId))
    .map(({ amount, payer, ...use }): PlannedUse => {
      if (amount === null) return { ...use, amount: 0n, budgetId: null, unpaid: 'NO_PRICE' };
      if ('unpaid' in payer) return { ...use, amount, budgetId: null, unpaid: payer.unpaid };
      return { ...use, amount, budgetId: payer.budgetId, unpaid: null };
    });
  const sums = new Map<string, PlannedReservation>();
  for (const { useId, requestId, budgetId, amount } of planned) {
    if (budgetId === null || amount === 0n) continue;
    const subject =
      requestId === null ? ({ kind: 'USE', id: useId } as const) : ({ kind: 'REQUEST', id: requestId } as const);
    const key = `${subject.id} ${budgetId}`;
    sums.set(key, { subject, budgetId, amount: (sums.get(key)?.amount ?? 0n) + amount });
  }
  return { uses: planned, reservations: [...sums.values()] };
}

/** A year has at most so many runs of its opening. */
export const RUNS_PER_YEAR_MAX = 1_000;

/** Below nothing: rounds of a request's own holds count up from 1, and never meet those of openings. */
export function roundOfOpening(year: number, run: number): number {
  if (run < 0 || run >= RUNS_PER_YEAR_MAX) throw new RangeError(`${year} cannot be opened for the ${run}th time`);
  return -(year * RUNS_PER_YEAR_MAX + run);
}
