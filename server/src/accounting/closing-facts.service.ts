import { Inject, Injectable } from '@nestjs/common';
import { OverRunBudgets } from '../budgets/over-run-budgets.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { calendarDate, startOfDay } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { MeteringService } from '../metering/metering.service.js';
import { BooksService } from './books.service.js';
import { type Month, monthAfter, spanOfMonth } from './domain/accounting-units.js';
import { type Book, PROVINCE_BOOK } from './domain/closing.js';
import type { ChecklistFacts } from './domain/closing-checklist.js';
import { isConfirmed } from './domain/statement-issue.js';
import { type DepartmentFigures, FiguresRepository } from './figures.repository.js';
import { RatingService } from './rating.service.js';
import { SharedLines } from './shared-lines.service.js';
import { StatementIssuesRepository } from './statement-issues.repository.js';

/** A month of a book as it stands, and what of it keeps it open. */
export interface BookStanding {
  readonly figures: BookFigures;
  readonly facts: ChecklistFacts;
  /** Departments whose statement is not confirmed at this amount. */
  readonly unconfirmed: readonly DepartmentFigures[];
}

export interface BookFigures {
  readonly departments: readonly DepartmentFigures[];
  readonly lines: number;
  readonly amount: bigint;
}

/** What the checklist of a month is made of, as it stands at this moment. */
@Injectable()
export class ClosingFacts {
  constructor(
    private readonly books: BooksService,
    private readonly figures: FiguresRepository,
    private readonly issues: StatementIssuesRepository,
    private readonly metering: MeteringService,
    private readonly rating: RatingService,
    private readonly shared: SharedLines,
    private readonly departments: DepartmentsService,
    private readonly overRuns: OverRunBudgets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async figuresOf(book: Book, month: Month, ...reading: Parameters<BooksService['periods']>): Promise<BookFigures> {
    const all = await this.figures.byDepartment(month, ...reading);
    const mine = await this.books.inBook(
      book,
      all.map(({ departmentId }) => departmentId),
      ...reading,
    );
    const departments = all.filter(({ departmentId }) => mine.has(departmentId));
    return {
      departments,
      lines: departments.reduce((sum, { lines }) => sum + lines, 0),
      amount: departments.reduce((sum, { amount }) => sum + amount, 0n),
    };
  }

  async of(book: Book, month: Month): Promise<ChecklistFacts> {
    return (await this.standing(book, month)).facts;
  }

  async standing(book: Book, month: Month): Promise<BookStanding> {
    const [figures, earlier, behind, late, issues] = await Promise.all([
      this.figuresOf(book, month),
      this.earlierOpen(book, month),
      this.behind(month),
      this.lateFacts(month),
      this.issues.ofMonth(month),
    ]);
    const { departments } = figures;
    const cityTree = book === PROVINCE_BOOK ? null : await this.departments.wholeTreeIds(book);
    const overRuns = await this.overRuns.ofYear(
      Number(month.slice(0, 4)),
      cityTree ?? { without: await this.departments.cityTreeIds() },
    );
    const unconfirmed = departments.filter(
      (each) => each.lines > 0 && !isConfirmed(issues.get(each.departmentId) ?? null, each),
    );
    const disputing = departments.filter(({ suspended }) => suspended > 0);
    const unpriced = departments.filter((each) => each.unpriced > 0);
    const delivering = departments.filter(({ disputed }) => disputed > 0);
    const today = startOfDay(calendarDate(this.clock.now())).getTime();
    const facts: ChecklistFacts = {
      NOT_OVER: { count: spanOfMonth(month).to <= today ? 0 : 1 },
      EARLIER_OPEN: { count: earlier.length, examples: earlier },
      SWEEP_BEHIND: { count: behind },
      LATE_FACTS: { count: late },
      UNPRICED: { count: sum(unpriced, 'unpriced'), examples: await this.names(unpriced) },
      LINE_DISPUTES: { count: sum(disputing, 'suspended'), examples: await this.names(disputing) },
      DELIVERY_DISPUTES: { count: sum(delivering, 'disputed'), examples: await this.names(delivering) },
      UNCONFIRMED: { count: unconfirmed.length, examples: await this.names(unconfirmed) },
      OVER_RUNS: { count: overRuns.length, examples: overRuns.map(({ name }) => name) },
    };
    return { figures, facts, unconfirmed };
  }

  private async earlierOpen(book: Book, month: Month): Promise<Month[]> {
    const first = await this.books.firstMonth();
    const periods = await this.books.periods();
    const open: Month[] = [];
    for (let at = first ?? month; at < month; at = monthAfter(at)) if (!periods.isClosed(book, at)) open.push(at);
    return open;
  }

  /** Sources whose last whole pass began before the month's end, or by other prices than hold now; common costs not spread since. */
  private async behind(month: Month): Promise<number> {
    const end = spanOfMonth(month).to;
    const books = await this.rating.books();
    const passes = await Promise.all(
      this.metering.sources.map(async ({ name }) => {
        const pass = await this.metering.pass(name);
        const whole = pass?.lastWholeAt && pass.lastWholeAt.getTime() >= end;
        return whole && (await this.rating.repriced(name, books)).size === 0;
      }),
    );
    return passes.filter((whole) => !whole).length + (await this.shared.behind(month));
  }

  /** Written about the month after everything was last looked at. */
  private async lateFacts(month: Month): Promise<number> {
    const end = new Date(spanOfMonth(month).to);
    const counts = await Promise.all(
      this.metering.sources.map(async ({ name, factsSince }) => {
        const pass = await this.metering.pass(name);
        return pass?.lastWholeAt && factsSince ? factsSince(pass.lastWholeAt, end) : 0;
      }),
    );
    return counts.reduce((all, count) => all + count, 0);
  }

  private async names(some: readonly DepartmentFigures[]): Promise<string[]> {
    const found = await this.departments.departments(some.map(({ departmentId }) => departmentId));
    return found.flatMap((department) => department?.name ?? []);
  }
}

function sum(some: readonly DepartmentFigures[], of: 'unpriced' | 'suspended' | 'disputed'): number {
  return some.reduce((all, each) => all + each[of], 0);
}
