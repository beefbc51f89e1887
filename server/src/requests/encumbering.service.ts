import { Inject, Injectable } from '@nestjs/common';
import { BudgetsService } from '../budgets/budgets.service.js';
import { CentralPayers } from '../budgets/central-payers.service.js';
import { type EntrySubject, lesser } from '../budgets/domain/budget.js';
import { BudgetLedger, type BudgetMove } from '../budgets/ledger.service.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { encumbersOwnBudget, type Project } from '../systems/domain/system.js';
import { budgetYear, CHANGE_SUBJECT, givenBack, REQUEST_SUBJECT, RESOURCE_SUBJECT } from './domain/encumbrance.js';
import { type PreparedEncumbrance, shortInWords, WHERE } from './domain/funding.js';

export interface RequestEncumbrance {
  readonly budgetId: string;
  readonly amount: Fen;
  readonly left: Fen;
}

type Standing = Awaited<ReturnType<BudgetLedger['encumbrancesOf']>>;

/** One thing gives back a part of several encumbrances under rounds that far apart, so that none is taken for another. */
const ROUNDS_OF_A_SUBJECT = 1_000;

/** The budget ledger in the life of a request: reserved with its hold, given back with it, smaller with every machine that goes. */
@Injectable()
export class EncumberingService {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly central: CentralPayers,
    private readonly ledger: BudgetLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who pays for what this project's use costs of the year that it is, and from which item. */
  async prepare(project: Project): Promise<PreparedEncumbrance> {
    const day = calendarDate(this.clock.now());
    const { year } = budgetYear(day);
    const { fundingMode } = project;
    if (!encumbersOwnBudget(fundingMode)) {
      const central = await this.central.itemFor(project, year);
      return { fundingMode, day, item: central && ok(central) };
    }
    const item = await this.budgets.itemFor(project, year);
    return { fundingMode, day, item: item.ok ? item : refuse([item.error]) };
  }

  /**
   * Reserves what was prepared in place of what the request has reserved so far. `takeLast` moves the figures and refuses
   * what does not fit; it goes before the capacity counters.
   */
  async take(
    tx: Tx,
    requestId: string,
    prepared: PreparedEncumbrance,
    amount: Fen,
    by: string,
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    const before = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId], tx);
    const moves = [...(await this.release(tx, before, by, '重新提交，释放原占用'))];
    const reserved = await this.reserve(tx, requestId, prepared, amount, { before, by, reason: '申请单占用' });
    return reserved.ok ? ok([...moves, ...reserved.value]) : reserved;
  }

  /** Reserves what comes to a request beside what it has reserved: in a round of its own. */
  async add(
    tx: Tx,
    requestId: string,
    prepared: PreparedEncumbrance,
    amount: Fen,
    posted: { readonly by: string; readonly reason: string },
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    const before = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId], tx);
    return this.reserve(tx, requestId, prepared, amount, { before, ...posted });
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

  /** The last of an act before the capacity counters. `prepared` = what new encumbrances were prepared with. */
  async move(
    tx: Tx,
    moves: readonly BudgetMove[],
    prepared: PreparedEncumbrance | null = null,
  ): Promise<Result<void, readonly Refusal[]>> {
    const taken = await this.ledger.take(tx, moves);
    return taken.ok ? taken : refuse(taken.error.map((refusal) => shortInWords(refusal, prepared)));
  }

  /** Batch for loaders: what stands of each request in budgets, the newest round last. */
  readonly ofRequests = async (ids: readonly string[]): Promise<RequestEncumbrance[][]> => {
    const rows = await this.ledger.encumbrancesOf(REQUEST_SUBJECT, ids);
    const byRequest = Map.groupBy(rows, (row) => row.subject.id);
    return ids.map((id) => byRequest.get(id) ?? []);
  };

  /** Budgets before capacity: they are colder than any pool. */
  beforeCounters(
    tx: Tx,
    moves: readonly BudgetMove[],
    counters: () => Promise<void>,
    prepared: PreparedEncumbrance | null = null,
  ): () => Promise<Result<void, readonly Refusal[]>> {
    return async () => {
      const moved = await this.move(tx, moves, prepared);
      if (moved.ok) await counters();
      return moved;
    };
  }

  private async reserve(
    tx: Tx,
    requestId: string,
    { item }: PreparedEncumbrance,
    amount: Fen,
    { before, by, reason }: { before: Standing; by: string; reason: string },
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    if (!item) return ok([]);
    if (!item.ok) return item;
    const round = 1 + before.reduce((most, { subject }) => Math.max(most, subject.round), 0);
    const subject = { kind: REQUEST_SUBJECT, id: requestId, round };
    return this.ledger.reserve(tx, [{ budgetId: item.value.id, amount, subject, by, reason, path: WHERE }]);
  }

  private async release(tx: Tx, standing: Standing, by: string, reason: string): Promise<readonly BudgetMove[]> {
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
