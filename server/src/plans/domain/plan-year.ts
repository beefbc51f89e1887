/** Decides what a plan year (计划年度) may say: its window for declaring, and from where on additions are the authority's. */
import { say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { YearFacts } from './decide-plan.js';

export interface PlanYear extends YearFacts {
  readonly year: number;
  readonly note: string;
  readonly version: number;
  readonly openedByName: string;
  readonly openedAt: Date;
}

/** As large as a request that takes the long chain: 50,000 yuan a month. */
export const ADDITION_FROM_FEN = 5_000_000n;
const NOTE_LENGTH_MAX = 500;
/** Before the console, and further ahead than anybody plans. */
export const PLAN_YEAR_MIN = 2020;
const YEARS_AHEAD_MAX = 3;
const FEN_MAX = 10n ** 15n;

export interface YearWish {
  readonly year: number;
  readonly opensOn: CalendarDate;
  readonly closesOn: CalendarDate;
  readonly additionFromFen: bigint;
  readonly note: string;
}

export function checkYear(wish: YearWish, thisYear: number): Refusal[] {
  const refusals: Refusal[] = [];
  const wrong = (field: string, rule: string, zh: string, en: string) =>
    refusals.push({ code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) });
  const latest = thisYear + YEARS_AHEAD_MAX;
  if (!Number.isInteger(wish.year) || wish.year < PLAN_YEAR_MIN || wish.year > latest)
    wrong('year', 'range', `年度为 ${PLAN_YEAR_MIN} 至 ${latest}`, `The year is ${PLAN_YEAR_MIN} to ${latest}`);
  for (const field of ['opensOn', 'closesOn'] as const)
    if (!isCalendarDate(wish[field])) wrong(field, 'date', '请填写日期', 'Give a date');
  if (refusals.length === 0 && wish.closesOn < wish.opensOn)
    wrong('closesOn', 'order', '截止日期不能早于开始日期', 'The last day is not before the first');
  if (wish.additionFromFen < 0n || wish.additionFromFen > FEN_MAX)
    wrong('additionFrom', 'range', '金额不能小于 0', 'The amount is 0 or more');
  if (wish.note.length > NOTE_LENGTH_MAX)
    wrong('note', 'length', `说明最多 ${NOTE_LENGTH_MAX} 字`, `The note has at most ${NOTE_LENGTH_MAX} characters`);
  return refusals;
}
