import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { BudgetsRepository } from './budgets.repository.js';
import type { BudgetEntry } from './domain/budget.js';
import { subjectUsed, unknownBudget } from './domain/budget-refusals.js';
import {
  type MonthUse,
  returnMonth,
  roundOfClose,
  roundOfPast,
  type Standing,
  spendMonth,
  USAGE_SUBJECT,
} from './domain/month-spending.js';
import { LedgerRepository } from './ledger.repository.js';
import { type BudgetMove, moveOf } from './ledger.service.js';

/** Which close of which month, and by whom. */
export interface MonthClose {
  /** "2026-11". */
  readonly month: string;
  /** 0 for its first close; a month that was reopened and is closed again, the next. */
  readonly revision: number;
  readonly by: string;
}

/** The reservations of a use, for giving back what a month has used up of them. */
export type ReservedUse = Pick<MonthUse, 'useId' | 'reservedBy'>;

type Moves = Promise<Result<readonly BudgetMove[], readonly Refusal[]>>;

/**
 * Reserved becomes spent by each closed month. Past use is never refused: beyond what was reserved, and beyond the budget,
 * it is entered all the same, and the item shows by how much. As in the ledger, private rows first: the act hands the moves
 * to `BudgetLedger.take` in its `last`. A page of uses a call; asked again under the same close, it enters what is missing.
 */
@Injectable()
export class MonthSpending {
  constructor(
    private readonly budgets: BudgetsRepository,
    private readonly ledger: LedgerRepository,
  ) {}

  /** Enters what these uses cost in the month. A use that books of the time before have entered is left as it is. */
  async spend(tx: Tx, { month, revision, by }: MonthClose, uses: readonly MonthUse[]): Moves {
    const round = roundOfClose(month, revision);
    const budgets = new Map(
      (await this.budgets.byIds(WHOLE_PROVINCE, unique(uses.flatMap(itemsOf)), tx.manager)).map((budget) => [
        budget.id,
        budget,
      ]),
    );
    if (uses.some(({ budgetId }) => budgets.get(budgetId)?.grain !== 'ITEM')) return refuse([unknownBudget()]);
    const known = await this.ledger.entriesOfMany(
      tx,
      'SPEND',
      USAGE_SUBJECT,
      round,
      uses.map(({ useId }) => useId),
    );
    const entered = new Map(known.map((entry) => [`${entry.subject.id} ${entry.budgetId}`, entry.amount]));
    // What was divided between items is not compared: it was divided by what was left of them then.
    const other = (use: MonthUse) => !use.before?.length && (entered.get(keyOf(use)) ?? use.amount) !== use.amount;
    if (uses.some(other)) return refuse([subjectUsed()]);
    const past = await this.enteredBefore(tx, month, uses);
    const wanted = uses.filter(
      (use) =>
        use.amount !== 0n &&
        !itemsOf(use).some((budgetId) => entered.has(keyOf({ ...use, budgetId }))) &&
        !use.reservedBy.some((id) => past.has(id)),
    );
    const { parts, taken } = spendMonth(wanted, await this.standing(tx, wanted));
    for (const [id, amount] of taken) await this.ledger.takeFromEncumbrance(tx, id, amount);
    const entries = parts.map(
      ({ useId, budgetId, amount, fromReserved, encumbranceId }): BudgetEntry => ({
        ...{ id: newId(tx.now.getTime()), budgetId, kind: 'SPEND', amount, fromReserved, encumbranceId },
        subject: { kind: USAGE_SUBJECT, id: useId, round },
        ...{ reversesEntryId: null, at: tx.now, by },
        reason: amount < 0n ? `${month} 更正冲减列支` : `${month} 核算费用列支`,
      }),
    );
    if (entries.length > 0) await this.ledger.append(tx, entries);
    return ok(entries.map((entry) => ({ ...moveOf(entry, budgets), mustFit: false })));
  }

  /** The month is reopened: what its close has spent of these uses is taken back, and reserved again as it was. */
  async takeBack(
    tx: Tx,
    { month, revision, by }: MonthClose,
    uses: readonly ReservedUse[],
    reason: string,
  ): Promise<readonly BudgetMove[]> {
    const round = roundOfClose(month, revision);
    const reservedBy = new Map(uses.map((use) => [use.useId, use.reservedBy]));
    const all = await this.ledger.entriesOfMany(tx, 'SPEND', USAGE_SUBJECT, round, [...reservedBy.keys()]);
    const gone = await this.ledger.reversedOf(
      tx,
      all.map(({ id }) => id),
    );
    const spent = all
      .filter(({ id, reversesEntryId }) => reversesEntryId === null && !gone.has(id))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const owned = spent.map((entry) => ({ ...entry, reservedBy: reservedBy.get(entry.subject.id) ?? [] }));
    const { back, returned } = returnMonth(owned, await this.standing(tx, owned));
    for (const [id, amount] of back) await this.ledger.takeFromEncumbrance(tx, id, -amount);
    const entries = spent.map(
      (entry, at): BudgetEntry => ({
        ...entry,
        ...{ id: newId(tx.now.getTime()), amount: -entry.amount, fromReserved: -(returned[at] ?? 0n) },
        // Of its own subject: that of the close keeps the one entry that it may have.
        subject: { kind: REVERSAL_SUBJECT, id: entry.id, round: 0 },
        ...{ reversesEntryId: entry.id, at: tx.now, by, reason: `${month} 重新开账：${reason}`.slice(0, REASON_MAX) },
      }),
    );
    if (entries.length > 0) await this.ledger.append(tx, entries);
    const budgets = await this.budgets.byIds(WHOLE_PROVINCE, unique(spent.map(({ budgetId }) => budgetId)), tx.manager);
    const byId = new Map(budgets.map((budget) => [budget.id, budget]));
    return entries.map((entry) => ({ ...moveOf(entry, byId), mustFit: false }));
  }

  /** Requests whose month was entered as a whole before this console kept the books. */
  private async enteredBefore(tx: Tx, month: string, uses: readonly MonthUse[]): Promise<ReadonlySet<string>> {
    const ids = unique(uses.flatMap(({ reservedBy }) => reservedBy));
    const entries = await this.ledger.entriesOfMany(tx, 'SPEND', USAGE_SUBJECT, roundOfPast(month), ids);
    return new Set(entries.map(({ subject }) => subject.id));
  }

  private async standing(
    tx: Tx,
    uses: readonly Pick<MonthUse, 'reservedBy' | 'budgetId' | 'before'>[],
  ): Promise<Standing[]> {
    if (uses.length === 0) return [];
    const rows = await this.ledger.lockedOfMany(
      tx,
      unique(uses.flatMap(({ reservedBy }) => reservedBy)),
      unique(uses.flatMap(itemsOf)),
    );
    return rows.map(({ id, budgetId, subject, amount, left }) => ({
      id,
      budgetId,
      subjectId: subject.id,
      amount,
      left,
    }));
  }
}

/** Subject kind of what takes back one entry; the id is that entry's. */
const REVERSAL_SUBJECT = 'REVERSAL';
/** The column's width. */
const REASON_MAX = 200;

function keyOf({ useId, budgetId }: MonthUse): string {
  return `${useId} ${budgetId}`;
}

/** Those that may pay for it, the one in force first. */
function itemsOf({ budgetId, before = [] }: Pick<MonthUse, 'budgetId' | 'before'>): string[] {
  return [budgetId, ...before];
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
