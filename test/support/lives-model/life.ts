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

/** The disk of a machine that is gone. */
export interface Disk {
  state: 'KEPT' | 'ATTACHED' | 'ENDING' | 'GONE';
  until: Date | null;
  to: Life | null;
  isTold: boolean;
}
const DISK_DAYS_MAX = 30;
const DISK_TOLD_DAYS = 3;

export class Life {
  state: 'PROVISIONING' | 'IN_USE' | 'IN_BIN' | 'RELEASING' | 'RELEASED' = 'PROVISIONING';
  isOver = false;
  isProtected = false;
  /** Its people have stopped it. */
  isStill = false;
  binCause: 'RELEASE' | 'TERM' | 'RECLAIM' | null = null;
  binUntil: Date | null = null;
  stage: (typeof STAGES)[number] = 'NONE';
  /** undefined = nothing is asked of the center. */
  asked: CalendarDate | null | undefined;
  caseState: CaseState = 'NONE';
  caseDue: Date | null = null;
  /** How many were told of the machine itself. */
  told = 0;
  /** Days that its disk outlives it, as it was chosen; its own end makes it null again. */
  keepDays: number | null = null;
  disk: Disk | null = null;
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
    this.sweepDisk(now);
    return opened;
  }

  private sweepDisk(now: Date): void {
    const { disk } = this;
    if (disk === null || disk.until === null) return;
    if (disk.until <= now) [disk.state, disk.until] = ['ENDING', null];
    else if (!disk.isTold && now.getTime() >= disk.until.getTime() - DISK_TOLD_DAYS * DAY_MS) {
      disk.isTold = true;
      this.told += 1;
    }
  }

  /** To a machine that stands still. */
  attach(to: Life): boolean {
    if (this.disk?.state !== 'KEPT' || to.state !== 'IN_USE' || to.isOver) return false;
    Object.assign(this.disk, { state: 'ATTACHED', until: null, to });
    return true;
  }

  detach(days: number, now: Date): boolean {
    const { disk } = this;
    if (disk?.state !== 'ATTACHED' || disk.to?.state !== 'IN_USE' || disk.to.isOver) return false;
    if (days < 1 || days > DISK_DAYS_MAX) return false;
    this.leave(disk, days, now);
    return true;
  }

  giveUpDisk(): boolean {
    if (this.disk?.state !== 'KEPT') return false;
    [this.disk.state, this.disk.until] = ['ENDING', null];
    return true;
  }

  /** The cluster has it no longer. */
  diskGone(): void {
    if (this.disk?.state !== 'ENDING') return;
    this.disk.state = 'GONE';
    this.keepDays = null;
  }

  /** The machine that has it is gone. */
  machineGone(gone: Life, now: Date): void {
    const { disk } = this;
    if (disk?.state !== 'ATTACHED' || disk.to !== gone) return;
    if (gone.keepDays === null) Object.assign(disk, { state: 'ENDING', to: null });
    else this.leave(disk, gone.keepDays, now);
  }

  private leave(disk: Disk, days: number, now: Date): void {
    Object.assign(disk, { state: 'KEPT', to: null, until: new Date(now.getTime() + days * DAY_MS), isTold: false });
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
    // In the bin it may be taken out again, and would be rid of the case.
    const isGone = this.state !== 'IN_USE' && this.state !== 'IN_BIN';
    if (this.hasOpenCase && (isGone || this.isReviewed)) this.caseState = 'CLOSED';
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
    if (seen !== 'GONE' || this.state !== 'RELEASING') return;
    this.state = 'RELEASED';
    if (this.keepDays === null) return;
    const until = new Date(now.getTime() + this.keepDays * DAY_MS);
    this.disk = { state: 'KEPT', until, to: null, isTold: false };
  }

  /** Of what was never delivered there is no disk that anybody could miss. */
  release(now: Date, keepDays: number | null = null): boolean {
    if (keepDays !== null && (this.state !== 'IN_USE' || keepDays > DISK_DAYS_MAX)) return false;
    if (this.isProtected || (this.state !== 'IN_USE' && this.state !== 'PROVISIONING')) return false;
    if (this.state === 'IN_USE') this.intoBin('RELEASE', now);
    else this.letGo();
    this.keepDays = keepDays;
    return true;
  }

  restore(now: Date): boolean {
    if (this.state !== 'IN_BIN' || this.binCause === 'RECLAIM' || this.isPast(now)) return false;
    this.outOfBin();
    return true;
  }

  /** undefined = as it was chosen before. */
  purge(keepDays?: number | null): boolean {
    if (this.state !== 'IN_BIN' || this.isProtected) return false;
    if (keepDays !== undefined) this.keepDays = keepDays;
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
      if (this.state !== 'IN_USE' || this.isReviewed) return false;
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

  /** What an overdue review asked for was done: the next round closes the case, and till then nobody decides. */
  private get isReviewed(): boolean {
    return this.isOverdue && this.reviewFrom !== null && this.caseOpened !== null && this.reviewFrom > this.caseOpened;
  }

  private isPast(now: Date): boolean {
    return this.until !== null && this.until < calendarDate(now);
  }

  private intoBin(cause: 'RELEASE' | 'TERM' | 'RECLAIM', now: Date): void {
    [this.state, this.binCause, this.binUntil] = ['IN_BIN', cause, new Date(now.getTime() + BIN_DAYS * DAY_MS)];
  }

  private outOfBin(): void {
    [this.state, this.binCause, this.binUntil, this.isOver] = ['IN_USE', null, null, false];
    this.keepDays = null;
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
