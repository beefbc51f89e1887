/** Decides when a backup is due, since when one has been missed, and when its copies and its restore test run out. */
import { addDays, type CalendarDate, calendarDate, startOfDay } from '../../kernel/calendar.js';

export const BACKUP_CYCLES = ['DAILY', 'WEEKLY'] as const;
export type BackupCycle = (typeof BACKUP_CYCLES)[number];

export interface BackupSchedule {
  readonly cycle: BackupCycle;
  /** 1 = Monday … 7 = Sunday; null when it runs each day. */
  readonly weekday: number | null;
  /** Minutes after midnight in Asia/Shanghai. */
  readonly startMinute: number;
}

export const MINUTES_OF_DAY = 1_440;
/** A night's copy of a large database ends in the morning; only after that is it missed. */
export const GRACE_HOURS = 8;
const MINUTE_MS = 60_000;
const GRACE_MS = GRACE_HOURS * 60 * MINUTE_MS;
const DAYS_OF_WEEK = 7;

function weekdayOf(day: CalendarDate): number {
  return ((new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % DAYS_OF_WEEK) + 1;
}

/** The first start after that moment. */
export function startAfter(schedule: BackupSchedule, moment: Date): Date {
  const today = calendarDate(moment);
  for (let days = 0; days <= DAYS_OF_WEEK; days += 1) {
    const day = addDays(today, days);
    if (schedule.cycle === 'WEEKLY' && weekdayOf(day) !== schedule.weekday) continue;
    const start = new Date(startOfDay(day).getTime() + schedule.startMinute * MINUTE_MS);
    if (start > moment) return start;
  }
  throw new Error('a schedule has a start in every eight days');
}

export interface Owed {
  /** By when the next copy has to be told as good. */
  readonly deadlineAt: Date;
  /** The first start that no good copy followed; null = none is missing yet. */
  readonly missedSince: Date | null;
}

/** What is owed after the last good copy, or after copies began to be owed at all. */
export function owedAfter(schedule: BackupSchedule, lastGood: Date, now: Date): Owed {
  const start = startAfter(schedule, lastGood);
  const deadlineAt = new Date(start.getTime() + GRACE_MS);
  return { deadlineAt, missedSince: deadlineAt <= now ? start : null };
}

/** The day by which what was backed up must have been restored for a test again. */
export function nextRestoreTest(tested: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = tested.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

/** The last day on which copies of an ended backup can be restored. */
export function copiesUntil(endedAt: Date, keepDays: number): CalendarDate {
  return addDays(calendarDate(endedAt), keepDays);
}

export const BACKUP_HEALTHS = ['GOOD', 'WAITING', 'FAILED', 'MISSED'] as const;
export type BackupHealth = (typeof BACKUP_HEALTHS)[number];

export interface RunFacts {
  readonly lastResult: 'SUCCEEDED' | 'FAILED' | null;
  readonly missedSince: Date | null;
}

/** A missed one outweighs a failed one: it has been without a copy for longer. */
export function healthOf({ lastResult, missedSince: missed }: RunFacts): BackupHealth {
  if (missed !== null) return 'MISSED';
  if (lastResult === 'FAILED') return 'FAILED';
  return lastResult === null ? 'WAITING' : 'GOOD';
}
