import { Inject, Injectable } from '@nestjs/common';
import { BudgetPolicies } from '../budgets/budget-policies.service.js';
import { BudgetsService } from '../budgets/budgets.service.js';
import { availableOf, type Budget, budgetShortage, type EntrySubject, lesser } from '../budgets/domain/budget.js';
import { budgetBlocked, isBlocked } from '../budgets/domain/thresholds.js';
import { BudgetLedger, type BudgetMove } from '../budgets/ledger.service.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { encumbersOwnBudget, type FundingMode, type Project } from '../systems/domain/system.js';
import {
  budgetYear,
  CHANGE_SUBJECT,
  encumbered,
  givenBack,
  type PricedLine,
  REQUEST_SUBJECT,
  RESOURCE_SUBJECT,
} from './domain/encumbrance.js';

/** What a hold reserves in budgets; read before the unit of work in which it is reserved. */
export interface PreparedEncumbrance {
  readonly fundingMode: FundingMode;
  readonly day: CalendarDate;
  /** null = nothing of a budget is reserved. */
  readonly item: Result<Budget, readonly Refusal[]> | null;
}

/** What a request would reserve, and whether there is that much. */
export interface BudgetFit {
  readonly fundingMode: FundingMode;
  readonly budget: Budget | null;
  readonly asked: Fen;
  /** Reserved by the same request already, which is given back as it reserves anew. */
  readonly own: Fen;
  /** Of the narrowest level; null where there is no budget item. */
  readonly available: Fen | null;
  readonly fits: boolean;
  readonly refusals: readonly Refusal[];
}

export interface RequestEncumbrance {
  readonly budgetId: string;
  readonly amount: Fen;
  readonly left: Fen;
}

/** One thing gives back a part of several encumbrances under rounds that far apart, so that none is taken for another. */
const ROUNDS_OF_A_SUBJECT = 1_000;

const WHERE: InputPath = ['content', 'projectId'];

/** The budget ledger in the life of a request: reserved with its hold, given back with it, smaller with every machine that goes. */
@Injectable()
export class EncumberingService {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly ledger: BudgetLedger,
    private readonly policies: BudgetPolicies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async prepare(project: Project): Promise<PreparedEncumbrance> {
    const day = calendarDate(this.clock.now());
    const { fundingMode } = project;
    if (!encumbersOwnBudget(fundingMode)) return { fundingMode, day, item: null };
    return { fundingMode, day, item: await this.itemOf(project, day) };
  }

  /** Of what was planned, each thing at its price where it goes. */
  amountOf({ item, day }: Pick<PreparedEncumbrance, 'item' | 'day'>, priced: readonly PricedLine[]): Fen {
    return item === null ? 0n : encumbered(priced, day);
  }

  /** As the ledger stands now; nothing is reserved. */
  async fit(project: Project, priced: readonly PricedLine[], requestId: string | null): Promise<BudgetFit> {
    const prepared = await this.prepare(project);
    const { fundingMode, item } = prepared;
    const amount = this.amountOf(prepared, priced);
    const none = { fundingMode, asked: amount, own: 0n, budget: null, available: null };
    if (item === null) return { ...none, fits: true, refusals: [] };
    if (!item.ok) return { ...none, fits: false, refusals: item.error };
    const budget = item.value;
    const standing = requestId === null ? [] : await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId]);
    const own = standing.reduce((sum, { budgetId, left }) => (budgetId === budget.id ? sum + left : sum), 0n);
    const [whole] = budget.parentId === null ? [] : await this.budgets.budgets([budget.parentId]);
    const levels = [budget, ...(whole ? [whole] : [])];
    const available = levels.map((level) => availableOf(level) + own).reduce(lesser);
    const short = levels.find((level) => availableOf(level) + own < amount);
    const rule = await this.policies.inForce();
    const blocked = amount > own ? levels.find((level) => isBlocked(level, rule)) : undefined;
    const refusals = [
      ...(short ? [budgetShortage(short, availableOf(short) + own, amount, WHERE)] : []),
      ...(blocked && !short ? [budgetBlocked(blocked, rule.blockPercent ?? 0, WHERE)] : []),
    ];
    return { fundingMode, budget, asked: amount, own, available, fits: refusals.length === 0, refusals };
  }

  /**
   * Reserves what was prepared in place of what the request has reserved so far. `takeLast` moves the figures and refuses
   * what does not fit; it goes before the capacity counters.
   */
  async take(
    tx: Tx,
    requestId: string,
    { item }: PreparedEncumbrance,
    amount: Fen,
    by: string,
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    if (item && !item.ok) return item;
    const before = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId], tx);
    const moves = [...(await this.release(tx, before, by, '重新提交，释放原占用'))];
    if (!item) return ok(moves);
    const round = 1 + before.reduce((most, { subject }) => Math.max(most, subject.round), 0);
    const reserved = await this.ledger.reserve(tx, [
      {
        budgetId: item.value.id,
        amount,
        subject: { kind: REQUEST_SUBJECT, id: requestId, round },
        by,
        reason: '申请单占用',
        path: WHERE,
      },
    ]);
    return reserved.ok ? ok([...moves, ...reserved.value]) : reserved;
  }

  /** Reserves what comes to a request beside what it has reserved: in a round of its own. */
  async add(
    tx: Tx,
    requestId: string,
    { item }: PreparedEncumbrance,
    amount: Fen,
    { by, reason }: { readonly by: string; readonly reason: string },
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    if (!item) return ok([]);
    if (!item.ok) return item;
    const before = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId], tx);
    const round = 1 + before.reduce((most, { subject }) => Math.max(most, subject.round), 0);
    const subject = { kind: REQUEST_SUBJECT, id: requestId, round };
    return this.ledger.reserve(tx, [{ budgetId: item.value.id, amount, subject, by, reason, path: WHERE }]);
  }

  /** Everything that is left of what the request reserved. Nothing left: nothing moves. */
  async giveBack(tx: Tx, requestId: string, by: string): Promise<readonly BudgetMove[]> {
    const before = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId], tx);
    return this.release(tx, before, by, '申请单终止，释放占用');
  }

  /**
   * What a thing that is gone, or became cheaper, no longer costs for the rest of the year, once a subject. A request that
   * had something added to it has reserved in rounds: what one of them has not got left is given back by the next.
   */
  async shrink(
    tx: Tx,
    resource: {
      readonly id: string;
      /** The request that reserved it. */
      readonly requestId: string;
      /** Of each. */
      readonly monthlyFen: Fen;
      /** What it still costs of that request's. */
      readonly restFen?: Fen;
      /** So many of the same, one where it is left out. */
      readonly count?: number;
      /** Without one, the resource itself. */
      readonly subject?: EntrySubject;
    },
    by: string,
  ): Promise<readonly BudgetMove[]> {
    const before = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [resource.requestId], tx);
    const living = before.filter((one) => one.left > 0n);
    if (living.length === 0) return [];
    const { year, amount } = givenBack(resource.monthlyFen, tx.now, resource.restFen);
    const budgets = await this.ledger.budgetsOf(
      tx,
      living.map((one) => one.budgetId),
    );
    const subject = resource.subject ?? { kind: RESOURCE_SUBJECT, id: resource.id, round: 1 };
    if (await this.ledger.hasReleased(tx, subject)) return [];
    // What was reserved for a year that is over is settled at its close.
    const ofYear = living.filter(({ budgetId }) => budgets.find(({ id }) => id === budgetId)?.year === year);
    const moves: BudgetMove[] = [];
    let wanted = amount * BigInt(resource.count ?? 1);
    for (const [at, encumbrance] of ofYear.entries()) {
      if (wanted <= 0n) break;
      const part = lesser(wanted, encumbrance.left);
      const given = await this.ledger.release(tx, {
        reserved: encumbrance.subject,
        subject: { ...subject, round: subject.round + at * ROUNDS_OF_A_SUBJECT },
        part: { budgetId: encumbrance.budgetId, amount: part },
        by,
        reason: subject.kind === CHANGE_SUBJECT ? '资源缩减' : '资源释放',
      });
      if (!given.ok) throw new Error(`what ${resource.id} reserved cannot be given back`);
      moves.push(...given.value);
      wanted -= part;
    }
    return moves;
  }

  /** The last of an act before the capacity counters. */
  async move(tx: Tx, moves: readonly BudgetMove[]): Promise<Result<void, readonly Refusal[]>> {
    const taken = await this.ledger.take(tx, moves);
    return taken.ok ? taken : refuse(taken.error.map((refusal) => ({ ...refusal, path: WHERE })));
  }

  /** Batch for loaders: what stands of each request in budgets, the newest round last. */
  readonly ofRequests = async (ids: readonly string[]): Promise<RequestEncumbrance[][]> => {
    const rows = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, ids);
    const byRequest = Map.groupBy(rows, (row) => row.subject.id);
    return ids.map((id) => byRequest.get(id) ?? []);
  };

  private async itemOf(project: Project, day: CalendarDate): Promise<Result<Budget, readonly Refusal[]>> {
    const item = await this.budgets.itemFor(project, budgetYear(day).year);
    return item.ok ? item : refuse([item.error]);
  }

  private async release(
    tx: Tx,
    standing: Awaited<ReturnType<BudgetLedger['encumbrancesOf']>>,
    by: string,
    reason: string,
  ): Promise<readonly BudgetMove[]> {
    const moves: BudgetMove[] = [];
    for (const { subject, left } of standing) {
      if (left === 0n) continue;
      const given = await this.ledger.release(tx, { reserved: subject, by, reason });
      if (!given.ok) throw new Error(`what request ${subject.id} reserved cannot be given back`);
      moves.push(...given.value);
    }
    return moves;
  }
}
