import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { ShownLoss } from './domain/data-loss.js';
import { faultSince } from './domain/fault-seen.js';
import type { PlannedStep } from './domain/runbook.js';
import type { Sides } from './domain/sides.js';
import type { Ground } from './execution-grounds.service.js';
import type { ExecutionWish } from './execution-requests.service.js';
import type { ExecutionRow, StepRow } from './executions.types.js';

export function newExecution(
  now: Date,
  viewer: Pick<Viewer, 'userId' | 'name' | 'departmentId'>,
  ground: Ground,
  wish: ExecutionWish,
  of: {
    readonly id: string;
    readonly code: string;
    readonly runbook: { readonly id: string; readonly number: number; readonly hash: string };
    readonly unverified: boolean;
    readonly sides: Sides;
    readonly loss: ShownLoss;
    readonly orderId: string | null;
    readonly confirmDueAt: Date | null;
  },
): ExecutionRow {
  const { row } = ground.picture;
  return {
    ...{ id: of.id, code: of.code, groupId: row.id, groupName: row.name },
    ...{ departmentId: row.departmentId, systemId: row.systemId, kind: wish.kind },
    ...{ state: 'DRAFT', open: 1, outcome: null },
    ...{ runbookId: of.runbook.id, runbookNumber: of.runbook.number },
    ...{ runbookHash: of.runbook.hash, unverifiedAccepted: of.unverified ? 1 : 0 },
    ...{ ...of.sides, epoch: null, reason: wish.reason.trim() },
    ...{ shownLossSeconds: of.loss.seconds, shownLossKnown: of.loss.seconds === null ? 0 : 1 },
    ...{ requestedById: viewer.userId, requestedBy: viewer.name, requestedDepartmentId: viewer.departmentId },
    ...{ standingOrderId: of.orderId, confirmDueAt: of.confirmDueAt },
    ...{ confirmedById: null, confirmedBy: null, confirmedDepartmentId: null, confirmedAt: null },
    ...{ pausedAt: null, pausedWhy: null, pausedWhyEn: null },
    moments: { ...faultSeen(ground, wish), DECLARED: now.toISOString() },
    ...{ plannedAt: wish.plannedAt ?? null, createdAt: now, closedAt: null, version: 1 },
  };
}

/** T0 and T1 of a disaster: since when what serves has been silent, and since when the group is called broken. */
function faultSeen({ moved, picture }: Ground, { kind }: ExecutionWish): ExecutionRow['moments'] {
  if (kind !== 'FAILOVER') return {};
  const writers = moved.places.flatMap((places) => places.filter(({ role }) => role !== 'COPY'));
  const serving = writers.length > 0 ? writers.map(({ centerId }) => centerId) : [...moved.machinesIn];
  const first = faultSince(picture.signals, new Set(serving));
  const { grade, gradeSince } = picture.row;
  return {
    ...(first ? { DETECTED: first.toISOString() } : {}),
    // Called broken before, it was so for something else.
    ...(grade === 'BROKEN' && first && gradeSince >= first ? { ALARMED: gradeSince.toISOString() } : {}),
  };
}

export function newSteps(
  now: Date,
  execution: Pick<ExecutionRow, 'id'>,
  steps: readonly PlannedStep[],
  firstNumber: number,
): StepRow[] {
  return steps.map((step, at) => ({
    ...{ id: newId(now.getTime()), executionId: execution.id, number: firstNumber + at },
    ...{ stage: step.stage, kind: step.kind, action: step.action, title: step.title.trim() },
    ...{
      instruction: step.instruction.trim(),
      instructionEn: null,
      timeoutSeconds: step.timeoutSeconds,
      retries: step.retries,
    },
    ...{ needsEvidence: step.needsEvidence ? 1 : 0, secondCheck: step.secondCheck ? 1 : 0, params: step.params },
    ...{ state: 'WAITING', underWay: null, attempts: 0, claimedAt: null, claimedBy: null, claimedEpoch: null },
    ...{ startedAt: null, finishedAt: null, choice: null, doneById: null, doneBy: null },
    ...{
      checkedById: null,
      checkedBy: null,
      output: null,
      outputHash: null,
      problem: null,
      problemEn: null,
      version: 1,
    },
  }));
}
