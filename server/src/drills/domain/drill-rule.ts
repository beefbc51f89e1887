/** Decides what a rule of drills may say: which kinds are due how often, when people are told, and until when a deviation is put right. */
import { say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { DrillRuleLine } from './drill-calendar.js';
import { DRILL_KINDS } from './drill-state.js';

export interface DrillRuleContent {
  readonly lines: readonly DrillRuleLine[];
  /** Until when a deviation is to be put right. */
  readonly rectifyDays: number;
}

/** Oftener than weekly nobody drills; what is due more seldom than every three years is not due. */
const EVERY_DAYS = { min: 7, max: 1_095 };
const RECTIFY_DAYS = { min: 1, max: 365 };
const NOTE_LENGTH_MAX = 200;

const invalid = (path: string, rule: string, zh: string, en: string): Refusal => ({
  ...{ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) },
});

const within = (value: number, { max, min }: { readonly min: number; readonly max: number }) =>
  Number.isInteger(value) && value >= min && value <= max;

/** What cannot even be kept as a draft. */
export function wrongRuleDraft(note: string, effectiveFrom: string): Refusal[] {
  const wrong: Refusal[] = [];
  if (note.trim() === '' || note.trim().length > NOTE_LENGTH_MAX)
    wrong.push(
      invalid(
        ...(['note', 'length'] as const),
        `请说明改动，1 至 ${NOTE_LENGTH_MAX} 字`,
        `Say what changes, in 1 to ${NOTE_LENGTH_MAX} characters`,
      ),
    );
  if (!isCalendarDate(effectiveFrom))
    wrong.push(invalid('effectiveFrom', 'date', '请选择施行日期', 'Choose the day from which it holds'));
  return wrong;
}

/** Every reason against putting it in force. */
export function wrongRule(
  { lines, rectifyDays }: DrillRuleContent,
  from: CalendarDate,
  today: CalendarDate,
): Refusal[] {
  const wrong: Refusal[] = [];
  if (from < today)
    wrong.push(
      invalid('effectiveFrom', 'past', '施行日期不能早于今天', 'It cannot hold from before the day it is put in force'),
    );
  const kinds = lines.map(({ kind }) => kind);
  if (lines.length === 0)
    wrong.push(invalid('lines', 'empty', '至少要有一种演练', 'At least one kind of drill is due'));
  if (new Set(kinds).size !== kinds.length || !kinds.every((kind) => DRILL_KINDS.includes(kind)))
    wrong.push(invalid('lines', 'kind', '每种演练只写一次', 'Each kind of drill stands there once'));
  if (!lines.every(({ everyDays }) => within(everyDays, EVERY_DAYS)))
    wrong.push(
      invalid(
        ...(['lines', 'everyDays'] as const),
        `周期为 ${EVERY_DAYS.min} 至 ${EVERY_DAYS.max} 天`,
        `Every ${EVERY_DAYS.min} to ${EVERY_DAYS.max} days`,
      ),
    );
  if (!lines.every(({ everyDays, warnDays }) => Number.isInteger(warnDays) && warnDays >= 0 && warnDays < everyDays))
    wrong.push(
      invalid('lines', 'warnDays', '提前提醒的天数须小于周期', 'People are told fewer days before than the period has'),
    );
  if (!within(rectifyDays, RECTIFY_DAYS))
    wrong.push(
      invalid(
        ...(['rectifyDays', 'range'] as const),
        `整改期限为 ${RECTIFY_DAYS.min} 至 ${RECTIFY_DAYS.max} 天`,
        `A deviation is put right within ${RECTIFY_DAYS.min} to ${RECTIFY_DAYS.max} days`,
      ),
    );
  return wrong;
}
