import { Injectable } from '@nestjs/common';
import type { Budget, BudgetGrain } from '../budgets/domain/budget.js';
import { BudgetLedger } from '../budgets/ledger.service.js';
import { YearEndBooks } from '../budgets/year-end-books.service.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { BookMonths } from './book-months.service.js';
import { actionOf, type CarryRule, FIRST_OF_BOOK, keyOfNextYear, leftOf } from './domain/year-end.js';
import { type YearEnd, YearEndsRepository } from './year-ends.repository.js';

/** Budgets of one unit of work: some statements each, well within the 5 s of design §5. */
const BUDGETS_PER_PAGE = 50;
const LEASE_MS = 60_000;
const LEASE_NAME = 'budget-year-end';
/** After the items: what departments never gave to any. */
const WHOLES = 'W';

/** Brings years to their end that somebody has begun to end: book by book, page by page, each page one unit of work. */
@Injectable()
export class YearEndWork {
  private readonly holder = newId();

  constructor(
    private readonly repository: YearEndsRepository,
    private readonly books: YearEndBooks,
    private readonly months: BookMonths,
    private readonly ledger: BudgetLedger,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
  ) {}

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

  /** Each book whose months are all spent; the others wait, and the year with them. */
  private async carryOn(yearEnd: YearEnd, lease: Lease, pageSize: number): Promise<number> {
    const { year } = yearEnd;
    const rules = await this.repository.rules();
    let done = 0;
    for (const { cityId, endedAt } of await this.repository.books(year)) {
      if (endedAt !== null || (await this.months.openOf(year, cityId)) !== null) continue;
      const ended = await this.endBook(yearEnd, cityId, { lease, pageSize, rules });
      if (ended === null) return done;
      done += ended;
    }
    await this.work.run(async (tx) => {
      const now = await this.repository.yearEnd(year, tx);
      if (now?.endedAt !== null || !(await this.leases.stillHeld(tx, lease))) return;
      const books = await this.repository.books(year, tx);
      if (books.every((book) => book.endedAt !== null)) await this.repository.keep(tx, { ...now, endedAt: tx.now });
    });
    return done;
  }

  /** @returns null = somebody else has the lease by now. */
  private async endBook(
    { year, by }: YearEnd,
    cityId: string | null,
    { lease, pageSize, rules }: { lease: Lease; pageSize: number; rules: readonly CarryRule[] },
  ): Promise<number | null> {
    const of = await this.months.departmentsOf(cityId);
    let done = 0;
    for (;;) {
      const more = await this.work.run(async (tx) => {
        if (!(await this.leases.stillHeld(tx, lease))) return null;
        const now = (await this.repository.books(year, tx)).find((book) => book.cityId === cityId);
        if (!now || now.endedAt !== null) return null;
        const grain: BudgetGrain = now.cursor.startsWith(FIRST_OF_BOOK) ? 'ITEM' : 'DEPARTMENT';
        const budgets = await this.books.page({ year, grain, of }, now.cursor.slice(1), pageSize, tx);
        const last = budgets.at(-1)?.id;
        const ended = last === undefined && grain === 'DEPARTMENT';
        const cursor = last === undefined ? WHOLES : `${now.cursor[0]}${last}`;
        await this.repository.keepBook(tx, { ...now, cursor, endedAt: ended ? tx.now : null });
        await this.end(tx, budgets, grain, rules, by);
        return { ended, count: budgets.length };
      });
      if (more === null) return null;
      done += more.count;
      if (!(await this.leases.take(LEASE_NAME, this.holder, LEASE_MS))) return null;
      if (more.ended) return done;
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
}
