import type { Viewer } from '../kernel/viewer.js';
import type { GroupViews } from '../resilience/group-views.service.js';
import type { planItems } from './domain/drill-items.js';
import type { DrillRow, ItemRow, PlanWish } from './drills.types.js';

/** Two letters for the code: YL, 演练. */
export const DRILL_CODE_PREFIX = 'YL';
export const HOUR_MS = 3_600_000;

const NOT_YET = {
  ...{
    heldGroupId: null,
    cleanupDueAt: null,
    cleanups: 0,
    cleanupBegunAt: null,
    trouble: null,
    troubleEn: null,
    precheck: null,
  },
  ...{
    dataPoint: null,
    hasData: false,
    abortReason: null,
    abortReasonEn: null,
    outcome: null,
    report: null,
    reportHash: null,
  },
  ...{ signature: null, signatureKeyId: null, approvedById: null, approvedBy: null, approvedAt: null, closedAt: null },
};

export function planned(
  now: Date,
  viewer: Pick<Viewer, 'userId' | 'name'>,
  named: { id: string; code: string },
  group: NonNullable<Awaited<ReturnType<GroupViews['inScope']>>>,
  wish: Pick<PlanWish, 'kind' | 'scenario' | 'plannedAt' | 'cleanupHours'>,
  centerId: string | null,
): DrillRow {
  const { departmentId, dooSeconds, name, nroSeconds, rpoSeconds, rtoSeconds, systemId, targetLevel } = group;
  return {
    ...named,
    ...{ groupId: group.id, systemId, departmentId, groupName: name, kind: wish.kind, state: 'DRAFT', centerId },
    ...{ scenario: wish.scenario.trim(), plannedAt: wish.plannedAt, cleanupHours: wish.cleanupHours },
    targets: { level: targetLevel, rtoSeconds, rpoSeconds, dooSeconds, nroSeconds },
    ...{ createdAt: now, plannedById: viewer.userId, plannedBy: viewer.name, version: 1 },
    ...NOT_YET,
  };
}

export function waiting(drillId: string, item: ReturnType<typeof planItems>[number]): ItemRow {
  return {
    drillId,
    ...item,
    state: 'WAITING',
    begunAt: null,
    doneAt: null,
    doneById: null,
    doneBy: null,
    note: null,
    noteEn: null,
  };
}
