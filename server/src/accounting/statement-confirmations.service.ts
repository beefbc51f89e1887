import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { addWorkingDays } from '../calendars/domain/working-days.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, covers, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { MeteringService } from '../metering/metering.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { BooksService } from './books.service.js';
import { type Month, monthBefore, spanOfMonth } from './domain/accounting-units.js';
import { periodClosed } from './domain/closing.js';
import { figuresMovedSinceIssue, moveOfIssue, type StatementFigures, sameFigures } from './domain/statement-issue.js';
import { statementIssued } from './domain/statement-notices.js';
import { type DepartmentFigures, FiguresRepository } from './figures.repository.js';
import { type IssueRow, StatementIssuesRepository } from './statement-issues.repository.js';
import { StatementsService } from './statements.service.js';

export interface ConfirmStatement {
  readonly month: Month;
  readonly departmentId: string | undefined;
  /** What the person saw. */
  readonly expected: StatementFigures;
  readonly idempotencyKey: string;
}

/** Statements are put before departments for a quarter; what nobody closed by then waits for finance, not for them. */
const ISSUED_MONTHS = 3;
/** Without a rule, as it was taken in at first. */
const WORKING_DAYS_WITHOUT_RULE = 5;

/** 出单与确认: a month that is over is put before each department, which confirms it, disputes lines, or lets its time pass. */
@Injectable()
export class StatementConfirmations {
  /** The pass after which this process looked last: nothing has moved since. */
  private lookedAfter = 0;

  constructor(
    private readonly issues: StatementIssuesRepository,
    private readonly figures: FiguresRepository,
    private readonly books: BooksService,
    private readonly statements: StatementsService,
    private readonly metering: MeteringService,
    private readonly calendars: CalendarsService,
    private readonly acts: Acts,
    private readonly work: UnitOfWork,
    private readonly notices: Notices,
  ) {}

  async issue(month: Month, departmentId: string): Promise<IssueRow | null> {
    return (await this.issues.ofMonth(month)).get(departmentId) ?? null;
  }

  /** What the department's draft comes to at this moment; lines that it disputes count nothing. */
  async figuresOf(month: Month, departmentId: string): Promise<StatementFigures> {
    const [figures] = await this.figures.byDepartment(month, undefined, departmentId);
    return { lines: figures?.lines ?? 0, amount: figures?.amount ?? 0n };
  }

  /** Refused: PERIOD_CLOSED, UNKNOWN_REFERENCE, NOT_PERMITTED (month runs; figures moved since the person looked). */
  async confirm(
    viewer: Viewer,
    scope: TenantScope,
    wish: ConfirmStatement,
  ): Promise<Result<{ departmentId: string }, readonly Refusal[]>> {
    const { departmentId, expected, idempotencyKey, month } = wish;
    const input = { month, departmentId, lines: expected.lines, amountFen: expected.amount.toString() };
    const calendar = await this.calendars.calendar();
    const days = await this.workingDays(month);
    return this.acts.perform({ name: 'statement.confirm', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (departmentId === undefined || !covers(scope, departmentId)) return refuse([unknown()]);
      const periods = await this.books.periods(tx);
      const closing = periods.closing(periods.bookOf(departmentId), month);
      if (closing && closing.state !== 'REQUESTED') return refuse([periodClosed(month)]);
      if (spanOfMonth(month).to > tx.now.getTime()) return refuse([monthRuns()]);
      const [now] = await this.figures.byDepartment(month, tx, departmentId);
      if (!now) return refuse([unknown()]);
      if (!sameFigures(expected, now)) return refuse([figuresMovedSinceIssue()]);
      const known = await this.issues.locked(tx, month, departmentId);
      await this.issues.put(tx, {
        ...{ month, departmentId, state: 'CONFIRMED', version: (known?.version ?? 0) + 1 },
        ...{ lines: now.lines, amount: now.amount, issuedAt: known?.issuedAt ?? tx.now },
        dueAt: known?.dueAt ?? addWorkingDays(calendar, tx.now, days),
        ...{ confirmedById: viewer.userId, confirmedByName: viewer.name, confirmedAt: tx.now },
      });
      return ok({
        value: { departmentId },
        audit: {
          ...{ objectType: 'Department', objectId: departmentId, departmentId },
          summary: say(`确认 ${month} 费用核算单`, `Confirm the statement of ${month}`),
          after: { month, lines: now.lines, amountFen: now.amount },
        },
      });
    });
  }

  /** Called by housekeeping: once after each whole pass. @returns statements that were put before departments, or passed. */
  async run(actor: Actor): Promise<number> {
    const passes = await Promise.all(this.metering.sources.map(({ name }) => this.metering.pass(name)));
    const whole = Math.min(...passes.map((pass) => pass?.lastWholeAt?.getTime() ?? 0));
    if (whole === 0) return 0;
    const looked = this.lookedAfter === whole;
    this.lookedAfter = whole;
    let moved = 0;
    const first = await this.books.firstMonth();
    let month = monthBefore(this.statements.currentMonth());
    for (let at = 0; at < ISSUED_MONTHS && first !== null && month >= first; at += 1) {
      // What metering has not passed to its end is no statement yet.
      if (spanOfMonth(month).to <= whole && !looked) moved += await this.issueMonth(actor, month);
      month = monthBefore(month);
    }
    return moved;
  }

  private async issueMonth(actor: Actor, month: Month): Promise<number> {
    const periods = await this.books.periods();
    const calendar = await this.calendars.calendar();
    const days = await this.workingDays(month);
    const known = await this.issues.ofMonth(month);
    let moved = 0;
    for (const now of await this.figures.byDepartment(month)) {
      const { departmentId } = now;
      if (periods.isLive(periods.bookOf(departmentId), month)) continue;
      const before = known.get(departmentId) ?? null;
      const done = await this.work.run(async (tx) => {
        if (moveOfIssue(before, now, tx.now) === 'NONE') return false;
        const standing = await this.issues.locked(tx, month, departmentId);
        const move = moveOfIssue(standing, now, tx.now);
        if (move === 'NONE') return false;
        const dueAt = addWorkingDays(calendar, tx.now, days);
        await this.put(tx, month, now, standing, move === 'DEFAULT', dueAt);
        return true;
      });
      if (done) moved += 1;
    }
    if (moved > 0)
      await this.acts.perform({ name: 'statement.issue', actor, input: { month } }, async () =>
        ok({
          value: null,
          audit: {
            ...{ objectType: 'Statement', objectId: month, departmentId: null },
            summary: say(
              `${month} 费用核算单出单或视同确认 ${moved} 份`,
              `Issued or passed ${moved} statements of ${month}`,
            ),
          },
        }),
      );
    return moved;
  }

  private async put(
    tx: Tx,
    month: Month,
    { amount, departmentId, lines }: DepartmentFigures,
    standing: IssueRow | null,
    passed: boolean,
    dueAt: Date,
  ): Promise<void> {
    const version = (standing?.version ?? 0) + 1;
    await this.issues.put(tx, {
      ...{ month, departmentId, version, lines, amount, state: passed ? 'DEFAULTED' : 'ISSUED' },
      issuedAt: passed && standing ? standing.issuedAt : tx.now,
      dueAt: passed && standing ? standing.dueAt : dueAt,
      ...{ confirmedById: null, confirmedByName: null, confirmedAt: passed ? tx.now : null },
    });
    if (!passed) await this.notices.tell(tx, statementIssued(departmentId, month, version, calendarDate(dueAt)));
  }

  private async workingDays(month: Month): Promise<number> {
    const rule = (await this.issues.rules()).findLast(({ fromMonth }) => fromMonth <= month);
    return rule?.workingDays ?? WORKING_DAYS_WITHOUT_RULE;
  }
}

function unknown(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['departmentId'],
    message: say('没有这份核算单', 'There is no such statement'),
  };
}

function monthRuns(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'MONTH_RUNS',
    message: say('该月尚未结束，出单后才能确认', 'The month still runs; its statement is confirmed once it is over'),
  };
}
