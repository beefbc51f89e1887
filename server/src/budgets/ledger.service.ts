import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/money.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { BudgetPolicies } from './budget-policies.service.js';
import { BudgetsRepository } from './budgets.repository.js';
import {
  availableOf,
  type Budget,
  type BudgetEntry,
  budgetShortage,
  type EntrySubject,
  effectOf,
  lesser,
} from './domain/budget.js';
import { subjectUsed, unknownBudget } from './domain/budget-refusals.js';
import { budgetBlocked } from './domain/thresholds.js';
import { type Encumbrance, LedgerRepository } from './ledger.repository.js';
import { perLevel } from './moves-per-level.js';

/** Who posts, and why, as the entry says it. */
interface Posted {
  readonly by: string;
  readonly reason: string;
}

export interface ReserveWish extends Posted {
  readonly budgetId: string;
  readonly amount: Fen;
  /** What it is for. The same subject reserves one budget once, however often it is asked. */
  readonly subject: EntrySubject;
  readonly path?: InputPath;
}

export interface ReleaseWish extends Posted {
  /** The subject that reserved. */
  readonly reserved: EntrySubject;
  /** What releases; without one, the reserving subject itself, which can do so once. */
  readonly subject?: EntrySubject;
  /** Without one, all that is left, of every budget. */
  readonly part?: { readonly budgetId: string; readonly amount: Fen };
}

export interface SpendWish extends Posted {
  readonly budgetId: string;
  readonly amount: Fen;
  readonly subject: EntrySubject;
  /** Whose encumbrance it uses up, as far as that reaches; null = nothing was reserved for it. */
  readonly reserved: EntrySubject | null;
}

/** How the figures of one budget and of all levels above it move. */
export interface BudgetMove {
  readonly path: string;
  readonly reserved: Fen;
  readonly spent: Fen;
  /** A new encumbrance must fit; what was used already is entered, whatever is left. */
  readonly mustFit: boolean;
}

type Moves = Promise<Result<readonly BudgetMove[], readonly Refusal[]>>;

/**
 * The ledger of budgets, for whoever reserves, releases and spends. Each function writes its private rows (encumbrance,
 * entry) and answers the moves of the figures; the act gathers the moves of all its postings and hands them to `take` in
 * its `last`, before it takes capacity counters: budgets go from items to departments, each level by id, and are colder
 * than any pool. An act asked again under the same subject finds its entry and moves nothing.
 */
@Injectable()
export class BudgetLedger {
  constructor(
    private readonly budgets: BudgetsRepository,
    private readonly ledger: LedgerRepository,
    private readonly policies: BudgetPolicies,
  ) {}

  /** What subjects of one kind have reserved, in every round, the oldest first. */
  encumbrancesOf(kind: string, subjectIds: readonly string[], tx?: Tx): Promise<Encumbrance[]> {
    return this.ledger.encumbrancesOf(kind, subjectIds, tx?.manager);
  }

  /** What these subjects, of whatever kind, have left of whatever item, the oldest first. */
  async standingOf(subjectIds: readonly string[]): Promise<readonly Encumbrance[]> {
    return subjectIds.length === 0 ? [] : this.ledger.standingOf(subjectIds);
  }

  /** Whether this subject has given back anything. */
  async hasReleased(tx: Tx, subject: EntrySubject): Promise<boolean> {
    return (await this.ledger.entriesOf(tx, subject, 'RELEASE')).length > 0;
  }

  /** As this unit of work sees them. */
  budgetsOf(tx: Tx, ids: readonly string[]): Promise<Budget[]> {
    return this.budgets.byIds(WHOLE_PROVINCE, ids, tx.manager);
  }

  /** Of which year these budgets are. */
  async yearsOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const budgets = ids.length === 0 ? [] : await this.budgets.byIds(WHOLE_PROVINCE, [...new Set(ids)]);
    return new Map(budgets.map(({ id, year }) => [id, year]));
  }

  /** Reserves in budget items. That it fits is found out by `take`. */
  async reserve(tx: Tx, wishes: readonly ReserveWish[]): Moves {
    const budgets = await this.items(tx, wishes);
    if (!budgets.ok) return budgets;
    const encumbrances: Encumbrance[] = [];
    const entries: BudgetEntry[] = [];
    for (const wish of wishes) {
      const known = (await this.ledger.entriesOf(tx, wish.subject, 'RESERVE')).find(
        (entry) => entry.budgetId === wish.budgetId,
      );
      if (known && known.amount !== wish.amount) return refuse([subjectUsed(wish.path)]);
      if (known || wish.amount === 0n) continue;
      const encumbranceId = newId(tx.now.getTime());
      const { budgetId, amount, subject } = wish;
      encumbrances.push({ id: encumbranceId, budgetId, subject, amount, left: amount });
      entries.push(entryOf(tx, wish, { kind: 'RESERVE', budgetId, amount, subject, encumbranceId }));
    }
    if (encumbrances.length > 0) await this.ledger.insertEncumbrances(tx, encumbrances);
    return this.post(tx, entries, budgets.value, true);
  }

  /** Gives back what is left of an encumbrance, or a part of it. Nothing left, or no encumbrance: nothing moves. */
  async release(tx: Tx, wish: ReleaseWish): Moves {
    const subject = wish.subject ?? wish.reserved;
    // What is left of an encumbrance is seen and taken under its row's lock.
    const held = await this.ledger.lockedEncumbrances(tx, wish.reserved);
    const done = new Set((await this.ledger.entriesOf(tx, subject, 'RELEASE')).map((entry) => entry.budgetId));
    const entries: BudgetEntry[] = [];
    for (const { id, budgetId, left } of held) {
      const asked = wish.part ? (wish.part.budgetId === budgetId ? wish.part.amount : 0n) : left;
      const amount = lesser(left, asked);
      if (amount <= 0n || done.has(budgetId)) continue;
      await this.ledger.takeFromEncumbrance(tx, id, amount);
      entries.push(entryOf(tx, wish, { kind: 'RELEASE', budgetId, amount, subject, encumbranceId: id }));
    }
    const budgets = await this.budgets.byIds(
      WHOLE_PROVINCE,
      held.map((one) => one.budgetId),
      tx.manager,
    );
    return this.post(tx, entries, byId(budgets), false);
  }

  /** Enters what was used. What was reserved for it is used up first; beyond that it is spent all the same. */
  async spend(tx: Tx, wishes: readonly SpendWish[]): Moves {
    const budgets = await this.items(tx, wishes);
    if (!budgets.ok) return budgets;
    const entries: BudgetEntry[] = [];
    for (const wish of wishes) {
      const { budgetId, amount, subject } = wish;
      const known = (await this.ledger.entriesOf(tx, subject, 'SPEND')).find((entry) => entry.budgetId === budgetId);
      if (known && known.amount !== amount) return refuse([subjectUsed()]);
      if (known || amount === 0n) continue;
      const held = wish.reserved ? await this.ledger.lockedEncumbrances(tx, wish.reserved) : [];
      const encumbrance = held.find((one) => one.budgetId === budgetId);
      const fromReserved = encumbrance ? lesser(encumbrance.left, amount) : 0n;
      if (encumbrance) await this.ledger.takeFromEncumbrance(tx, encumbrance.id, fromReserved);
      const encumbranceId = encumbrance?.id ?? null;
      entries.push(entryOf(tx, wish, { kind: 'SPEND', budgetId, amount, subject, encumbranceId, fromReserved }));
    }
    return this.post(tx, entries, budgets.value, false);
  }

  /** Takes back a SPEND by another line. What it had used of an encumbrance stays used: reserve anew where it is meant to. */
  async reverse(tx: Tx, wish: Posted & { readonly entryId: string; readonly subject: EntrySubject }): Moves {
    const entry = await this.ledger.entry(tx, wish.entryId);
    if (entry?.kind !== 'SPEND' || entry.reversesEntryId !== null) return refuse([unknownBudget(['entryId'])]);
    if (await this.ledger.reversalOf(tx, entry.id)) return ok([]);
    const { budgetId } = entry;
    const reversal = entryOf(tx, wish, {
      kind: 'SPEND',
      budgetId,
      amount: -entry.amount,
      subject: wish.subject,
      encumbranceId: null,
      reversesEntryId: entry.id,
    });
    return this.post(tx, [reversal], byId(await this.budgets.byIds(WHOLE_PROVINCE, [budgetId], tx.manager)), false);
  }

  /** Moves the figures of every level, narrow to wide. The last thing of an act before capacity counters. */
  async take(tx: Tx, moves: readonly BudgetMove[]): Promise<Result<void, readonly Refusal[]>> {
    const levels = perLevel(moves);
    const asksNew = levels.some(({ reserved, spent, mustFit }) => mustFit && reserved + spent > 0n);
    const blockPercent = asksNew ? (await this.policies.inForce(tx.now, tx)).blockPercent : null;
    for (const { id, reserved, spent, mustFit } of levels) {
      if (await this.budgets.move(tx, id, { reserved, spent, mustFit, blockPercent })) continue;
      const [budget] = await this.budgets.byIds(WHOLE_PROVINCE, [id], tx.manager);
      if (!budget) return refuse([unknownBudget()]);
      const available = availableOf(budget);
      const blocked = blockPercent !== null && available >= reserved + spent;
      return refuse([
        blocked ? budgetBlocked(budget, blockPercent) : budgetShortage(budget, available, reserved + spent),
      ]);
    }
    return ok(undefined);
  }

  /** The budgets that are posted to. A department as a whole is never posted to: its figures are those of its items. */
  private async items(
    tx: Tx,
    wishes: readonly { readonly budgetId: string; readonly amount: Fen; readonly path?: InputPath }[],
  ): Promise<Result<ReadonlyMap<string, Budget>, readonly Refusal[]>> {
    if (wishes.some((wish) => wish.amount < 0n)) throw new RangeError('nobody reserves or spends a negative amount');
    const budgets = byId(
      await this.budgets.byIds(
        WHOLE_PROVINCE,
        wishes.map((wish) => wish.budgetId),
        tx.manager,
      ),
    );
    const wrong = wishes.filter((wish) => budgets.get(wish.budgetId)?.grain !== 'ITEM');
    return wrong.length > 0 ? refuse(wrong.map((wish) => unknownBudget(wish.path))) : ok(budgets);
  }

  private async post(
    tx: Tx,
    entries: readonly BudgetEntry[],
    budgets: ReadonlyMap<string, Budget>,
    mustFit: boolean,
  ): Moves {
    if (entries.length > 0) await this.ledger.append(tx, entries);
    return ok(entries.map((entry) => ({ ...moveOf(entry, budgets), mustFit })));
  }
}

/** How an entry moves the figures of its budget and of all levels above. */
export function moveOf(entry: BudgetEntry, budgets: ReadonlyMap<string, Budget>): Omit<BudgetMove, 'mustFit'> {
  const { reserved, spent } = effectOf(entry);
  return { path: (budgets.get(entry.budgetId) as Budget).path, reserved, spent };
}

function entryOf(
  tx: Tx,
  { by, reason }: Posted,
  facts: Pick<BudgetEntry, 'kind' | 'budgetId' | 'amount' | 'subject' | 'encumbranceId'> & Partial<BudgetEntry>,
): BudgetEntry {
  return { fromReserved: 0n, reversesEntryId: null, ...facts, id: newId(tx.now.getTime()), at: tx.now, by, reason };
}

function byId(budgets: readonly Budget[]): Map<string, Budget> {
  return new Map(budgets.map((budget) => [budget.id, budget]));
}
