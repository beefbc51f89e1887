/** Decides which grades of performance (评价等次) there are, in which order, and by which of them enlarging is refused. */
import type { CalendarDate } from '../../kernel/calendar.js';

/** 优, 良, 中, 差; the best first. */
export const GRADES = ['EXCELLENT', 'GOOD', 'FAIR', 'POOR'] as const;
export type Grade = (typeof GRADES)[number];

export const GRADE_WORDS: { readonly [G in Grade]: { readonly zh: string; readonly en: string } } = {
  EXCELLENT: { zh: '优', en: 'excellent' },
  GOOD: { zh: '良', en: 'good' },
  FAIR: { zh: '中', en: 'fair' },
  POOR: { zh: '差', en: 'poor' },
};

/** Of two grades the worse one. */
export function worse(a: Grade, b: Grade): Grade {
  return GRADES.indexOf(a) > GRADES.indexOf(b) ? a : b;
}

export const GRADED_KINDS = ['SYSTEM', 'DEPARTMENT'] as const;
export type GradedKind = (typeof GRADED_KINDS)[number];

/** The grade that holds for a system or a department today, and by which evaluation. */
export interface StandingGrade {
  readonly subjectId: string;
  readonly kind: GradedKind;
  readonly departmentId: string;
  readonly grade: Grade;
  readonly evaluationId: string;
  /** Code of the evaluation, as people name it. */
  readonly code: string;
  /** The first day after the period that was evaluated. */
  readonly periodTo: CalendarDate;
}

/** What requests are judged by. */
export interface GradesOfRequest {
  readonly system: StandingGrade | null;
  readonly department: StandingGrade | null;
}

export const NO_GRADES: GradesOfRequest = { system: null, department: null };
