import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/money.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type BudgetsOfYear, BudgetsRepository } from './budgets.repository.js';
import type { Budget, BudgetEntry } from './domain/budget.js';
import { LedgerRepository } from './ledger.repository.js';
import { type BudgetMove, moveOf } from './ledger.service.js';

/** Subject kind of what the end of a year does; the id is that of the encumbrance, or of the budget that it comes from. */
const YEAR_END_SUBJECT = 'YEAR_END';

interface Posted {
  readonly by: string;
  readonly reason: string;
}

/** What the end of a year enters in the books. Whoever calls holds the year's own row: nothing of it happens twice. */
@Injectable()
export class YearEndBooks {
  constructor(
    private readonly budgets: BudgetsRepository,
    private readonly ledger: LedgerRepository,
  ) {}

  /** The next budgets of the year by id, locked; `tx` null = only read. */
  page(asked: BudgetsOfYear, after: string, limit: number, tx: Tx | null): Promise<Budget[]> {
    return this.budgets.ofYear(asked, after, limit, tx);
  }

  /** Gives back everything that is still reserved of these items. */
  async release(tx: Tx, items: readonly Budget[], { by, reason }: Posted): Promise<readonly BudgetMove[]> {
    const standing = await this.ledger.lockedLeftOf(
      tx,
      items.map(({ id }) => id),
    );
    const entries = standing.map(
      ({ id, budgetId, left }): BudgetEntry => ({
        ...{ id: newId(tx.now.getTime()), budgetId, kind: 'RELEASE', amount: left, fromReserved: 0n },
        subject: { kind: YEAR_END_SUBJECT, id, round: 0 },
        ...{ encumbranceId: id, reversesEntryId: null, at: tx.now, by, reason },
      }),
    );
    for (const { id, left } of standing) await this.ledger.takeFromEncumbrance(tx, id, left);
    if (entries.length > 0) await this.ledger.append(tx, entries);
    const byId = new Map(items.map((item) => [item.id, item]));
    return entries.map((entry) => ({ ...moveOf(entry, byId), mustFit: false }));
  }

  /** Takes what is left off a budget, and off the department that it is part of. */
  async takeOff(tx: Tx, budget: Budget, left: Fen, posted: Posted): Promise<void> {
    await this.enter(tx, budget, budget.id, -left, posted);
    if (budget.parentId === null) return;
    if (!(await this.budgets.allot(tx, budget.parentId, -left)))
      throw new RangeError(`${budget.key} had more than it got`);
    await this.enter(tx, { id: budget.parentId, year: budget.year }, budget.id, -left, posted);
  }

  /** Adds it to the same budget of the next year, which is opened where it is not there yet. */
  async carryOver(tx: Tx, budget: Budget, left: Fen, nextKey: string, posted: Posted): Promise<void> {
    const next = await this.successorOf(tx, budget, nextKey);
    const wholeId = next.parentId ?? next.id;
    await this.enter(tx, { id: wholeId, year: budget.year }, budget.id, left, posted);
    if (next.parentId === null) return;
    await this.enter(tx, { id: next.id, year: budget.year }, budget.id, left, posted);
    if (!(await this.budgets.allot(tx, next.parentId, left)))
      throw new RangeError(`${next.key} got more than there is`);
  }

  private async successorOf(tx: Tx, budget: Budget, key: string): Promise<Budget> {
    const [known] = await this.budgets.byKeys(tx, [key]);
    if (known) return known;
    const wholeKey = key.split('/').slice(0, 2).join('/');
    const [whole] = budget.parentId === null ? [] : await this.budgets.byKeys(tx, [wholeKey]);
    const parent =
      budget.parentId === null
        ? null
        : (whole ?? (await this.opened(tx, await this.parentOf(tx, budget), wholeKey, null)));
    return this.opened(tx, budget, key, parent);
  }

  private async parentOf(tx: Tx, { parentId }: Budget): Promise<Budget> {
    const [parent] = await this.budgets.byIds(WHOLE_PROVINCE, [parentId ?? ''], tx.manager);
    if (!parent) throw new Error('an item without its department');
    return parent;
  }

  private async opened(tx: Tx, like: Budget, key: string, parent: Budget | null): Promise<Budget> {
    const id = newId(tx.now.getTime());
    const year = like.year + 1;
    const made: Budget = {
      ...like,
      ...{ id, key, year, parentId: parent?.id ?? null, path: `${parent?.path ?? '/'}${id}/`, version: 1 },
      name: like.name.replace(`${like.year}`, `${year}`),
      ...{ amount: 0n, allotted: 0n, reserved: 0n, spent: 0n },
    };
    await this.budgets.insert(tx, [made]);
    return made;
  }

  private async enter(
    tx: Tx,
    budget: Pick<Budget, 'id' | 'year'>,
    of: string,
    change: Fen,
    { by, reason }: Posted,
  ): Promise<void> {
    await this.budgets.changeAmount(tx, budget.id, change);
    await this.ledger.append(tx, [
      {
        ...{ id: newId(tx.now.getTime()), budgetId: budget.id, kind: 'ADJUST', amount: change, fromReserved: 0n },
        subject: { kind: YEAR_END_SUBJECT, id: of, round: budget.year },
        ...{ encumbranceId: null, reversesEntryId: null, at: tx.now, by, reason },
      },
    ]);
  }
}
