/** Decides which funding mode of a project holds in a month: of those that it ever had, the one that began last. */
import type { FundingMode } from './system.js';

export interface FundingPeriod {
  /** "2026-11"; of what held before the first change a text that sorts before every month. */
  readonly fromMonth: string;
  readonly mode: FundingMode;
}

/** `periods` in the order of months; none = it never changed. */
export function modeIn(month: string, now: FundingMode, periods: readonly FundingPeriod[]): FundingMode {
  return periods.findLast(({ fromMonth }) => fromMonth <= month)?.mode ?? periods[0]?.mode ?? now;
}

/** The months of a year from which on another mode holds than in the month before; half-open, so that none is in two. */
export function turnsIn(year: number, periods: readonly FundingPeriod[]): string[] {
  return periods.flatMap(({ fromMonth, mode }, at) =>
    fromMonth.startsWith(`${year}-`) && periods[at - 1]?.mode !== mode ? [fromMonth] : [],
  );
}
