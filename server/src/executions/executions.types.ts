import type { ExecutionState } from './domain/execution-state.js';
import type { ExecutionKind } from './domain/execution-words.js';
import type { PlannedStep, RunbookState } from './domain/runbook.js';
import type { DrApprovalEntity, DrExecutionEntity, DrFenceEntity, DrStepEntity } from './executions.entity.js';
import type { DrRunbookEntity, DrRunbookVersionEntity, DrStandingOrderEntity } from './runbooks.entity.js';

export type ExecutionRow = Omit<DrExecutionEntity, 'standingOrder'>;
export type StepRow = Omit<DrStepEntity, 'execution'>;
export type ApprovalRow = Omit<DrApprovalEntity, 'execution'>;
export type FenceRow = Omit<DrFenceEntity, 'execution' | 'target' | 'beside'>;
export type RunbookRow = DrRunbookEntity;
export type RunbookVersionRow = Omit<DrRunbookVersionEntity, 'runbook'>;
export type StandingOrderRow = DrStandingOrderEntity;

export interface RunbookVersion extends RunbookVersionRow {
  readonly hash: string;
  readonly steps: readonly PlannedStep[];
}

export interface ExecutionFilter {
  readonly kinds: readonly ExecutionKind[];
  readonly states: readonly ExecutionState[];
  readonly groupId: string | null;
  readonly openOnly: boolean;
  readonly search: string | null;
}

export interface RunbookFilter {
  readonly groupId: string | null;
  readonly kinds: readonly ExecutionKind[];
  readonly states: readonly RunbookState[];
  readonly search: string | null;
}

/** What was shown, done or said of an execution, as it was kept. */
export interface EvidenceRow {
  readonly id: string;
  readonly executionId: string;
  readonly stepId: string | null;
  readonly kind: EvidenceKind;
  readonly content: unknown;
  readonly hash: string;
  readonly recordedById: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

/** RETURN: what a side that serves no more was found to do after it answered again. */
export const EVIDENCE_KINDS = [
  'STEP_OUTPUT',
  'STEP_FAILURE',
  'PERSON',
  'STATEMENT',
  'DECISION',
  'MOMENT',
  'RETURN',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface Placement {
  readonly epoch: number;
  readonly executionId: string | null;
  readonly servingCenterId: string;
  readonly placedAt: Date;
}
