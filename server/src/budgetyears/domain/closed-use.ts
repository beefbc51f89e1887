/** Decides what a page of a closed document spends of which budget item, and what of it nobody pays. */
import type { MonthUse } from '../../budgets/domain/month-spending.js';
import type { Payer, UnpaidReason } from '../../budgets/domain/payer.js';
import type { Fen } from '../../kernel/money.js';

export interface ClosedUse {
  readonly useId: string;
  readonly departmentId: string;
  readonly projectId: string | null;
  readonly amount: Fen;
  readonly reservedBy: readonly string[];
  readonly payer: Payer;
}

/** Use of a closed month that no budget item pays for: shown until somebody says who does. */
export interface UnpaidUse {
  readonly useId: string;
  readonly departmentId: string;
  readonly projectId: string | null;
  readonly amount: Fen;
  readonly why: UnpaidReason;
}

/** Each use once an item: amounts of several months that the document charges it with are one posting. */
export function postingsOf(uses: readonly ClosedUse[]): {
  readonly spent: readonly MonthUse[];
  readonly unpaid: readonly UnpaidUse[];
} {
  const spent = new Map<string, MonthUse>();
  const unpaid = new Map<string, UnpaidUse>();
  for (const { useId, departmentId, projectId, amount, reservedBy, payer } of uses) {
    if ('unpaid' in payer) {
      const key = `${useId} ${projectId}`;
      const sum = (unpaid.get(key)?.amount ?? 0n) + amount;
      unpaid.set(key, { useId, departmentId, projectId, amount: sum, why: payer.unpaid });
      continue;
    }
    const key = `${useId} ${payer.budgetId}`;
    const sum = (spent.get(key)?.amount ?? 0n) + amount;
    spent.set(key, { useId, ...payer, reservedBy, amount: sum });
  }
  return { spent: [...spent.values()], unpaid: [...unpaid.values()] };
}
