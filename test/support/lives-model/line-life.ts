import { addDays, type CalendarDate, calendarDate } from '../../../server/src/kernel/calendar.js';
import type { CaseAct, CaseState } from './life.ts';

// The life of one line of servers, places or services on paper, from its hand-over to its end: what the calendar does to it
// and what people may do. It knows nothing of how the product does it.

const DAY_MS = 86_400_000;
const REMINDED_BEFORE = [30, 15, 7, 1];
const [GRACE_DAYS, EXTENSION_DAYS, EXTENSIONS_BY_RULE, TEMPORARY_DAYS_MAX] = [15, 90, 2, 730];
/** Days after the last review at which the owner, the head and the center are told, and a case is opened. */
const REVIEW_DAYS = { OWNER: 335, HEAD: 372, CENTER: 380, CASE: 395 } as const;
const STAGES = ['NONE', 'OWNER', 'HEAD', 'CENTER', 'CASE'] as const;
type Stage = (typeof STAGES)[number];
const CASE_WAYS: { readonly [A in CaseAct]: readonly CaseState[] } = {
  OBJECT: ['NOTICED', 'UNANSWERED'],
  AGREE: ['NOTICED', 'UNANSWERED', 'OBJECTED'],
  RECLAIM: ['UNANSWERED', 'OBJECTED', 'AGREED'],
  CLOSE: ['NOTICED', 'UNANSWERED', 'OBJECTED', 'AGREED'],
  UNDO: ['RECLAIMED'],
};

export type LineKindHere = 'SERVER' | 'CABINET' | 'SERVICE';

export class LineLife {
  isOver = false;
  /** Given back, by whomever. */
  hasEnded = false;
  /** Of a place: something stands in it. */
  isOccupied = false;
  stage: Stage = 'NONE';
  reviewFrom: Date | null;
  /** undefined = nothing is asked of the center. */
  asked: CalendarDate | null | undefined;
  caseState: CaseState = 'NONE';
  caseDue: Date | null = null;
  /** How many were told of its term: its cases tell of themselves. */
  told = 0;
  private reminded: number | null = null;
  private used = 0;
  private toldOverAt: Date | null = null;
  private caseOpened: Date | null = null;
  private cause: 'IDLE' | 'OVERDUE_REVIEW' | 'TERM_OVER' | null = null;
  /** Of its last case about a term that is over. */
  private overCaseAt: Date | null = null;

  constructor(
    readonly id: string,
    readonly kind: LineKindHere,
    /** Its last day; null = 长期. */
    public until: CalendarDate | null,
    handedOver: Date,
  ) {
    this.reviewFrom = until === null ? handedOver : null;
  }

  get hasOpenCase(): boolean {
    return this.caseState !== 'NONE' && this.caseState !== 'RECLAIMED' && this.caseState !== 'CLOSED';
  }

  /** While a decision to take it back stands, nobody lengthens or reviews it. */
  private get isTakenBack(): boolean {
    return this.caseState === 'RECLAIMED';
  }

  /** One that waits, or one that was decided and is not carried out. */
  private get isInCase(): boolean {
    return this.hasOpenCase || this.isTakenBack;
  }

  /** One round of housekeeping. */
  sweep(now: Date): void {
    if (!this.hasEnded) {
      this.sweepTerm(now);
      this.sweepReview(now);
    }
    this.settleCase();
    if (!this.hasEnded) this.openCases(now);
    if (this.caseState === 'RECLAIMED' && this.isEmpty) this.hasEnded = true;
    if (this.caseState === 'NOTICED' && this.caseDue !== null && this.caseDue <= now) this.caseState = 'UNANSWERED';
  }

  private sweepTerm(now: Date): void {
    const { until } = this;
    if (until === null) return;
    const today = calendarDate(now);
    const left = (Date.parse(until) - Date.parse(today)) / DAY_MS;
    const mark = REMINDED_BEFORE.filter((days) => days >= left).at(-1);
    if (left >= 0 && mark !== undefined && (this.reminded === null || mark < this.reminded)) {
      this.reminded = mark;
      this.told += 1;
    }
    if (left < 0 && !this.isOver) {
      [this.isOver, this.toldOverAt] = [true, now];
      this.told += 1;
    }
    if (!this.isLeaving(now) || !this.isEmpty) return;
    this.hasEnded = true;
    this.told += 1;
  }

  /** A server goes back by the act of the facility alone. */
  private get isEmpty(): boolean {
    return this.kind !== 'SERVER' && !this.isOccupied;
  }

  /** A full grace after its people were told, and after its last day. */
  private isLeaving(now: Date): boolean {
    const { until, toldOverAt } = this;
    if (until === null || toldOverAt === null || !this.isOver) return false;
    const [over, told] = [addDays(until, 1), calendarDate(toldOverAt)];
    const toldLate = told > over;
    return addDays(toldLate ? told : over, GRACE_DAYS) <= calendarDate(now);
  }

  private sweepReview(now: Date): void {
    for (const stage of ['OWNER', 'HEAD', 'CENTER'] as const)
      if (this.isDue(stage, now)) {
        this.stage = stage;
        this.told += 1;
      }
  }

  /** Its department has done what the case asks for: the next round closes it, and till then nobody decides to take it back. */
  private get isSettled(): boolean {
    const reviewed = this.reviewFrom !== null && this.caseOpened !== null && this.reviewFrom > this.caseOpened;
    return (
      this.hasEnded || (this.cause === 'OVERDUE_REVIEW' && reviewed) || (this.cause === 'TERM_OVER' && !this.isOver)
    );
  }

  private settleCase(): void {
    if (this.hasOpenCase && this.isSettled) this.caseState = 'CLOSED';
  }

  private openCases(now: Date): void {
    if (this.isDue('CASE', now)) {
      this.stage = 'CASE';
      if (!this.isInCase) this.begin(now, 'OVERDUE_REVIEW');
    }
    const wasCase = this.overCaseAt !== null && this.toldOverAt !== null && this.overCaseAt >= this.toldOverAt;
    if (this.kind === 'SERVICE' || !this.isLeaving(now) || wasCase || this.isInCase) return;
    this.begin(now, 'TERM_OVER');
    this.overCaseAt = now;
  }

  private isDue(stage: Exclude<Stage, 'NONE'>, now: Date): boolean {
    if (this.reviewFrom === null || this.stage !== STAGES[STAGES.indexOf(stage) - 1]) return false;
    return now.getTime() >= this.reviewFrom.getTime() + REVIEW_DAYS[stage] * DAY_MS;
  }

  extend(to: CalendarDate | null, now: Date): boolean {
    const today = calendarDate(now);
    if (this.hasEnded || this.isTakenBack || this.until === null || this.asked !== undefined) return false;
    if (to !== null && (to <= today || to > addDays(today, TEMPORARY_DAYS_MAX) || to <= this.until)) return false;
    if (to !== null && to <= addDays(this.until, EXTENSION_DAYS) && this.used < EXTENSIONS_BY_RULE) {
      this.lengthen(to, now);
      this.used += 1;
      return true;
    }
    this.asked = to;
    this.told += 1;
    return true;
  }

  /** What has ended meanwhile is not lengthened; the wish itself is answered, or taken back. */
  answer(move: 'GRANT' | 'REFUSE' | 'WITHDRAW', now: Date): boolean {
    const to = this.asked;
    if (to === undefined) return false;
    if (move === 'GRANT' && (this.hasEnded || this.isTakenBack || (to !== null && to < calendarDate(now))))
      return false;
    this.asked = undefined;
    if (move === 'GRANT') this.lengthen(to, now);
    if (move !== 'WITHDRAW') this.told += 1;
    return true;
  }

  review(now: Date): boolean {
    if (this.hasEnded || this.isTakenBack || this.until !== null) return false;
    this.beginReview(now);
    return true;
  }

  /** By its department. */
  giveBack(): boolean {
    if (this.hasEnded || !this.isEmpty) return false;
    this.hasEnded = true;
    return true;
  }

  /** A server comes back to the facility. */
  returned(): boolean {
    if (this.hasEnded || this.kind !== 'SERVER') return false;
    this.hasEnded = true;
    return true;
  }

  openCase(now: Date): boolean {
    if (this.hasEnded || this.isInCase) return false;
    this.begin(now, 'IDLE');
    return true;
  }

  actOnCase(act: CaseAct, now: Date): boolean {
    if (!CASE_WAYS[act].includes(this.caseState)) return false;
    if (act === 'RECLAIM' ? this.isSettled : act === 'UNDO' && this.hasEnded) return false;
    // It was looked at: nobody asks for a review the day after.
    if (act === 'UNDO' && this.reviewFrom !== null) this.beginReview(now);
    const to = { OBJECT: 'OBJECTED', AGREE: 'AGREED', RECLAIM: 'RECLAIMED', CLOSE: 'CLOSED', UNDO: 'CLOSED' } as const;
    this.caseState = to[act];
    return true;
  }

  private lengthen(to: CalendarDate | null, now: Date): void {
    [this.until, this.isOver, this.toldOverAt, this.reminded] = [to, false, null, null];
    if (to === null) this.beginReview(now);
  }

  private beginReview(now: Date): void {
    [this.reviewFrom, this.stage] = [now, 'NONE'];
  }

  private begin(now: Date, cause: 'IDLE' | 'OVERDUE_REVIEW' | 'TERM_OVER'): void {
    [this.caseState, this.caseOpened, this.caseDue, this.cause] = ['NOTICED', now, null, cause];
  }
}
