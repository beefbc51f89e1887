/** Decides what is deducted of a month's fee for the minutes that a provider's service was down (考核扣减). */
import { type Month, spanOfMonth } from '../../accounting/domain/accounting-units.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import { spreadOutlay } from './spread.js';

/** Shares are in hundredths of a percent: 9,995 = 99.95 %. */
export const ASSESSMENT_SHARES = 10_000;
const MINUTE_MS = 60_000;

/** Below this availability, this share of the month's fee goes. */
export interface AssessmentBand {
  readonly below: number;
  readonly deduct: number;
}

/** Part of a contract's terms, from the highest band to the lowest; another edition holds from another month on. */
export interface AssessmentRule {
  readonly bands: readonly AssessmentBand[];
  /** Never more than this share of the month's fee. */
  readonly cap: number;
  /** All deductions together never more than this share of the ceiling; null or none = of all of it. */
  readonly contractCap?: number | null;
}

/** What was measured of a month: minutes down, and of them those that do not count (agreed maintenance, the other side's fault). */
export interface MeasuredMonth {
  readonly month: Month;
  readonly downMinutes: number;
  readonly excusedMinutes: number;
}

/** How a deduction came about, kept beside it: from this alone it is reckoned again. */
export interface Assessment extends MeasuredMonth {
  readonly minutesOfMonth: number;
  /** Rounded down: 99.949 % is below 99.95 %. */
  readonly availability: number;
  readonly fee: Fen;
  readonly share: number;
  readonly deduction: Fen;
  /** What the contract's cap left to deduct when this was reckoned; null = it was reckoned before there was one. */
  readonly room: Fen | null;
  readonly ruleFrom: Month;
  readonly rule: AssessmentRule;
}

export const minutesOfMonth = (month: Month): number => {
  const { from, to } = spanOfMonth(month);
  return (to - from) / MINUTE_MS;
};

/** What of a contract's ceiling is the month's: the base of a deduction. */
export function feeOfMonth(
  { ceiling, from, to }: { readonly ceiling: Fen; readonly from: CalendarDate; readonly to: CalendarDate },
  month: Month,
): Fen {
  const cells = spreadOutlay({ amount: ceiling, from, to, centers: [] });
  return cells.find((cell) => cell.month === month)?.amount ?? 0n;
}

/** What all of a contract's deductions may still come to, after those that stand or wait. */
export function roomOf(ceiling: Fen, { contractCap }: AssessmentRule, deducted: Fen): Fen {
  const most = (ceiling * BigInt(contractCap ?? ASSESSMENT_SHARES)) / BigInt(ASSESSMENT_SHARES);
  return most > deducted ? most - deducted : 0n;
}

export function assess(
  measured: MeasuredMonth,
  fee: Fen,
  ruleFrom: Month,
  rule: AssessmentRule,
  room: Fen | null = null,
): Assessment {
  const minutes = minutesOfMonth(measured.month);
  const counted = Math.max(0, measured.downMinutes - measured.excusedMinutes);
  const availability = Math.floor(((minutes - counted) * ASSESSMENT_SHARES) / minutes);
  // Exact on purpose: a floating quotient of 9995.0 may be 9994.999….
  const isBelow = (below: number) => (minutes - counted) * ASSESSMENT_SHARES < below * minutes;
  const band = rule.bands.findLast(({ below }) => isBelow(below));
  const share = Math.min(band?.deduct ?? 0, rule.cap);
  const shares = BigInt(ASSESSMENT_SHARES);
  const full = (2n * fee * BigInt(share) + shares) / (2n * shares);
  const deduction = room !== null && room < full ? room : full;
  return { ...measured, minutesOfMonth: minutes, availability, fee, share, deduction, room, ruleFrom, rule };
}
