/** Decides what the calendar asks of a temporary resource: a reminder, its stop, or its way into the bin. */
import { say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate, isCalendarDate, startOfDay } from '../../kernel/calendar.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import type { LifePolicy } from './life-policy.js';
import type { WishedPower } from './power-actions.js';

/** Days before the last day on which people are told, each once (issue: 30, 15, 7 and 1 days before). */
export const REMINDER_DAYS = [30, 15, 7, 1] as const;

/** Why the console keeps a machine off. null of it: it runs. */
export const OFF_REASONS = ['TERM_OVER', 'IN_BIN', 'ASKED'] as const;
export type OffReason = (typeof OFF_REASONS)[number];

/** The bin and a term that is over win over what people ask for: they stay off though it is asked to run. */
export function offReasonOf(resource: {
  readonly state: string;
  readonly termOverAt: Date | null;
  readonly wishedPower: WishedPower;
}): OffReason | null {
  if (resource.state === 'IN_BIN') return 'IN_BIN';
  if (resource.termOverAt !== null) return 'TERM_OVER';
  return resource.wishedPower === 'OFF' ? 'ASKED' : null;
}

/** Whole days from today to the last day; 0 = today is the last, negative = it is over. */
export function daysLeft(until: CalendarDate, today: CalendarDate): number {
  return Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000);
}

/**
 * The reminder that is due now, of which `told` says which was given last; null = none. Of several that were passed at
 * once (a term shorter than a month, a console that was away) only the most pressing is given.
 */
export function reminderDue(until: CalendarDate, today: CalendarDate, told: number | null): number | null {
  const left = daysLeft(until, today);
  if (left < 0) return null;
  const due = REMINDER_DAYS.filter((days) => days >= left).at(-1);
  return due !== undefined && (told === null || due < told) ? due : null;
}

/** The last days, by what is left of them, of which that reminder is the pressing one: down to the next smaller. */
export function reminderWindows(today: CalendarDate): readonly ReminderWindow[] {
  return REMINDER_DAYS.map((days, at) => {
    const smaller = REMINDER_DAYS[at + 1];
    return { days, from: addDays(today, smaller === undefined ? 0 : smaller + 1), to: addDays(today, days) };
  });
}

interface ReminderWindow {
  readonly days: number;
  /** Both are in it. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** The last day is usable to its end: the machine stops when the next one begins. */
export function stopsAt(until: CalendarDate): Date {
  return startOfDay(addDays(until, 1));
}

/** When what was stopped goes into the bin. */
export function binsAt(until: CalendarDate, policy: Pick<LifePolicy, 'TERM_GRACE_DAYS'>): Date {
  return startOfDay(addDays(until, 1 + policy.TERM_GRACE_DAYS));
}

/** Whether a resource may be asked for until that day. */
export function checkTemporaryUntil(
  until: string,
  today: CalendarDate,
  policy: Pick<LifePolicy, 'TEMPORARY_DAYS_MAX'>,
  path: InputPath,
): Refusal[] {
  const last = addDays(today, policy.TEMPORARY_DAYS_MAX);
  if (isCalendarDate(until) && until > today && until <= last) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path,
      rule: 'range',
      message: say(
        `到期日须在明天至 ${last} 之间；更久请按长期使用申请`,
        `The last day is between tomorrow and ${last}; what is needed longer is asked for as long-term`,
      ),
    },
  ];
}
