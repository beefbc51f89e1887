import { Inject, Injectable } from '@nestjs/common';
import { BudgetsService } from '../budgets/budgets.service.js';
import { CentralPayers } from '../budgets/central-payers.service.js';
import { type EntrySubject, lesser } from '../budgets/domain/budget.js';
import { BudgetLedger, type BudgetMove, type ReserveWish } from '../budgets/ledger.service.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { encumbersOwnBudget, type Project, paysBeyondQuota } from '../systems/domain/system.js';
import { BeyondQuotaUses } from './beyond-quota-uses.service.js';
import {
  BEYOND_SUBJECT,
  budgetYear,
  CHANGE_SUBJECT,
  givenBack,
  REQUEST_SUBJECT,
  RESOURCE_SUBJECT,
} from './domain/encumbrance.js';
import { type PreparedEncumbrance, type Reserved, shortInWords, WHERE } from './domain/funding.js';

export interface RequestEncumbrance {
  readonly budgetId: string;
  readonly amount: Fen;
  readonly left: Fen;
  /** Beyond the quotas, by the department itself. */
  readonly beyondQuota: boolean;
}

/** Of a request, within the quotas and beyond them. */
const KINDS = [REQUEST_SUBJECT, BEYOND_SUBJECT] as const;

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
    private readonly beyond: BeyondQuotaUses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who pays for what this project's use costs of the year that it is, and from which item. */
  async prepare(project: Project): Promise<PreparedEncumbrance> {
    const day = calendarDate(this.clock.now());
    const { year } = budgetYear(day);
    const { fundingMode } = project;
    const own = async () => {
      const item = await this.budgets.itemFor(project, year);
      return item.ok ? item : refuse([item.error]);
    };
    if (encumbersOwnBudget(fundingMode)) return { fundingMode, day, item: await own(), beyond: null };
    const central = await this.central.itemFor(project, year);
    const beyond = paysBeyondQuota(fundingMode) ? await own() : null;
    return { fundingMode, day, item: central && ok(central), beyond };
  }

  /**
   * Reserves what was prepared in place of what the request has reserved so far. `takeLast` moves the figures and refuses
   * what does not fit; it goes before the capacity counters.
   */
  async take(
    tx: Tx,
    requestId: string,
    prepared: PreparedEncumbrance,
    amounts: Reserved,
    by: string,
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    const before = await this.standingOf([requestId], tx);
    const moves = [...(await this.release(tx, before, by, '重新提交，释放原占用'))];
    const reserved = await this.reserve(tx, requestId, prepared, amounts, { before, by, reason: '申请单占用' });
    return reserved.ok ? ok([...moves, ...reserved.value]) : reserved;
  }

  /** Reserves what comes to a request beside what it has reserved: in a round of its own. */
  async add(
    tx: Tx,
    requestId: string,
    prepared: PreparedEncumbrance,
    amounts: Reserved,
    posted: { readonly by: string; readonly reason: string },
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    const before = await this.standingOf([requestId], tx);
    return this.reserve(tx, requestId, prepared, amounts, { before, ...posted });
  }

  /** Everything that is left of what the request reserved. Nothing left: nothing moves. */
  async giveBack(tx: Tx, requestId: string, by: string): Promise<readonly BudgetMove[]> {
    const before = await this.standingOf([requestId], tx);
    return this.release(tx, before, by, '申请单终止，释放占用');
  }

  /**
   * What a thing that is gone, or became cheaper, no longer costs for the rest of the year, once a subject. A request that
   * had something added to it has reserved in rounds: what one of them has not got left is given back by the next. What went
   * beyond the quotas gives back to the department's item, and what was covered to finance's, never one for the other.
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
    const before = await this.standingOf([resource.requestId], tx);
    const living = await this.ofItsPayer(tx, resource.id, before);
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
    const rows = await this.standingOf(ids);
    const byRequest = Map.groupBy(rows, (row) => row.subject.id);
    return ids.map((id) =>
      (byRequest.get(id) ?? []).map((row) => ({ ...row, beyondQuota: row.subject.kind === BEYOND_SUBJECT })),
    );
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
    { item, beyond }: PreparedEncumbrance,
    amounts: Reserved,
    { before, by, reason }: { before: Standing; by: string; reason: string },
  ): Promise<Result<readonly BudgetMove[], readonly Refusal[]>> {
    const round = 1 + before.reduce((most, { subject }) => Math.max(most, subject.round), 0);
    const posted = { by, reason, path: WHERE };
    const wishes: ReserveWish[] = [];
    for (const [kind, from, amount] of [
      [REQUEST_SUBJECT, item, amounts.within],
      [BEYOND_SUBJECT, amounts.beyond > 0n ? beyond : null, amounts.beyond],
    ] as const) {
      if (!from) continue;
      if (!from.ok) return from;
      wishes.push({ ...posted, budgetId: from.value.id, amount, subject: { kind, id: requestId, round } });
    }
    return this.ledger.reserve(tx, wishes);
  }

  /** What requests have reserved on either side, the oldest round first. */
  private async standingOf(ids: readonly string[], tx?: Tx): Promise<Standing> {
    const sides = [];
    for (const kind of KINDS) sides.push(...(await this.ledger.encumbrancesOf(kind, ids, tx)));
    return sides.toSorted((a, b) => a.subject.round - b.subject.round);
  }

  /** Of what is left that which the payer of this thing has reserved. One side alone needs no look at the thing. */
  private async ofItsPayer(tx: Tx, id: string, standing: Standing): Promise<Standing> {
    if (standing.every(({ subject }) => subject.kind === REQUEST_SUBJECT)) return standing.filter(isLeft);
    const [isBeyond] = await this.beyond.areBeyond([id], tx);
    const kind = isBeyond ? BEYOND_SUBJECT : REQUEST_SUBJECT;
    return standing.filter((one) => isLeft(one) && one.subject.kind === kind);
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

function isLeft({ left }: Standing[number]): boolean {
  return left > 0n;
}
