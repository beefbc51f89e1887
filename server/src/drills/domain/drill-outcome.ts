/** Decides what came of a drill: whether it passed, and everything that is to be put right. */
import type { DrElement } from '../../resilience/domain/dr-level.js';
import type { ItemCode } from './drill-items.js';
import type { Measured } from './drill-marks.js';

export const DRILL_OUTCOMES = ['PASSED', 'MISSED', 'ABORTED'] as const;
export type DrillOutcome = (typeof DRILL_OUTCOMES)[number];

export const DEVIATION_CODES = [
  'ABORTED',
  'RTO_MISSED',
  'RTO_UNKNOWN',
  'RPO_MISSED',
  'RPO_UNKNOWN',
  'NOT_VERIFIED',
  'ITEM_LATE',
  'MACHINE_FAILED',
  'LEVEL_BELOW',
  'LEVEL_UNKNOWN',
  'CLEANUP_LATE',
] as const;
export type DeviationCode = (typeof DEVIATION_CODES)[number];

export interface Deviation {
  readonly code: DeviationCode;
  readonly target: number | null;
  readonly measured: number | null;
  /** Which entry, machine or elements; or why it was broken off. */
  readonly subject: string | null;
}

export interface DrillTargets {
  readonly level: number | null;
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly dooSeconds: number | null;
  readonly nroSeconds: number | null;
}

export interface DrillFacts {
  readonly targets: DrillTargets;
  readonly measured: Measured;
  /** 桌面推演: nothing is brought back, so that no time or data of it can be measured. */
  readonly isTabletop: boolean;
  readonly abortReason: string | null;
  readonly verified: boolean;
  readonly lateItems: readonly {
    readonly code: ItemCode;
    readonly title: string | null;
    readonly seconds: number;
    readonly limit: number;
  }[];
  readonly failedMachines: readonly string[];
  readonly level: { readonly level: number | null; readonly shortest: readonly DrElement[] };
  readonly cleanupLate: boolean;
}

export interface DrillResult {
  readonly outcome: DrillOutcome;
  readonly deviations: readonly Deviation[];
}

export function resultOf(facts: DrillFacts): DrillResult {
  const { abortReason, level, measured, targets } = facts;
  const tried = abortReason === null;
  const found: Deviation[] = [];
  const add = (code: DeviationCode, more: Partial<Omit<Deviation, 'code'>> = {}) =>
    found.push({ code, target: null, measured: null, subject: null, ...more });
  if (!tried) add('ABORTED', { subject: abortReason });
  if (tried && !facts.verified) add('NOT_VERIFIED');
  if (tried && !facts.isTabletop) {
    for (const [what, target, was] of [
      ['RTO', targets.rtoSeconds, measured.rtoSeconds],
      ['RPO', targets.rpoSeconds, measured.rpoSeconds],
    ] as const) {
      if (target === null) continue;
      if (was === null) add(`${what}_UNKNOWN`, { target });
      else if (was > target) add(`${what}_MISSED`, { target, measured: was });
    }
  }
  for (const { code, limit, seconds, title } of facts.lateItems)
    add('ITEM_LATE', { target: limit, measured: seconds, subject: title ?? code });
  for (const name of facts.failedMachines) add('MACHINE_FAILED', { subject: name });
  if (targets.level !== null && level.level === null) add('LEVEL_UNKNOWN', { target: targets.level });
  else if (targets.level !== null && level.level !== null && level.level < targets.level)
    add('LEVEL_BELOW', { target: targets.level, measured: level.level, subject: level.shortest.join(',') });
  if (facts.cleanupLate) add('CLEANUP_LATE');
  const missed = found.some(({ code }) => DECIDE_THE_OUTCOME.has(code));
  return { outcome: tried ? (missed ? 'MISSED' : 'PASSED') : 'ABORTED', deviations: found };
}

/** The rest is to be put right, too, but was no part of what was tried. */
const DECIDE_THE_OUTCOME: ReadonlySet<DeviationCode> = new Set([
  'RTO_MISSED',
  'RTO_UNKNOWN',
  'RPO_MISSED',
  'RPO_UNKNOWN',
  'NOT_VERIFIED',
  'MACHINE_FAILED',
]);
