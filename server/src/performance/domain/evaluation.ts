/** Decides what an evaluation (绩效评价) says of a system or a department, and by which text it is hashed once it is frozen. */
import { canonicalJson } from '../../audit/domain/canonical-json.js';
import { GRADE_WORDS, type Grade, type GradedKind } from '../../grades/domain/grade.js';
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import { type Correction, corrected } from './appeal.js';
import type { Evidence } from './evidence.js';
import { INDICATOR_MEANINGS } from './indicators.js';
import type { PerformanceRule } from './rule.js';
import { type Mark, POINT, type Score, scoreOf } from './score.js';

/** Whoever checks a hash years later must know by which rule it was made. */
export const FROZEN_FORMAT = 'JIYUN-GRADE-1';

export interface EvaluatedSubject {
  readonly kind: GradedKind;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly departmentName: string;
  /** Systems that are in it: one, or all of a department that were evaluated. */
  readonly systems: number;
  readonly machines: number;
}

/** All that a grade follows from, as it stood: nothing is looked up again to understand it. */
export interface EvaluationContent {
  readonly subject: EvaluatedSubject;
  readonly period: { readonly key: string; readonly from: CalendarDate; readonly to: CalendarDate };
  /** The day on which the records were read. */
  readonly asOf: CalendarDate;
  readonly editionNumber: number;
  readonly rule: PerformanceRule;
  readonly evidence: readonly Evidence[];
  readonly marks: readonly Mark[];
  readonly points: number;
  readonly evidencePercent: number;
  readonly grade: Grade | null;
  readonly reasons: readonly Bilingual[];
}

export function evaluated(
  ground: Omit<EvaluationContent, 'marks' | 'points' | 'evidencePercent' | 'grade' | 'reasons'>,
): EvaluationContent {
  const score = scoreOf(ground.rule, ground.evidence);
  const { marks, points, evidencePercent, grade } = score;
  return { ...ground, marks, points, evidencePercent, grade, reasons: reasonsOf(ground.rule, score) };
}

/** Why it is this grade, in sentences: points, what held it down, what had no evidence, what cost most. */
function reasonsOf(rule: PerformanceRule, score: Score): Bilingual[] {
  const { grade, points, evidencePercent, cappedBy, marks } = score;
  const reasons: Bilingual[] = [];
  const shown = pointsText(points);
  if (grade === null)
    reasons.push(
      say(
        `有佐证的指标只占权重的 ${evidencePercent}%，不足 ${rule.leastEvidencePercent}%，本期不评等次`,
        `Only ${evidencePercent}% of the weight has evidence, and ${rule.leastEvidencePercent}% is needed: there is no grade`,
      ),
    );
  else
    reasons.push(
      say(
        `得分 ${shown}，等次“${GRADE_WORDS[grade].zh}”（优 ${rule.excellentFrom}、良 ${rule.goodFrom}、中 ${rule.fairFrom} 分起）`,
        `${shown} ${shown === '1' ? 'point' : 'points'}: ${GRADE_WORDS[grade].en} (excellent from ${rule.excellentFrom}, good ${rule.goodFrom}, fair ${rule.fairFrom})`,
      ),
    );
  for (const indicator of cappedBy) {
    const { title } = INDICATOR_MEANINGS[indicator];
    reasons.push(
      say(
        `“${title.zh}”不得分，按规则限制等次`,
        `No marks in ${title.en.toLowerCase()}: the rule holds the grade down`,
      ),
    );
  }
  const missing = marks.filter((mark) => mark.missing);
  if (missing.length > 0)
    reasons.push(
      say(
        `无佐证：${missing.map((mark) => `${INDICATOR_MEANINGS[mark.indicator].title.zh}（按规则计 ${mark.marks} 分）`).join('、')}`,
        `No evidence: ${missing.map((mark) => `${INDICATOR_MEANINGS[mark.indicator].title.en} (${counted(mark.marks, 'mark', 'marks')} by the rule)`).join(', ')}`,
      ),
    );
  const [dearest] = marks
    .filter((mark) => mark.applies && !mark.missing && mark.marks < 100)
    .toSorted((a, b) => b.weight * (100 - b.marks) - a.weight * (100 - a.marks));
  if (dearest) {
    const { title } = INDICATOR_MEANINGS[dearest.indicator];
    reasons.push(
      say(
        `失分最多的是“${title.zh}”，得 ${dearest.marks} 分，权重 ${dearest.weight}%`,
        `Most was lost in ${title.en.toLowerCase()}: ${counted(dearest.marks, 'mark', 'marks')} of 100, weight ${dearest.weight}%`,
      ),
    );
  }
  return reasons;
}

/** "87.5" of 8750. */
export function pointsText(points: number): string {
  return String(points / POINT);
}

/** The same evaluation by evidence that an appeal has set right. */
export function judgedAnew(content: EvaluationContent, corrections: readonly Correction[]): EvaluationContent {
  const { subject, period, asOf, editionNumber, rule, evidence } = content;
  return evaluated({ subject, period, asOf, editionNumber, rule, evidence: corrected(evidence, corrections) });
}

export interface FrozenHead {
  readonly id: string;
  readonly runId: string;
  readonly version: number;
  /** The version whose place it takes, by its hash; null = it is the first. */
  readonly previousHash: string | null;
}

export function frozenText(head: FrozenHead, content: EvaluationContent): string {
  return `${FROZEN_FORMAT}\n${canonicalJson({ head, content })}`;
}
