/** Decides which machines use so little that their department is asked whether it needs them, and by which figures. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate, calendarDate } from '../../kernel/calendar.js';
import type { LifePolicy } from './life-policy.js';

export type IdlePolicy = Pick<
  LifePolicy,
  'IDLE_WINDOW_DAYS' | 'IDLE_SEEN_DAYS' | 'IDLE_CPU_PERCENT' | 'IDLE_MEMORY_PERCENT'
>;

/** Some days together; shares in hundredths of a percent. */
export interface Window {
  readonly days: number;
  readonly cpuP95: number | null;
  readonly memoryP95: number | null;
}

/** What follows from a window: nobody seems to need it, or a smaller one would do. */
export const USE_FINDINGS = ['IDLE', 'OVERSIZED'] as const;
export type UseFinding = (typeof USE_FINDINGS)[number];

export const PERCENT = 100;

/** The first day of the window, which ends with today. */
export function windowFrom(now: Date, { IDLE_WINDOW_DAYS }: IdlePolicy): CalendarDate {
  return addDays(calendarDate(now), 1 - IDLE_WINDOW_DAYS);
}

/** On every day that was seen, of days enough: what is not known is no idleness. A day's p95 forgives 72 minutes of it. */
export function isIdle({ days, cpuP95, memoryP95 }: Window, policy: IdlePolicy): boolean {
  if (days < policy.IDLE_SEEN_DAYS || cpuP95 === null || memoryP95 === null) return false;
  return cpuP95 < policy.IDLE_CPU_PERCENT * PERCENT && memoryP95 < policy.IDLE_MEMORY_PERCENT * PERCENT;
}

export interface IdleEvidence {
  readonly text: Bilingual;
  readonly figures: readonly { readonly label: Bilingual; readonly value: Bilingual }[];
}

/** As a reclaim case takes it; null = it is not idle. */
export function idleEvidence(window: Window, policy: IdlePolicy): IdleEvidence | null {
  if (!isIdle(window, policy)) return null;
  const { IDLE_WINDOW_DAYS: days, IDLE_CPU_PERCENT: cpu, IDLE_MEMORY_PERCENT: memory } = policy;
  return {
    text: say(
      `近 ${days} 天有数据的 ${window.days} 天中，每天 CPU 利用率 p95 都低于 ${cpu}%，内存利用率 p95 都低于 ${memory}%。`,
      `On each of the ${window.days} days seen of the last ${days}, the p95 of CPU was below ${cpu}% and that of memory below ${memory}%.`,
    ),
    figures: [
      figure(`CPU p95（${days} 天最高）`, `CPU p95 (of ${days} days)`, percentText(window.cpuP95)),
      figure(`内存 p95（${days} 天最高）`, `Memory p95 (of ${days} days)`, percentText(window.memoryP95)),
      {
        label: say('有数据的天数', 'Days seen'),
        value: say(`${window.days} / ${days} 天`, `${window.days} of ${days}`),
      },
    ],
  };
}

function figure(zh: string, en: string, value: string) {
  return { label: say(zh, en), value: say(value, value) };
}

function percentText(hundredths: number | null): string {
  return `${((hundredths ?? 0) / PERCENT).toFixed(1)}%`;
}
