import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { BooksService } from './books.service.js';
import type { LineDisputeEntity } from './closing.entity.js';
import { CorrectionsRepository } from './corrections.repository.js';
import { CorrectionsService } from './corrections.service.js';
import { spanOfMonth } from './domain/accounting-units.js';
import { periodClosed } from './domain/closing.js';
import type { StatementLine } from './domain/line-diff.js';
import { type DisputeAction, type DisputeMove, decideDispute, wrongText } from './domain/line-dispute.js';
import type { Periods } from './domain/periods.js';
import { disputeAnswered, disputeRaised } from './domain/statement-notices.js';
import {
  type DisputeFilter,
  type DisputeRow,
  type EarlierAnswer,
  LineDisputesRepository,
} from './line-disputes.repository.js';
import type { LineKey } from './statement-lines.repository.js';

export interface RaiseDispute extends LineKey {
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface AnswerDispute {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly text: string;
  readonly correctedFen?: bigint | null;
  readonly idempotencyKey: string;
}

/** A line that is gone; what people decided of it stands, and says whose it was. */
type Owned = NonNullable<Awaited<ReturnType<CorrectionsRepository['adjusted']>>>;

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** 费用异议 */
const CODE_PREFIX = 'FY';

/** 异议: a department does not accept one line; it alone is not charged until finance has answered. */
@Injectable()
export class LineDisputes {
  constructor(
    private readonly repository: LineDisputesRepository,
    private readonly books: BooksService,
    private readonly corrections: CorrectionsService,
    private readonly lines: CorrectionsRepository,
    private readonly departments: DepartmentsService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    private readonly notices: Notices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(scope: TenantScope, filter: DisputeFilter, page: PageRequest): Promise<Page<DisputeRow>> {
    return this.repository.page(scope, filter, page);
  }

  /** Batch for loaders: answers that were corrected again, the oldest first. Callers have already been let see the disputes. */
  earlierAnswers = (ids: readonly string[]): Promise<EarlierAnswer[][]> => this.repository.earlierAnswers(ids);

  async byId(scope: TenantScope, id: string): Promise<DisputeRow | null> {
    const [row] = await this.repository.byIds(scope, [id]);
    return row ?? null;
  }

  /** Refused: PERIOD_CLOSED, UNKNOWN_REFERENCE, INVALID_INPUT (reason), NOT_PERMITTED (month runs, not charged, disputed already). */
  async raise(viewer: Viewer, scope: TenantScope, wish: RaiseDispute): Answer {
    const { idempotencyKey, ...input } = wish;
    const code = await this.codes.next(CODE_PREFIX, accountingYear(this.clock.now()));
    try {
      return await this.acts.perform({ name: 'dispute.raise', actor: viewer, idempotencyKey, input }, async (tx) => {
        const line = await this.repository.line(tx, wish);
        if (!line || !covers(scope, line.departmentId)) return refuse([unknownLine()]);
        const periods = await this.books.periods(tx);
        const book = periods.bookOf(line.departmentId);
        const closing = periods.closing(book, wish.month);
        if (closing && closing.state !== 'REQUESTED') return refuse([periodClosed(wish.month)]);
        const wrong = wrongText(wish.reason, ['reason']);
        if (wrong.length > 0) return refuse(wrong);
        if (spanOfMonth(wish.month).to > tx.now.getTime()) return refuse([monthRuns()]);
        if (line.state !== 'RATED' || line.amount === null) return refuse([notCharged()]);
        // What was decided stands beside the line: suspended once more, less than nothing would be charged.
        if (await this.repository.isCorrected(tx, wish)) return refuse([correctedAlready()]);
        const row: LineDisputeEntity = {
          ...{ id: newId(tx.now.getTime()), code, month: wish.month, resourceId: wish.resourceId },
          ...{ meter: wish.meter, startAt: new Date(wish.from), tier: wish.tier ?? 0, departmentId: line.departmentId },
          ...{ state: 'OPEN', open: 1, version: 1, amountFen: line.amount, correctedFen: null },
          ...{ reason: wish.reason.trim(), raisedById: viewer.userId, raisedByName: viewer.name, raisedAt: tx.now },
          ...{ answer: null, answeredById: null, answeredByName: null, answeredAt: null },
        };
        await this.repository.insert(tx, row);
        const department = (await this.departments.lineage(line.departmentId, tx)).at(-1);
        await this.notices.tell(tx, disputeRaised(row, book, department?.name ?? ''));
        const summary = say(`提出费用异议 ${code}`, `Dispute a statement line (${code})`);
        const after = { month: row.month, meter: row.meter, amountFen: row.amountFen, reason: row.reason };
        return ok({ value: { id: row.id }, audit: { ...auditOf(row), summary, after } });
      });
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([disputedAlready()]);
      throw error;
    }
  }

  /** Taken back by the department, or answered by the finance of the book that the line is in. */
  async decide(viewer: Viewer, scope: TenantScope, action: DisputeAction, wish: AnswerDispute): Answer {
    const { idempotencyKey, correctedFen = null, ...rest } = wish;
    const input = { ...rest, correctedFen: correctedFen?.toString() ?? null };
    const own = await this.books.own(scope);
    const act = { name: `dispute.${action.toLowerCase()}`, actor: viewer, idempotencyKey, input };
    return this.acts.perform(act, async (tx) => {
      const row = wish.id === undefined ? null : await this.repository.locked(tx, wish.id);
      const periods = await this.books.periods(tx);
      const mine =
        row &&
        (action === 'WITHDRAW' ? covers(scope, row.departmentId) : own.includes(periods.bookOf(row.departmentId)));
      if (!row || !mine) return refuse([unknown()]);
      if (periods.closing(periods.bookOf(row.departmentId), row.month)?.state === 'FREEZING')
        return refuse([periodClosed(row.month, [])]);
      // What is charged in the end is what was decided, whatever the line has become since it was disputed.
      const { meter, month, resourceId, startAt, tier } = row;
      const key = { meter, month, resourceId, tier };
      const line = await this.repository.line(tx, { ...key, from: startAt.getTime() });
      const decided = await this.lines.adjusted(tx, { ...key, from: startAt });
      const charged = decided && (line?.amount ?? 0n) + decided.amount;
      const moved = decideDispute(viewer.userId, { ...row, amount: line?.amount ?? null, charged }, action, wish);
      if (!moved.ok) return moved;
      if (action === 'AMEND') await this.repository.keepAnswer(tx, row);
      await this.repository.update(tx, row.id, {
        ...{ state: moved.value.state, open: null, version: row.version + 1, correctedFen: moved.value.corrected },
        ...{ answer: wish.text.trim() || null, answeredById: viewer.userId, answeredByName: viewer.name },
        answeredAt: tx.now,
      });
      await this.charge(tx, row, line ?? decided, (line?.amount ?? 0n) + (decided?.amount ?? 0n), moved.value, periods);
      await this.notices.tell(tx, ...disputeAnswered(row, moved.value.state));
      const summary = say(`费用异议 ${row.code}：${ACTED[action].zh}`, `Dispute ${row.code}: ${ACTED[action].en}`);
      const after = { state: moved.value.state, answer: wish.text, correctedFen: moved.value.corrected };
      return ok({
        value: { id: row.id },
        audit: { ...auditOf(row), summary, before: { state: row.state, correctedFen: row.correctedFen }, after },
      });
    });
  }

  /** What was suspended is charged: with its month while that is open, else in an open one; so is what was decided beside it. */
  private async charge(
    tx: Tx,
    { month, resourceId, tier }: LineDisputeEntity,
    line: StatementLine | Owned | null,
    before: bigint,
    { adjustment }: DisputeMove,
    periods: Periods,
  ): Promise<void> {
    await this.corrections.bring(tx, [{ month, resourceId }], periods);
    if (!line || adjustment === 0n) return;
    const book = periods.bookOf(line.departmentId);
    await this.lines.adjust(tx, tier, {
      ...line,
      ...{ ofMonth: month, book, month: periods.isLive(book, month) ? periods.openAfter(book, month) : month },
      ...{ cause: 'DISPUTE', before, amount: adjustment },
    });
  }
}

const ACTED = {
  WITHDRAW: say('撤回', 'withdrawn'),
  KEEP: say('维持原明细', 'the line is kept'),
  CORRECT: say('予以更正', 'the line is corrected'),
  AMEND: say('改正更正金额', 'the correction is corrected again'),
} as const;

function auditOf({ departmentId, id }: LineDisputeEntity) {
  return { objectType: 'LineDispute', objectId: id, departmentId };
}

function notPermitted(reason: string, zh: string, en: string): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message: say(zh, en) };
}

function unknown(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这项异议', 'There is no such dispute') };
}

function unknownLine(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['useId'], message: say('没有这条明细', 'There is no such line') };
}

function monthRuns(): Refusal {
  return notPermitted(
    'MONTH_RUNS',
    '该月尚未结束，出单后才能提出异议',
    'The month still runs; its lines are disputed once it is over',
  );
}

function notCharged(): Refusal {
  return notPermitted(
    'NOT_CHARGED',
    '该明细未计费，无需提出异议',
    'The line is not charged, so there is nothing to dispute',
  );
}

function correctedAlready(): Refusal {
  return notPermitted(
    'CORRECTED_ALREADY',
    '该明细的异议已由财政更正并答复，不能再次提出',
    'A dispute of this line was answered by a correction already and is not raised again',
  );
}

function disputedAlready(): Refusal {
  return notPermitted(
    'DISPUTED_ALREADY',
    '该明细已有待答复的异议',
    'The line is disputed already and waits for an answer',
  );
}
