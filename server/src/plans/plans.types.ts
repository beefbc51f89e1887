import type { TenantScope } from '../kernel/viewer.js';
import type { PlanLineContent, PlannedLine } from './domain/plan-line.js';
import type { PlanAction, PlanKind, PlanState } from './domain/plan-state.js';

export interface PlanRow {
  readonly id: string;
  readonly code: string;
  readonly kind: PlanKind;
  readonly annual: number | null;
  readonly year: number;
  readonly departmentId: string;
  readonly state: PlanState;
  readonly stateSince: Date;
  readonly version: number;
  readonly round: number;
  readonly reason: string;
  readonly authorIds: readonly string[];
  readonly lineCount: number;
  readonly monthlyFen: bigint | null;
  readonly createdAt: Date;
  readonly createdByName: string;
  readonly quotasSetAt: Date | null;
}

export interface PlanLineRow extends PlanLineContent, PlannedLine {
  readonly id: string;
  readonly planId: string;
  readonly position: number;
  readonly reductionReason: string | null;
  readonly unitFen: bigint | null;
}

/** A line with whose it is, as sums over many plans take it. */
export interface LineOfDepartment extends PlannedLine {
  readonly departmentId: string;
}

export interface PlanStepRow {
  readonly id: string;
  readonly planId: string;
  readonly round: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: PlanAction;
  readonly signature: number | null;
  readonly opinion: string | null;
  readonly fromState: PlanState;
  readonly toState: PlanState;
}

export interface PlanFilter {
  readonly year: number | null;
  readonly states: readonly PlanState[] | null;
  readonly kind: PlanKind | null;
  /** With all beneath it; null = everybody's in sight. */
  readonly departmentIds: readonly string[] | null;
  /** Within which drafts are seen too; undefined = none. */
  readonly drafts: TenantScope | undefined;
  /** In the code. */
  readonly search: string | null;
}
