import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { BooksService } from './books.service.js';
import { ClosingFacts } from './closing-facts.service.js';
import { type Month, monthAfter, monthBefore, monthOfMoment } from './domain/accounting-units.js';
import { type Book, PROVINCE_BOOK } from './domain/closing.js';
import { type Check, checklistOf } from './domain/closing-checklist.js';
import type { LiveClosing } from './domain/periods.js';
import { type IssueRow, StatementIssuesRepository } from './statement-issues.repository.js';

/** What finance closes next, and what keeps it open. */
export interface MonthToClose {
  readonly book: Book;
  /** Every month up to this one is closed; null = none is. */
  readonly closedThrough: Month | null;
  /** null = every month that is over is closed. */
  readonly next: {
    readonly month: Month;
    /** Asked for or under way; null = nobody asked yet. */
    readonly closing: LiveClosing | null;
    readonly checks: readonly Check[];
    readonly departments: number;
    readonly amount: Fen;
    /** Departments that have not confirmed what stands now, the dearest first. */
    readonly unconfirmed: readonly { readonly departmentId: string; readonly amount: Fen }[];
  } | null;
}

/** 待结月份与待确认核算单: what waits for finance, and what waits for departments. */
@Injectable()
export class MonthsToClose {
  constructor(
    private readonly books: BooksService,
    private readonly facts: ClosingFacts,
    private readonly issues: StatementIssuesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of the province's book, or of the viewer's city; null = the viewer reads no book, or nothing is accounted for yet. */
  async of(scope: TenantScope): Promise<MonthToClose | null> {
    const readable = await this.books.readable(scope);
    const book = readable === null ? PROVINCE_BOOK : readable[0];
    const first = await this.books.firstMonth();
    if (book === undefined || first === null) return null;
    const periods = await this.books.periods();
    const running = monthOfMoment(this.clock.now().getTime());
    let month = first;
    while (month < running && periods.isClosed(book, month)) month = monthAfter(month);
    const closedThrough = month > first ? monthBefore(month) : null;
    if (month >= running) return { book, closedThrough, next: null };
    const { facts, figures, unconfirmed } = await this.facts.standing(book, month);
    return {
      ...{ book, closedThrough },
      next: {
        ...{ month, closing: periods.closing(book, month), checks: checklistOf(facts) },
        ...{ departments: figures.departments.length, amount: figures.amount },
        unconfirmed: unconfirmed
          .map(({ amount, departmentId }) => ({ amount, departmentId }))
          .toSorted((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1)),
      },
    };
  }

  /** Statements that were put before these departments and that neither they nor time have confirmed, the oldest first. */
  async toConfirm(scope: TenantScope, departmentIds: readonly string[] | null): Promise<IssueRow[]> {
    const [waiting, periods] = await Promise.all([this.issues.waiting(scope, departmentIds), this.books.periods()]);
    return waiting.filter(({ departmentId, month }) => !periods.isClosed(periods.bookOf(departmentId), month));
  }
}
