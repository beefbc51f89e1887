/** Decides which budget item pays for a use: its department's own, the center's where finance pays for all, or none, and why. */
import type { Budget } from '../../budgets/domain/budget.js';
import type { BudgetItemMissing } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import { encumbersOwnBudget, type Project } from '../../systems/domain/system.js';

/**
 * NO_PROJECT: nobody has said which project pays, as of things that were taken in. NO_ITEM: the project pays by itself and
 * its keys name no item, or several. NO_CENTRAL_ITEM: finance pays, and no item of that year is named for it.
 * NO_PRICE: nothing has a price now, so that nobody knows how much.
 */
export const UNPAID_REASONS = ['NO_PROJECT', 'NO_ITEM', 'NO_CENTRAL_ITEM', 'NO_PRICE'] as const;
export type UnpaidReason = (typeof UNPAID_REASONS)[number];

export type Payer = { readonly budgetId: string } | { readonly unpaid: UnpaidReason };

/** `own` is what `chooseItem` said of the project, `centralId` the item of the year that 财政统付 is paid from. */
export function payerOf(
  project: Project | null,
  own: Result<Budget, BudgetItemMissing> | undefined,
  centralId: string | null,
): Payer {
  if (project === null) return { unpaid: 'NO_PROJECT' };
  if (encumbersOwnBudget(project.fundingMode)) return own?.ok ? { budgetId: own.value.id } : { unpaid: 'NO_ITEM' };
  // Central money is the province's: a city that pays for its bureaus has an item of its own level to name, and none yet.
  if (project.budgetLevel !== 'PROVINCE' || centralId === null) return { unpaid: 'NO_CENTRAL_ITEM' };
  return { budgetId: centralId };
}
