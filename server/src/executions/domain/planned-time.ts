/** Decides until when what was planned for a moment is still signed, and begins by itself: later it would meet another day's work. */
import { say } from '../../kernel/bilingual.js';

/** A console that was away, a signature that came late: for so long the hour that was announced is still the same. */
export const LATE_MS_MAX = 3_600_000;

export function isMissed(plannedAt: Date | null, now: Date): boolean {
  return plannedAt !== null && now.getTime() - plannedAt.getTime() > LATE_MS_MAX;
}

export const NOT_BEGUN = say(
  '计划时间已过 1 小时以上，没有自动开始，未作任何更改；点「继续」立即开始，或撤销后改期',
  'Its time passed more than an hour ago: it did not begin by itself, and nothing was changed. Resume it to begin now, or cancel it and ask for another time',
);
