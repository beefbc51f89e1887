import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Budget, BudgetGrain } from '../budgets/domain/budget.js';
import { YearEndBooks } from '../budgets/year-end-books.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { FundNature } from '../systems/domain/system.js';
import { BookMonths } from './book-months.service.js';
import { actionOf, CARRY_ACTIONS, type CarryAction, type CarryRule, FIRST_OF_BOOK, leftOf } from './domain/year-end.js';
import {
  endedAlready,
  endOfProvince,
  noReason,
  notAllSpent,
  notOver,
  notThatYear,
} from './domain/year-end-refusals.js';
import { type KeptCarryRule, type YearEnd, YearEndsRepository } from './year-ends.repository.js';

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
  constructor(
    private readonly repository: YearEndsRepository,
    private readonly books: YearEndBooks,
    private readonly months: BookMonths,
    private readonly acts: Acts,
  ) {}

  yearEnd(year: number): Promise<YearEnd | null> {
    return this.repository.yearEnd(year);
  }

  /** Cities whose months are not all spent: their items wait, and nobody else's do. */
  async waitsFor(year: number): Promise<{ readonly cityId: string; readonly month: string }[]> {
    const waits: { cityId: string; month: string }[] = [];
    for (const { cityId, endedAt } of await this.repository.books(year)) {
      const month = endedAt === null && cityId !== null ? await this.months.openOf(year, cityId) : null;
      if (month !== null && cityId !== null) waits.push({ cityId, month });
    }
    return waits;
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
    const unspent = await this.months.openOf(year, null);
    const cities = await this.months.cities();
    return this.acts.perform({ name: 'budgetYear.end', actor, idempotencyKey, input: { year } }, async (tx) => {
      if (scope.kind !== 'PROVINCE') return refuse([endOfProvince()]);
      if (year >= accountingYear(tx.now)) return refuse([notOver(year)]);
      if (await this.repository.yearEnd(year, tx)) return refuse([endedAlready(year)]);
      if (unspent !== null) return refuse([notAllSpent(unspent)]);
      await this.repository.keep(tx, { year, beganAt: tx.now, endedAt: null, by: actor.name });
      for (const cityId of [null, ...cities])
        await this.repository.keepBook(tx, { year, cityId, cursor: FIRST_OF_BOOK, endedAt: null });
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

  private async *all(year: number, grain: BudgetGrain): AsyncGenerator<Budget> {
    for (let after = ''; ; ) {
      const page = await this.books.page({ year, grain }, after, 500, null);
      yield* page;
      const last = page.at(-1);
      if (!last) return;
      after = last.id;
    }
  }
}
