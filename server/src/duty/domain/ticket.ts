/** Decides what a new ticket must say, and which clock of one runs now. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import type { Impact, Severity, Urgency } from './severity.js';
import { isOver, type TicketKind, type TicketState } from './ticket-state.js';

/** STANDARD: of a kind that is done often, and approved by one word; EMERGENCY: begun at once, approved afterwards. */
export const CHANGE_KINDS = ['STANDARD', 'NORMAL', 'EMERGENCY'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const TITLE_LENGTH_MAX = 120;
export const TEXT_LENGTH_MAX = 2_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** An event that nobody noticed for longer is a problem. */
const BACK_DAYS_MAX = 30;
/** A window in which something is changed: longer ones are projects. */
const WINDOW_DAYS_MAX = 7;
const AHEAD_DAYS_MAX = 180;

export interface TicketWish {
  readonly kind: TicketKind;
  readonly title: string;
  readonly description: string;
  readonly impact: Impact;
  readonly urgency: Urgency;
  /** Of an event: since when it is so; null = since now. */
  readonly startedAt: Date | null;
  /** Since when it is so was seen, and not typed. */
  readonly ofAlert?: boolean;
  /** Of a change. */
  readonly changeKind: ChangeKind | null;
  readonly plannedFrom: Date | null;
  readonly plannedTo: Date | null;
  readonly plan: string | null;
  readonly rollbackPlan: string | null;
}

/** Everything that is wrong at once. */
export function wrongTicket(wish: TicketWish, now: Date): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  const check = (fine: boolean, path: string, rule: string, zh: string, en: string) => {
    if (!fine) wrong.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
  };
  check(
    isText(wish.title, TITLE_LENGTH_MAX),
    'title',
    'length',
    `请填写，最多 ${TITLE_LENGTH_MAX} 字`,
    `Required, ${TITLE_LENGTH_MAX} characters at most`,
  );
  check(
    wish.description.length <= TEXT_LENGTH_MAX,
    'description',
    'length',
    `最多 ${TEXT_LENGTH_MAX} 字`,
    `${TEXT_LENGTH_MAX} characters at most`,
  );
  const { startedAt } = wish;
  if (startedAt !== null) {
    check(startedAt <= now, 'startedAt', 'past', '发生时间不能晚于现在', 'It began in the past');
    check(
      wish.ofAlert === true || startedAt.getTime() > now.getTime() - BACK_DAYS_MAX * DAY_MS,
      'startedAt',
      'old',
      `只能登记 ${BACK_DAYS_MAX} 天内的事件`,
      `Events of the last ${BACK_DAYS_MAX} days only`,
    );
  }
  if (wish.kind === 'CHANGE') wrong.push(...wrongChange(wish, now));
  return wrong;
}

function wrongChange(
  { changeKind, plan, plannedFrom, plannedTo, rollbackPlan }: TicketWish,
  now: Date,
): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  const check = (fine: boolean, path: string, rule: string, zh: string, en: string) => {
    if (!fine) wrong.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
  };
  const text = (path: 'plan' | 'rollbackPlan', value: string | null, zh: string, en: string) =>
    check(isText(value ?? '', TEXT_LENGTH_MAX), path, 'length', zh, en);
  check(changeKind !== null, 'changeKind', 'required', '请选择变更类型', 'Choose the kind of change');
  text('plan', plan, '请写明实施步骤', 'Say what is done, step by step');
  text('rollbackPlan', rollbackPlan, '请写明回退办法', 'Say how it is taken back');
  if (changeKind === 'EMERGENCY') return wrong;
  check(plannedFrom !== null, 'plannedFrom', 'required', '请选择实施时间', 'Choose when it is done');
  check(plannedTo !== null, 'plannedTo', 'required', '请选择实施时间', 'Choose when it is done');
  if (plannedFrom === null || plannedTo === null) return wrong;
  const [from, to] = [plannedFrom.getTime(), plannedTo.getTime()];
  check(from % MINUTE_MS === 0 && to % MINUTE_MS === 0, 'plannedFrom', 'minute', '时间精确到分钟', 'Whole minutes');
  check(to > from, 'plannedTo', 'order', '结束须晚于开始', 'It ends after it begins');
  check(to > now.getTime(), 'plannedTo', 'past', '实施时间已过', 'That time has passed');
  check(
    to - from <= WINDOW_DAYS_MAX * DAY_MS,
    'plannedTo',
    'length',
    `实施窗口最长 ${WINDOW_DAYS_MAX} 天`,
    `${WINDOW_DAYS_MAX} days at most`,
  );
  check(
    from <= now.getTime() + AHEAD_DAYS_MAX * DAY_MS,
    'plannedFrom',
    'ahead',
    `最多提前 ${AHEAD_DAYS_MAX} 天`,
    `${AHEAD_DAYS_MAX} days ahead at most`,
  );
  return wrong;
}

export const isText = (text: string, max: number): boolean => text.trim() !== '' && text.trim().length <= max;

export interface Clocks {
  readonly kind: TicketKind;
  readonly state: TicketState;
  readonly severity: Severity;
  readonly respondBy: Date | null;
  readonly resolveBy: Date | null;
  readonly plannedTo: Date | null;
  readonly approveAfterBy: Date | null;
  readonly approvedAt: Date | null;
}

export const CLOCKS = ['RESPOND', 'RESOLVE', 'IMPLEMENT', 'APPROVE_AFTER'] as const;
export type Clock = (typeof CLOCKS)[number];

/** The one that runs now; null = none does. */
export function dueOf(ticket: Clocks): { readonly what: Clock; readonly at: Date } | null {
  const { approveAfterBy, approvedAt, kind, plannedTo, resolveBy, respondBy, state } = ticket;
  if (approveAfterBy !== null && approvedAt === null && state !== 'CANCELLED')
    return { what: 'APPROVE_AFTER', at: approveAfterBy };
  if (isOver(state)) return null;
  if (kind === 'CHANGE') return plannedTo === null ? null : { what: 'IMPLEMENT', at: plannedTo };
  if (state === 'NEW' && respondBy !== null) return { what: 'RESPOND', at: respondBy };
  if (state === 'RESTORED' || state === 'RESOLVED' || resolveBy === null) return null;
  return { what: 'RESOLVE', at: resolveBy };
}
