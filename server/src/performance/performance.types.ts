import type { Grade, GradedKind } from '../grades/domain/grade.js';
import type { CalendarDate } from '../kernel/calendar.js';
import type { DatedEditionRow } from '../platform/database/edition-columns.js';
import type { AppealState } from './domain/appeal.js';
import type { EvaluationContent } from './domain/evaluation.js';
import type { PerformanceRule } from './domain/rule.js';
import type { RunState } from './domain/run-state.js';

/** Evaluations that begin on its day or later go by it. */
export type PerformanceEditionRow = DatedEditionRow<PerformanceRule>;

export interface RunRow {
  readonly id: string;
  readonly code: string;
  readonly period: string;
  readonly fromDay: CalendarDate;
  readonly toDay: CalendarDate;
  readonly editionId: string;
  readonly editionNumber: number;
  readonly state: RunState;
  readonly live: number | null;
  readonly version: number;
  readonly subjects: number;
  readonly preparedById: string;
  readonly preparedBy: string;
  readonly preparedAt: Date;
  readonly gatheredAt: Date | null;
  readonly decidedById: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly opinion: string | null;
}

export interface EvaluationRow {
  readonly id: string;
  readonly runId: string;
  readonly code: string;
  readonly kind: GradedKind;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly departmentId: string;
  readonly version: number;
  readonly newest: number | null;
  readonly grade: Grade | null;
  readonly points: number;
  readonly evidencePercent: number;
  readonly content: EvaluationContent;
  readonly hash: string;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  readonly appealDueAt: Date | null;
  readonly settled: boolean;
}

export interface AppealRow {
  readonly id: string;
  readonly evaluationId: string;
  readonly departmentId: string;
  readonly state: AppealState;
  readonly open: number | null;
  readonly version: number;
  readonly reason: string;
  readonly raisedById: string;
  readonly raisedBy: string;
  readonly raisedAt: Date;
  readonly answer: string | null;
  readonly answeredById: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly replacedById: string | null;
}

export interface ConsequenceRow {
  readonly evaluationId: string;
  readonly kind: 'CASE' | 'QUOTA_UP' | 'QUOTA_DOWN';
  readonly objectId: string;
  readonly label: string;
  readonly at: Date;
}

/** As it stands where nobody may change it. */
export interface FrozenRow {
  readonly id: string;
  readonly runId: string;
  readonly code: string;
  readonly version: number;
  readonly content: EvaluationContent;
  readonly previousHash: string | null;
  readonly hash: string;
  readonly format: string;
  readonly frozenAt: Date;
}
