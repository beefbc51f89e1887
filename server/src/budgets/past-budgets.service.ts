import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/money.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { amountEntry, type Opening } from './amount-entry.js';
import { BudgetsRepository } from './budgets.repository.js';
import { type Budget, type BudgetEntry, levelsOf } from './domain/budget.js';
import { LedgerRepository, type PastEncumbrance } from './ledger.repository.js';
import { BudgetLedger, moveOf } from './ledger.service.js';

/** Postings of the time before, with what stands of the encumbrances at their end. */
export interface PastPostings {
  readonly encumbrances: readonly PastEncumbrance[];
  readonly entries: readonly BudgetEntry[];
  /** Additions to amounts, of items and of departments as a whole. */
  readonly adjustments: readonly BudgetEntry[];
}

/** Budgets and postings that were there before this console kept the books. For seeding and imports, which have checked them. */
@Injectable()
export class PastBudgets {
  constructor(
    private readonly budgets: BudgetsRepository,
    private readonly ledger: LedgerRepository,
    private readonly books: BudgetLedger,
  ) {}

  /** Takes in budgets with their amounts as they are, departments first, each opened when it was. */
  async add(tx: Tx, budgets: readonly Budget[], by: string, openings: readonly Opening[]): Promise<void> {
    if (budgets.length === 0) return;
    await this.budgets.insert(tx, budgets);
    await this.ledger.append(
      tx,
      budgets.flatMap(({ id, amount }, index) => {
        const opening = openings[index] ?? { entryId: newId(tx.now.getTime()), at: tx.now };
        return amount === 0n ? [] : [amountEntry(opening, id, amount, by, '年初预算')];
      }),
    );
  }

  /**
   * Takes over what was reserved, released, spent and added. `takeLast` moves the figures by what the entries did; nothing
   * is asked whether it fits, for it has happened.
   */
  async takeOver(tx: Tx, past: PastPostings): Promise<{ takeLast: () => Promise<void> }> {
    const entries = [...past.adjustments, ...past.entries];
    await this.ledger.insertEncumbrances(tx, past.encumbrances);
    await this.ledger.append(tx, entries);
    const posted = [...new Set(entries.map((entry) => entry.budgetId))];
    const rows = await this.budgets.byIds(WHOLE_PROVINCE, posted, tx.manager);
    const budgets = new Map(rows.map((budget) => [budget.id, budget]));
    return {
      takeLast: async () => {
        await this.addAmounts(tx, past.adjustments, budgets);
        await this.books.take(
          tx,
          past.entries.map((entry) => ({ ...moveOf(entry, budgets), mustFit: false })),
        );
      },
    };
  }

  /** Items first, then departments; a department has more before more of it is given to its items. */
  private async addAmounts(
    tx: Tx,
    adjustments: readonly BudgetEntry[],
    budgets: ReadonlyMap<string, Budget>,
  ): Promise<void> {
    const sums = new Map<Budget, Fen>();
    for (const { budgetId, amount } of adjustments) {
      const budget = budgets.get(budgetId) as Budget;
      sums.set(budget, (sums.get(budget) ?? 0n) + amount);
    }
    const inOrder = [...sums].toSorted(
      ([a], [b]) => levelsOf(b.path).length - levelsOf(a.path).length || (a.id < b.id ? -1 : 1),
    );
    for (const [budget, change] of inOrder) await this.budgets.changeAmount(tx, budget.id, change);
    for (const [{ id, parentId }, change] of inOrder)
      if (parentId !== null && !(await this.budgets.allot(tx, parentId, change)))
        throw new RangeError(`budget ${id} of the past got more than its department has`);
  }
}
