import { addDays, type CalendarDate, calendarDate, startOfDay } from '../../../server/src/kernel/calendar.js';

// The life of one machine on paper, from its delivery to its end: what the calendar does to it and what people may do. It
// knows nothing of how the product does it.

const DAY_MS = 86_400_000;
const REMINDED_BEFORE = [30, 15, 7, 1];
const [GRACE_DAYS, BIN_DAYS, EXTENSION_DAYS, EXTENSIONS_BY_RULE, TEMPORARY_DAYS_MAX] = [15, 7, 90, 2, 730];
/** Days after the last review at which the owner, the head and the center are told, and a case is opened. */
const REVIEW_DAYS = { OWNER: 335, HEAD: 372, CENTER: 380, CASE: 395 } as const;
const STAGES = ['NONE', 'OWNER', 'HEAD', 'CENTER', 'CASE'] as const;

export type CaseState = 'NONE' | 'NOTICED' | 'OBJECTED' | 'AGREED' | 'UNANSWERED' | 'RECLAIMED' | 'CLOSED';
const CASE_WAYS: { readonly [A in CaseAct]: readonly CaseState[] } = {
  OBJECT: ['NOTICED', 'UNANSWERED'],
  AGREE: ['NOTICED', 'UNANSWERED', 'OBJECTED'],
  RECLAIM: ['UNANSWERED', 'OBJECTED', 'AGREED'],
  CLOSE: ['NOTICED', 'UNANSWERED', 'OBJECTED', 'AGREED'],
  UNDO: ['RECLAIMED'],
};
export type CaseAct = 'OBJECT' | 'AGREE' | 'RECLAIM' | 'CLOSE' | 'UNDO';

export class Life {
  state: 'PROVISIONING' | 'IN_USE' | 'IN_BIN' | 'RELEASING' | 'RELEASED' = 'PROVISIONING';
  isOver = false;
  isProtected = false;
  binCause: 'RELEASE' | 'TERM' | 'RECLAIM' | null = null;
  binUntil: Date | null = null;
  stage: (typeof STAGES)[number] = 'NONE';
  /** undefined = nothing is asked of the center. */
  asked: CalendarDate | null | undefined;
  caseState: CaseState = 'NONE';
  caseDue: Date | null = null;
  /** How many were told of the machine itself. */
  told = 0;
  private reviewFrom: Date | null = null;
  private reminded: number | null = null;
  private used = 0;
  private caseOpened: Date | null = null;
  private isOverdue = false;

  constructor(
    readonly id: string,
    /** Its last day; null = 长期. */
    public until: CalendarDate | null,
  ) {}

  get hasOpenCase(): boolean {
    return this.caseState !== 'NONE' && this.caseState !== 'RECLAIMED' && this.caseState !== 'CLOSED';
  }

  /** One round of housekeeping. Whether a case was opened by it. */
  sweep(now: Date): boolean {
    const today = calendarDate(now);
    if (this.until !== null) this.sweepTerm(this.until, today, now);
    else if (this.state === 'IN_USE') this.sweepReview(now);
    const opened = this.sweepCase(now);
    if (this.binUntil !== null && this.binUntil <= now) this.letGo();
    return opened;
  }

  private sweepTerm(until: CalendarDate, today: CalendarDate, now: Date): void {
    const left = (Date.parse(until) - Date.parse(today)) / DAY_MS;
    const mark = REMINDED_BEFORE.filter((days) => days >= left).at(-1);
    const alive = this.state === 'IN_USE' || this.state === 'PROVISIONING';
    if (alive && left >= 0 && mark !== undefined && (this.reminded === null || mark < this.reminded)) {
      this.reminded = mark;
      this.told += 1;
    }
    if (this.state === 'IN_USE' && left < 0 && !this.isOver) {
      this.isOver = true;
      this.told += 1;
    }
    if (!alive || this.isProtected || now < startOfDay(addDays(until, 1 + GRACE_DAYS))) return;
    if (this.state === 'PROVISIONING') this.letGo();
    else {
      this.intoBin('TERM', now);
      this.told += 1;
    }
  }

  private sweepReview(now: Date): void {
    for (const stage of ['OWNER', 'HEAD', 'CENTER'] as const)
      if (this.isDue(stage, now)) {
        this.stage = stage;
        this.told += 1;
      }
  }

  private sweepCase(now: Date): boolean {
    const reviewed =
      this.isOverdue && this.reviewFrom !== null && this.caseOpened !== null && this.reviewFrom > this.caseOpened;
    // In the bin it may be taken out again, and would be rid of the case.
    const isGone = this.state !== 'IN_USE' && this.state !== 'IN_BIN';
    if (this.hasOpenCase && (isGone || reviewed)) this.caseState = 'CLOSED';
    let opened = false;
    if (this.state === 'IN_USE' && this.until === null && this.isDue('CASE', now)) {
      this.stage = 'CASE';
      opened = !this.hasOpenCase;
      if (opened) this.begin(now, true);
    }
    if (this.caseState === 'NOTICED' && this.caseDue !== null && this.caseDue <= now) this.caseState = 'UNANSWERED';
    return opened;
  }

  private isDue(stage: Exclude<(typeof STAGES)[number], 'NONE'>, now: Date): boolean {
    if (this.reviewFrom === null || this.stage !== STAGES[STAGES.indexOf(stage) - 1]) return false;
    return now.getTime() >= this.reviewFrom.getTime() + REVIEW_DAYS[stage] * DAY_MS;
  }

  observe(seen: 'RUNNING' | 'GONE', now: Date): void {
    if (seen === 'RUNNING' && this.state === 'PROVISIONING') {
      this.state = 'IN_USE';
      if (this.until === null) this.reviewFrom = now;
    }
    if (seen === 'GONE' && this.state === 'RELEASING') this.state = 'RELEASED';
  }

  release(now: Date): boolean {
    if (this.isProtected || (this.state !== 'IN_USE' && this.state !== 'PROVISIONING')) return false;
    if (this.state === 'IN_USE') this.intoBin('RELEASE', now);
    else this.letGo();
    return true;
  }

  restore(now: Date): boolean {
    if (this.state !== 'IN_BIN' || this.binCause === 'RECLAIM' || this.isPast(now)) return false;
    this.outOfBin();
    return true;
  }

  purge(): boolean {
    if (this.state !== 'IN_BIN' || this.isProtected) return false;
    this.letGo();
    return true;
  }

  protect(on: boolean): boolean {
    if (this.state === 'RELEASING' || this.state === 'RELEASED') return false;
    // What lies in the bin is on its way out: only whoever takes it out again protects it.
    if (on && this.state === 'IN_BIN') return false;
    this.isProtected = on;
    return true;
  }

  review(giveBack: boolean, now: Date): boolean {
    if (this.state !== 'IN_USE' || this.until !== null || (giveBack && this.isProtected)) return false;
    if (giveBack) this.intoBin('RELEASE', now);
    else this.beginReview(now);
    return true;
  }

  extend(to: CalendarDate | null, now: Date): boolean {
    const today = calendarDate(now);
    if (this.until === null || (this.state !== 'IN_USE' && this.state !== 'IN_BIN') || this.asked !== undefined)
      return false;
    if (to !== null && (to <= today || to > addDays(today, TEMPORARY_DAYS_MAX) || to <= this.until)) return false;
    const byRule = to !== null && to <= addDays(this.until, EXTENSION_DAYS) && this.used < EXTENSIONS_BY_RULE;
    if (byRule) {
      this.lengthen(to, now);
      this.used += 1;
    } else {
      this.asked = to;
      this.told += 1;
    }
    return true;
  }

  answer(move: 'GRANT' | 'REFUSE' | 'WITHDRAW', now: Date): boolean {
    const to = this.asked;
    if (to === undefined) return false;
    if (move === 'GRANT' && this.state !== 'IN_USE' && this.state !== 'IN_BIN') return false;
    if (move === 'GRANT' && to !== null && to < calendarDate(now)) return false;
    this.asked = undefined;
    if (move === 'GRANT') this.lengthen(to, now);
    if (move !== 'WITHDRAW') this.told += 1;
    return true;
  }

  openCase(now: Date): boolean {
    if (this.state !== 'IN_USE' || this.hasOpenCase) return false;
    this.begin(now, false);
    return true;
  }

  actOnCase(act: CaseAct, now: Date): boolean {
    if (!CASE_WAYS[act].includes(this.caseState)) return false;
    if (act === 'RECLAIM') {
      if (this.state !== 'IN_USE') return false;
      this.intoBin('RECLAIM', now);
      this.caseState = 'RECLAIMED';
    } else if (act === 'UNDO') {
      if (this.state !== 'IN_BIN' || this.binCause !== 'RECLAIM' || this.isPast(now)) return false;
      this.outOfBin();
      if (this.until === null) this.beginReview(now);
      this.caseState = 'CLOSED';
    } else this.caseState = ({ OBJECT: 'OBJECTED', AGREE: 'AGREED', CLOSE: 'CLOSED' } as const)[act];
    return true;
  }

  private isPast(now: Date): boolean {
    return this.until !== null && this.until < calendarDate(now);
  }

  private intoBin(cause: 'RELEASE' | 'TERM' | 'RECLAIM', now: Date): void {
    [this.state, this.binCause, this.binUntil] = ['IN_BIN', cause, new Date(now.getTime() + BIN_DAYS * DAY_MS)];
  }

  private outOfBin(): void {
    [this.state, this.binCause, this.binUntil, this.isOver] = ['IN_USE', null, null, false];
  }

  private letGo(): void {
    [this.state, this.binCause, this.binUntil] = ['RELEASING', null, null];
  }

  private lengthen(to: CalendarDate | null, now: Date): void {
    [this.until, this.isOver, this.reminded] = [to, false, null];
    if (to === null) this.beginReview(now);
  }

  private beginReview(now: Date): void {
    [this.reviewFrom, this.stage] = [now, 'NONE'];
  }

  private begin(now: Date, isOverdue: boolean): void {
    [this.caseState, this.caseOpened, this.caseDue, this.isOverdue] = ['NOTICED', now, null, isOverdue];
  }
}
