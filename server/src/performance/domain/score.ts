/** Decides which score and grade evidence earns by a rule, with the reasons; the same evidence always earns the same. */
import { type Grade, worse } from '../../grades/domain/grade.js';
import { INDICATOR_MEANINGS, type Indicator } from './indicators.js';
import type { IndicatorRule, PerformanceRule } from './rule.js';

/** What is known of one indicator. */
export interface Measured {
  readonly indicator: Indicator;
  /** Whether this system or department is asked for it at all. */
  readonly applies: boolean;
  /** Hundredths of a percent; null = no record says anything: no evidence (无佐证). */
  readonly value: number | null;
}

export interface Mark {
  readonly indicator: Indicator;
  readonly weight: number;
  readonly applies: boolean;
  readonly missing: boolean;
  readonly value: number | null;
  /** Of 100. */
  readonly marks: number;
}

export interface Score {
  readonly marks: readonly Mark[];
  /** Hundredths of a point, rounded down: 89.999 is not 90. */
  readonly points: number;
  /** Percent of the weight that applies and has evidence, rounded down. */
  readonly evidencePercent: number;
  /** null = too little evidence for any. */
  readonly grade: Grade | null;
  /** Indicators that held the grade down, whatever the points. */
  readonly cappedBy: readonly Indicator[];
}

export const POINT = 100;

export function marksOf({ bands, indicator }: IndicatorRule, value: number): number {
  const { better } = INDICATOR_MEANINGS[indicator];
  const reached = bands.find(({ bound }) => (better === 'MORE' ? value >= bound : value <= bound));
  return reached?.marks ?? 0;
}

export function scoreOf(rule: PerformanceRule, measured: readonly Measured[]): Score {
  const byIndicator = new Map(measured.map((one) => [one.indicator, one]));
  const marks = rule.indicators.map((one): Mark => {
    const { indicator, weight } = one;
    // What nobody measured is missing, not left out.
    const { applies, value } = byIndicator.get(indicator) ?? { applies: true, value: null };
    const missing = applies && value === null;
    const earned = value === null ? one.missingMarks : marksOf(one, value);
    return { indicator, weight, applies, missing, value, marks: applies ? earned : 0 };
  });
  const applying = marks.filter(({ applies }) => applies);
  const weight = sum(applying.map((one) => one.weight));
  const known = sum(applying.filter((one) => !one.missing).map((one) => one.weight));
  if (weight === 0) return { marks, points: 0, evidencePercent: 0, grade: null, cappedBy: [] };
  const points = Math.floor((sum(applying.map((one) => one.weight * one.marks)) * POINT) / weight);
  const evidencePercent = Math.floor((known * 100) / weight);
  const capping = rule.indicators.filter(({ indicator, zeroCaps }) => {
    const mark = applying.find((one) => one.indicator === indicator);
    return zeroCaps !== null && mark !== undefined && !mark.missing && mark.marks === 0;
  });
  const earned = gradeOf(rule, points);
  const grade = capping.reduce((held, { zeroCaps }) => worse(held, zeroCaps ?? held), earned);
  const cappedBy = capping.filter(({ zeroCaps }) => zeroCaps !== null && worse(earned, zeroCaps) !== earned);
  return {
    marks,
    points,
    evidencePercent,
    grade: known * 100 < rule.leastEvidencePercent * weight ? null : grade,
    cappedBy: cappedBy.map(({ indicator }) => indicator),
  };
}

function gradeOf({ excellentFrom, goodFrom, fairFrom }: PerformanceRule, points: number): Grade {
  if (points >= excellentFrom * POINT) return 'EXCELLENT';
  if (points >= goodFrom * POINT) return 'GOOD';
  return points >= fairFrom * POINT ? 'FAIR' : 'POOR';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
