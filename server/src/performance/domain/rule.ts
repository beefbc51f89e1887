/** Decides nothing: what an edition of the rules of performance (绩效评价规则) says, as plain data that is kept as text and shown on a page. */
import type { Grade } from '../../grades/domain/grade.js';
import type { Indicator } from './indicators.js';

/** From this value on (of what is better when less: up to it) it earns these marks. */
export interface Band {
  /** Hundredths of a percent. */
  readonly bound: number;
  /** Of 100. */
  readonly marks: number;
}

export interface IndicatorRule {
  readonly indicator: Indicator;
  /** Percent of the whole; all together are 100. */
  readonly weight: number;
  /** The best first; beyond the last there are no marks. */
  readonly bands: readonly Band[];
  /** What an indicator without evidence earns, of 100. */
  readonly missingMarks: number;
  /** 等保 level from which a system is asked for it; those below are judged by the rest. */
  readonly fromLevel: 1 | 2 | 3;
  /** With evidence and no marks at all in this the grade is never better; null = it may be (一票限级). */
  readonly zeroCaps: Grade | null;
}

export interface PerformanceRule {
  readonly indicators: readonly IndicatorRule[];
  /** Points of 100 from which on a grade is given; below the last it is POOR. */
  readonly excellentFrom: number;
  readonly goodFrom: number;
  readonly fairFrom: number;
  /** Percent of the weight that must have evidence; with less there is no grade. */
  readonly leastEvidencePercent: number;
  /** How long an assessment counts, by 等保 level. */
  readonly assessedWithinDays: { readonly level2: number; readonly level3: number };
  readonly cryptoWithinDays: number;
  /** Where a system names no target. Thousandths of a percent. */
  readonly availabilityTarget: number;
  readonly appealWorkingDays: number;
  /** 差: a case is opened about what of it stands idle or is too big. */
  readonly poorOpensCases: boolean;
  /** 优: its limits are that much higher until it is graded otherwise; 0 = they are not. */
  readonly excellentQuotaPercent: number;
  /** 自评价: months after going live between which it is due. */
  readonly selfEvaluationFromMonths: number;
  readonly selfEvaluationToMonths: number;
}
