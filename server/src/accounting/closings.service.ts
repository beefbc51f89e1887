import { Injectable, Logger } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { OPINION_LENGTH_MAX, type SecondAction } from '../kernel/second-person.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { BooksService } from './books.service.js';
import { ClosedRepository } from './closed.repository.js';
import type { ClosingEntity } from './closing.entity.js';
import { ClosingFacts } from './closing-facts.service.js';
import { ClosingsRepository } from './closings.repository.js';
import type { Month } from './domain/accounting-units.js';
import { type Book, CLOSING_WORDS, decideClosing, figuresMoved, periodClosed } from './domain/closing.js';
import { type Check, checklistOf, type Explanation, refusalsToClose, stillStands } from './domain/closing-checklist.js';
import { closingMoved, waitsForApproval } from './domain/closing-notices.js';
import { notClosed, reasonMissing, unknownBook, unknownClosing, waitsAlready } from './domain/closing-refusals.js';
import { Freezer } from './freezer.service.js';

export interface RequestClosing {
  readonly month: Month;
  readonly book: Book;
  readonly explanations: readonly Explanation[];
  readonly idempotencyKey: string;
}

export interface RequestReversal {
  /** Of the close that is to be taken back. */
  readonly closingId: string | undefined;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface DecideClosing {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly opinion?: string | null;
  readonly idempotencyKey: string;
}

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** More than this takes longer than somebody waits for a press of a button: the worker does it within a minute. */
const LINES_FROZEN_AT_ONCE = 50_000;

/** 结账: asked for by one person, decided by another; nothing of the month changes any more from then on. */
@Injectable()
export class ClosingsService {
  private readonly log = new Logger(ClosingsService.name);

  constructor(
    private readonly repository: ClosingsRepository,
    private readonly facts: ClosingFacts,
    private readonly books: BooksService,
    private readonly closed: ClosedRepository,
    private readonly freezer: Freezer,
    private readonly acts: Acts,
    private readonly notices: Notices,
  ) {}

  async checklist(book: Book, month: Month): Promise<Check[]> {
    return checklistOf(await this.facts.of(book, month));
  }

  async list(
    scope: TenantScope,
    filter: { readonly book: Book | null; readonly state: ClosingEntity['state'] | null },
    page: PageRequest,
  ): Promise<Page<ClosingEntity>> {
    return this.repository.page(await this.books.readable(scope), filter, page);
  }

  async byId(scope: TenantScope, id: string): Promise<ClosingEntity | null> {
    const [row] = await this.repository.byIds(await this.books.readable(scope), [id]);
    return row ?? null;
  }

  ofMonth(books: readonly Book[], month: Month): Promise<ClosingEntity[]> {
    return this.repository.ofMonth(books, month);
  }

  /** Refused: CLOSING_BLOCKED and INVALID_INPUT by item of the checklist, PERIOD_CLOSED, NOT_PERMITTED (waits already). */
  async request(viewer: Viewer, scope: TenantScope, wish: RequestClosing): Answer {
    const { idempotencyKey, ...input } = wish;
    if (!(await this.books.own(scope)).includes(wish.book)) return refuse([unknownBook()]);
    const bookName = await this.books.nameOf(wish.book);
    const checks = checklistOf(await this.facts.of(wish.book, wish.month), wish.explanations);
    return this.onlyOne(() =>
      this.acts.perform({ name: 'closing.request', actor: viewer, idempotencyKey, input }, async (tx) => {
        const live = (await this.books.periods(tx)).closing(wish.book, wish.month);
        if (live) return refuse([live.state === 'REQUESTED' ? waitsAlready() : periodClosed(wish.month)]);
        const wrong = refusalsToClose(checks);
        if (wrong.length > 0) return refuse(wrong);
        const { amount, lines } = await this.facts.figuresOf(wish.book, wish.month, tx);
        const row = await this.fresh(tx, viewer, {
          ...{ book: wish.book, kind: 'STATEMENT', month: wish.month, ofMonth: wish.month, reversesId: null },
          ...{ lineCount: lines, amountFen: amount, checklist: checks, reason: '' },
        });
        await this.notices.tell(tx, waitsForApproval(row, bookName));
        const summary = say(`申请${bookName ?? '省级'} ${row.ofMonth} 结账`, `Ask for closing ${row.ofMonth}`);
        return ok({ value: { id: row.id }, audit: { ...auditOf(row), summary, after: figuresOf(row) } });
      }),
    );
  }

  /** The negative of a closed month in the first open one; the month itself can then be closed again. */
  async requestReversal(viewer: Viewer, scope: TenantScope, wish: RequestReversal): Answer {
    const { idempotencyKey, ...input } = wish;
    const standing = wish.closingId === undefined ? null : await this.byId(scope, wish.closingId);
    if (!standing || !(await this.books.own(scope)).includes(standing.book)) return refuse([unknownClosing()]);
    const reason = wish.reason.trim();
    if (reason.length === 0 || reason.length > OPINION_LENGTH_MAX) return refuse([reasonMissing()]);
    const bookName = await this.books.nameOf(standing.book);
    const [document] = await this.closed.documents([standing.id]);
    return this.onlyOne(() =>
      this.acts.perform({ name: 'closing.requestReversal', actor: viewer, idempotencyKey, input }, async (tx) => {
        const row = await this.repository.locked(tx, standing.id);
        if (row?.state !== 'CLOSED' || row.kind !== 'STATEMENT' || !document) return refuse([notClosed(row)]);
        const periods = await this.books.periods(tx);
        const reversal = await this.fresh(tx, viewer, {
          ...{ book: row.book, kind: 'REVERSAL', month: periods.openAfter(row.book, row.ofMonth) },
          ...{ ofMonth: row.ofMonth, reversesId: row.id, checklist: [], reason },
          ...{ lineCount: document.lines, amountFen: -document.amount },
        });
        await this.notices.tell(tx, waitsForApproval(reversal, bookName));
        const summary = say(`申请冲销${bookName ?? '省级'} ${row.ofMonth}`, `Ask for reversing ${row.ofMonth}`);
        return ok({ value: { id: reversal.id }, audit: { ...auditOf(reversal), summary, after: figuresOf(reversal) } });
      }),
    );
  }

  /** What is approved is sealed at once, or by the worker where it is much. */
  async decide(viewer: Viewer, scope: TenantScope, action: SecondAction, wish: DecideClosing): Answer {
    const { idempotencyKey, ...input } = wish;
    const known = wish.id === undefined ? null : await this.byId(scope, wish.id);
    if (!known || !(await this.books.own(scope)).includes(known.book)) return refuse([unknownClosing()]);
    const bookName = await this.books.nameOf(known.book);
    const approves = action === 'APPROVE';
    const checks =
      approves && known.kind === 'STATEMENT' ? checklistOf(await this.facts.of(known.book, known.ofMonth)) : [];
    const name = `closing.${action.toLowerCase()}`;
    const decided = await this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, known.id);
      if (!row) return refuse([unknownClosing()]);
      const to = decideClosing(viewer.userId, row, action, wish);
      if (!to.ok) return to;
      if (approves && !(await this.stands(tx, row, checks))) return refuse([figuresMoved()]);
      const month =
        row.kind === 'REVERSAL' ? (await this.books.periods(tx)).openAfter(row.book, row.ofMonth) : row.month;
      const change = {
        ...{ state: to.value, month, version: row.version + 1, live: approves ? 1 : null },
        ...{ decidedById: viewer.userId, decidedByName: viewer.name, decidedAt: tx.now },
        opinion: wish.opinion?.trim() || null,
      };
      await this.repository.update(tx, row.id, change);
      await this.notices.tell(tx, ...closingMoved({ ...row, state: to.value }, bookName));
      const { en, zh } = CLOSING_WORDS[action];
      const summary = say(`${zh}：${bookName ?? '省级'} ${row.ofMonth}`, `${en}: ${row.ofMonth}`);
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row),
          summary,
          before: { state: row.state },
          after: { ...figuresOf(row), state: to.value },
        },
      });
    });
    if (decided.ok && approves && known.lineCount <= LINES_FROZEN_AT_ONCE) await this.freezeAtOnce(viewer);
    return decided;
  }

  /** It is approved, whatever becomes of the freezing now: nobody is told otherwise, and housekeeping goes on with it. */
  private async freezeAtOnce(viewer: Viewer): Promise<void> {
    try {
      await this.freezer.run(viewer);
    } catch (error) {
      const [text, stack] = error instanceof Error ? [error.message, error.stack] : [String(error)];
      this.log.error(`an approved close is not frozen yet, housekeeping goes on with it: ${text}`, stack);
    }
  }

  /** Whether what was asked for is what stands, to the line and the fen. */
  private async stands(tx: Tx, row: ClosingEntity, checks: readonly Check[]): Promise<boolean> {
    if (row.kind === 'REVERSAL') return (await this.books.periods(tx)).isClosed(row.book, row.ofMonth);
    const { amount, lines } = await this.facts.figuresOf(row.book, row.ofMonth, tx);
    return lines === row.lineCount && amount === row.amountFen && stillStands(row.checklist, checks);
  }

  private async fresh(
    tx: Tx,
    viewer: Viewer,
    of: Pick<
      ClosingEntity,
      'book' | 'kind' | 'month' | 'ofMonth' | 'reversesId' | 'lineCount' | 'amountFen' | 'checklist' | 'reason'
    >,
  ): Promise<ClosingEntity> {
    const row: ClosingEntity = {
      ...of,
      id: newId(tx.now.getTime()),
      round: (await this.repository.rounds(tx, of.book, of.ofMonth, of.kind)) + 1,
      ...{ state: 'REQUESTED', live: 1, version: 1, settled: false, closedAt: null },
      ...{ requestedById: viewer.userId, requestedByName: viewer.name, requestedAt: tx.now },
      ...{ decidedById: null, decidedByName: null, decidedAt: null, opinion: null },
    };
    await this.repository.insert(tx, row);
    return row;
  }

  /** Two people asked at the same moment: the key lets one of them in. */
  private async onlyOne(act: () => Answer): Answer {
    try {
      return await act();
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([waitsAlready()]);
      throw error;
    }
  }
}

function auditOf(row: ClosingEntity) {
  return { objectType: 'Closing', objectId: row.id, departmentId: null };
}

function figuresOf({ amountFen, book, checklist, lineCount, month, ofMonth, reason }: ClosingEntity) {
  const explained = checklist.filter(({ result }) => result !== 'CLEAR');
  return { amountFen, book, lineCount, month, ofMonth, reason, checklist: explained };
}
