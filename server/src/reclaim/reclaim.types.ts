import type { CaseCause, CaseMove, CaseState } from './domain/case-state.js';
import type { Figure } from './domain/evidence.js';

export interface CaseRow {
  readonly id: string;
  /** e.g. "HS-2026-000001" */
  readonly code: string;
  /** About one of both: a machine, or a line of servers, places or services. */
  readonly resourceId: string | null;
  readonly lineId: string | null;
  readonly departmentId: string;
  readonly systemId: string;
  readonly state: CaseState;
  readonly cause: CaseCause;
  readonly evidence: string;
  readonly figures: readonly Figure[];
  /** null = the calendar. */
  readonly openedById: string | null;
  readonly openedByName: string;
  readonly openedAt: Date;
  /** Until when the department may answer before anything is decided. */
  readonly dueAt: Date;
  readonly closedAt: Date | null;
  readonly version: number;
}

export interface CaseEventRow {
  readonly id: string;
  readonly caseId: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: CaseMove | 'OPEN';
  readonly toState: CaseState;
  readonly reason: string | null;
  readonly fileIds: readonly string[];
}
