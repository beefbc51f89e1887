import type { Fen } from '../kernel/money.js';
import { levelsOf } from './domain/budget.js';
import type { BudgetMove } from './ledger.service.js';

/** The sum of the moves for every budget on every level, in the one order that everybody takes them. */
export function perLevel(moves: readonly BudgetMove[]) {
  const sums = new Map<string, { id: string; below: number; reserved: Fen; spent: Fen; mustFit: boolean }>();
  for (const move of moves)
    for (const [below, id] of levelsOf(move.path).entries()) {
      // Counted from the root, so that a level is the same for all that pass through it.
      const depth = levelsOf(move.path).length - below;
      const known = sums.get(id) ?? { id, below: depth, reserved: 0n, spent: 0n, mustFit: false };
      sums.set(id, {
        ...known,
        reserved: known.reserved + move.reserved,
        spent: known.spent + move.spent,
        mustFit: known.mustFit || move.mustFit,
      });
    }
  return [...sums.values()].toSorted((a, b) => b.below - a.below || (a.id < b.id ? -1 : 1));
}
