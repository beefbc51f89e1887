import type { ReplaceTaskState } from './domain/replace-task.js';

export interface ReplaceTaskRow {
  readonly id: string;
  readonly resourceId: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly centerId: string;
  readonly poolId: string;
  readonly state: ReplaceTaskState;
  readonly schedulerText: string;
  readonly refusedSince: Date;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly toCenterId: string | null;
  readonly toPoolId: string | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly version: number;
  readonly live: number | null;
}

export interface ReplaceTaskFilter {
  readonly states: readonly ReplaceTaskState[];
  readonly centerId: string | null;
  readonly search: string | null;
}

export interface RePlaceWish {
  readonly taskId: string | undefined;
  readonly poolId: string | undefined;
  readonly reason: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}
