/** Decides what becomes of a budget when its year is over: what is reserved ends, and what is left is carried over or taken back. */
import type { Budget } from '../../budgets/domain/budget.js';
import type { Fen } from '../../kernel/money.js';
import type { FundNature } from '../../systems/domain/system.js';

/** CARRY 结转: what is left goes to the same item of the next year. COLLECT 收回: it goes back to the treasury. */
export const CARRY_ACTIONS = ['CARRY', 'COLLECT'] as const;
export type CarryAction = (typeof CARRY_ACTIONS)[number];

/** How far a book has come: of its items nothing yet. */
export const FIRST_OF_BOOK = 'I';

/** From a budget year on, for one nature of funds; never changed, only followed by another. */
export interface CarryRule {
  readonly fromYear: number;
  readonly fundNature: FundNature;
  readonly action: CarryAction;
}

/**
 * As long as nobody has said otherwise: general money that was not used goes back (预算法 第四十二条 keeps it for two years at
 * most, as finance decides), money that is raised for a purpose stays with it.
 */
export const USUAL_ACTIONS: { readonly [N in FundNature]: CarryAction } = {
  GENERAL_BUDGET: 'COLLECT',
  STATE_CAPITAL: 'COLLECT',
  GOVERNMENT_FUND: 'CARRY',
  SPECIAL_BOND: 'CARRY',
  OWN_FUNDS: 'CARRY',
};

/** Of several rules of one year the one that was set last holds; `rules` come in the order in which they were set. */
export function actionOf(rules: readonly CarryRule[], year: number, nature: FundNature): CarryAction {
  const holding = rules.filter(({ fromYear, fundNature }) => fundNature === nature && fromYear <= year);
  const newest = Math.max(...holding.map(({ fromYear }) => fromYear));
  return holding.findLast(({ fromYear }) => fromYear === newest)?.action ?? USUAL_ACTIONS[nature];
}

/** What is left of it once nothing is reserved any more; of a department as a whole, what it never gave to its items. */
export function leftOf({
  grain,
  amount,
  allotted,
  spent,
}: Pick<Budget, 'grain' | 'amount' | 'allotted' | 'spent'>): Fen {
  const left = grain === 'ITEM' ? amount - spent : amount - allotted;
  // What was used beyond the budget stays to be seen, and nothing of it moves.
  return left > 0n ? left : 0n;
}

/** The key of the same budget a year later. */
export function keyOfNextYear({ key, year }: Pick<Budget, 'key' | 'year'>): string {
  return `${year + 1}${key.slice(`${year}`.length)}`;
}
