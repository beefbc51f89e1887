import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Budget, BudgetGrain } from '../budgets/domain/budget.js';
import { BudgetLedger } from '../budgets/ledger.service.js';
import { YearEndBooks } from '../budgets/year-end-books.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import type { FundNature } from '../systems/domain/system.js';
import { ClosedPostingsRepository } from './closed-postings.repository.js';
import { firstUnspentOf } from './domain/spent-months.js';
import { actionOf, CARRY_ACTIONS, type CarryAction, type CarryRule, keyOfNextYear, leftOf } from './domain/year-end.js';
import {
  endedAlready,
  endOfProvince,
  noReason,
  notAllSpent,
  notOver,
  notThatYear,
} from './domain/year-end-refusals.js';
import { type KeptCarryRule, type YearEnd, YearEndsRepository } from './year-ends.repository.js';

/** Budgets of one unit of work: some statements each, well within the 5 s of design §5. */
const BUDGETS_PER_PAGE = 50;
const LEASE_MS = 60_000;
const LEASE_NAME = 'budget-year-end';
/** Items first, then what departments never gave to any. */
const ITEMS = 'I';
const WHOLES = 'W';

export interface EndYearWish {
  readonly idempotencyKey: string;
  readonly year: number;
}

export interface SetCarryRuleWish extends CarryRule {
  readonly idempotencyKey: string;
  readonly reason: string;
}

/** What the end of a year would do, by what becomes of it and by nature of funds. */
export interface YearEndSum {
  readonly fundNature: FundNature;
  readonly action: CarryAction;
  readonly budgets: number;
  /** Still reserved, which ends. */
  readonly released: Fen;
  readonly left: Fen;
}

/** 年终处理: a year that is over gives back what is reserved, and what is left is carried over or collected by rule. */
@Injectable()
export class YearEndService {
  private readonly holder = newId();

  constructor(
    private readonly repository: YearEndsRepository,
    private readonly books: YearEndBooks,
    private readonly postings: ClosedPostingsRepository,
    private readonly ledger: BudgetLedger,
    private readonly leases: Leases,
    private readonly acts: Acts,
    private readonly work: UnitOfWork,
  ) {}

  yearEnd(year: number): Promise<YearEnd | null> {
    return this.repository.yearEnd(year);
  }

  rules(): Promise<KeptCarryRule[]> {
    return this.repository.rules();
  }

  /** As things are now; nothing is written. */
  async preview(year: number): Promise<YearEndSum[]> {
    const rules = await this.repository.rules();
    const sums = new Map<string, YearEndSum>();
    for (const grain of ['ITEM', 'DEPARTMENT'] as const)
      for await (const budget of this.all(year, grain)) {
        const { fundNature } = budget;
        const known = sums.get(fundNature) ?? {
          ...{ fundNature, action: actionOf(rules, year, fundNature), budgets: 0, released: 0n, left: 0n },
        };
        const left = leftOf(budget);
        sums.set(fundNature, {
          ...known,
          budgets: known.budgets + (left > 0n || (grain === 'ITEM' && budget.reserved > 0n) ? 1 : 0),
          released: known.released + (grain === 'ITEM' ? budget.reserved : 0n),
          left: known.left + left,
        });
      }
    return [...sums.values()].toSorted((a, b) => (a.fundNature < b.fundNature ? -1 : 1));
  }

  async begin(
    actor: Actor,
    scope: TenantScope,
    { idempotencyKey, year }: EndYearWish,
  ): Promise<Result<{ year: number }, readonly Refusal[]>> {
    const posted = await this.postings.monthsOf(year);
    // Of a year of which nothing was ever accounted nothing is waited for.
    const unspent = posted.length > 0 ? firstUnspentOf(year, posted) : null;
    return this.acts.perform({ name: 'budgetYear.end', actor, idempotencyKey, input: { year } }, async (tx) => {
      if (scope.kind !== 'PROVINCE') return refuse([endOfProvince()]);
      if (year >= accountingYear(tx.now)) return refuse([notOver(year)]);
      if (await this.repository.yearEnd(year, tx)) return refuse([endedAlready(year)]);
      if (unspent !== null) return refuse([notAllSpent(unspent)]);
      await this.repository.keep(tx, { year, cursor: ITEMS, beganAt: tx.now, endedAt: null, by: actor.name });
      return ok({
        value: { year },
        audit: {
          objectType: 'BudgetYear',
          objectId: `${year}`,
          departmentId: null,
          summary: say(`办理 ${year} 预算年度年终结转和收回`, `Ended the budget year ${year}`),
        },
      });
    });
  }

  setRule(
    actor: Actor,
    scope: TenantScope,
    wish: SetCarryRuleWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'budgetYear.setCarryRule', actor, idempotencyKey, input }, async (tx) => {
      if (scope.kind !== 'PROVINCE') return refuse([endOfProvince()]);
      const { fromYear, fundNature, action } = wish;
      // A year that is being brought to its end, or is, stays as it was.
      if (
        !Number.isInteger(fromYear) ||
        fromYear < accountingYear(tx.now) - 1 ||
        (await this.repository.yearEnd(fromYear, tx))
      )
        return refuse([notThatYear()]);
      const reason = wish.reason.trim();
      if (reason === '' || reason.length > 200 || !CARRY_ACTIONS.includes(action)) return refuse([noReason()]);
      const id = newId(tx.now.getTime());
      await this.repository.addRule(tx, { id, fromYear, fundNature, action, reason, by: actor.name, at: tx.now });
      return ok({
        value: { id },
        audit: {
          objectType: 'BudgetYear',
          objectId: `${fromYear}`,
          departmentId: null,
          summary: say(
            `设定 ${fromYear} 年起年终${action === 'CARRY' ? '结转' : '收回'}规则`,
            `Set what becomes of rests from ${fromYear} on`,
          ),
          after: input,
        },
      });
    });
  }

  /** Called by housekeeping. @returns budgets that were brought to their end. */
  async run(pageSize = BUDGETS_PER_PAGE): Promise<number> {
    const unfinished = await this.repository.unfinished();
    if (unfinished.length === 0) return 0;
    const lease = await this.leases.take(LEASE_NAME, this.holder, LEASE_MS);
    if (!lease) return 0;
    let done = 0;
    for (const one of unfinished) done += await this.carryOn(one, lease, pageSize);
    await this.leases.release(lease);
    return done;
  }

  private async carryOn({ year, by }: YearEnd, lease: Lease, pageSize: number): Promise<number> {
    const rules = await this.repository.rules();
    let done = 0;
    for (;;) {
      const more = await this.work.run(async (tx) => {
        if (!(await this.leases.stillHeld(tx, lease))) return null;
        const now = await this.repository.yearEnd(year, tx);
        if (!now || now.endedAt !== null) return null;
        const grain: BudgetGrain = now.cursor.startsWith(ITEMS) ? 'ITEM' : 'DEPARTMENT';
        const budgets = await this.books.page(year, grain, now.cursor.slice(1), pageSize, tx);
        const last = budgets.at(-1)?.id;
        const ended = last === undefined && grain === 'DEPARTMENT';
        const cursor = last === undefined ? WHOLES : `${now.cursor[0]}${last}`;
        await this.repository.keep(tx, { ...now, cursor, endedAt: ended ? tx.now : null });
        await this.end(tx, budgets, grain, rules, by);
        return { ended, count: budgets.length };
      });
      if (more === null) return done;
      done += more.count;
      if (more.ended || !(await this.leases.take(LEASE_NAME, this.holder, LEASE_MS))) return done;
    }
  }

  private async end(
    tx: Tx,
    budgets: readonly Budget[],
    grain: BudgetGrain,
    rules: readonly CarryRule[],
    by: string,
  ): Promise<void> {
    const moves =
      grain === 'ITEM' ? await this.books.release(tx, budgets, { by, reason: '年度终了，释放未列支的占用' }) : [];
    for (const budget of budgets) {
      const left = leftOf(budget);
      if (left === 0n) continue;
      const carries = actionOf(rules, budget.year, budget.fundNature) === 'CARRY';
      const next = budget.year + 1;
      await this.books.takeOff(tx, budget, left, { by, reason: carries ? `年终结转至 ${next} 年` : '年终收回' });
      if (carries)
        await this.books.carryOver(tx, budget, left, keyOfNextYear(budget), { by, reason: `${budget.year} 年结转` });
    }
    const taken = await this.ledger.take(tx, moves);
    if (!taken.ok) throw new Error(`the year cannot be ended: ${taken.error[0]?.message.en}`);
  }

  private async *all(year: number, grain: BudgetGrain): AsyncGenerator<Budget> {
    for (let after = ''; ; ) {
      const page = await this.books.page(year, grain, after, 500, null);
      yield* page;
      const last = page.at(-1);
      if (!last) return;
      after = last.id;
    }
  }
}
