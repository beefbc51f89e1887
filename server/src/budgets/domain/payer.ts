/** Decides which budget item pays for a use: its department's own, the center's where finance pays for all, or none, and why. */

import type { BudgetItemMissing } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import { encumbersOwnBudget, type Project, paysBeyondQuota } from '../../systems/domain/system.js';
import type { Budget } from './budget.js';

/**
 * NO_PROJECT: nobody has said which project pays, as of things that were taken in. NO_ITEM: the project pays by itself and
 * its keys name no item, or several. NO_CENTRAL_ITEM: finance pays, and no item of that year is named for it.
 * NO_PRICE: nothing has a price now, so that nobody knows how much.
 */
export const UNPAID_REASONS = ['NO_PROJECT', 'NO_ITEM', 'NO_CENTRAL_ITEM', 'NO_PRICE'] as const;
export type UnpaidReason = (typeof UNPAID_REASONS)[number];

/** `before`: items that were named to pay centrally before this one; what is reserved of them is spent of them first. */
export type Payer =
  | { readonly budgetId: string; readonly before?: readonly string[] }
  | { readonly unpaid: UnpaidReason };

/** The items of one year that finance pays from, for whoever's tree the project is in. */
export interface CentralItems {
  readonly inForce: string | null;
  readonly before: readonly string[];
}

/** `own` is what `chooseItem` said of the project; `isBeyond`: the use draws no quota because its department pays for it. */
export function payerOf(
  project: Pick<Project, 'fundingMode'> | null,
  own: Result<Pick<Budget, 'id'>, BudgetItemMissing> | undefined,
  { inForce, before }: CentralItems,
  isBeyond = false,
): Payer {
  if (project === null) return { unpaid: 'NO_PROJECT' };
  if (paysItself(project, isBeyond)) return own?.ok ? { budgetId: own.value.id } : { unpaid: 'NO_ITEM' };
  if (inForce === null) return { unpaid: 'NO_CENTRAL_ITEM' };
  return before.length > 0 ? { budgetId: inForce, before } : { budgetId: inForce };
}

/** Of its department's own item: all of it, or what the quotas do not cover. */
export function paysItself({ fundingMode }: Pick<Project, 'fundingMode'>, isBeyond: boolean): boolean {
  return encumbersOwnBudget(fundingMode) || (paysBeyondQuota(fundingMode) && isBeyond);
}
