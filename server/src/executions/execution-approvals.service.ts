import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { GroupOccupations } from '../resilience/occupations.service.js';
import { isApprovedBy, refusedApprover, refusedConfirmer } from './domain/approve-execution.js';
import { executionAfter, isOver } from './domain/execution-state.js';
import { isMissed } from './domain/planned-time.js';
import { NOT_PAUSED } from './execution-plays.service.js';
import { notPermitted, unknown, wrongReason, wrongState, wrongVersion } from './execution-refusals.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow } from './executions.types.js';
import { FrozenExecutions } from './frozen-executions.service.js';
import { StandingOrders } from './standing-orders.service.js';
import { factOf } from './told.js';

type Answer = Promise<Result<{ executionId: string }, readonly Refusal[]>>;

/** Approved by two people of different departments, confirmed after the fact, or taken back before anything has run. */
@Injectable()
export class ExecutionApprovals {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly occupations: GroupOccupations,
    private readonly acts: Acts,
    private readonly frozen: FrozenExecutions,
    private readonly orders: StandingOrders,
  ) {}

  approve(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly executionId: string | undefined;
      readonly expectedVersion: number;
      readonly opinion: string | null;
      readonly idempotencyKey: string;
    },
  ): Answer {
    return this.of('drExecution.approve', viewer, scope, wish, async (tx, row) => {
      if (row.state !== 'DRAFT') return refuse([wrongState(row.state, 'APPROVE')]);
      const stale = wrongVersion(wish.expectedVersion, row);
      if (stale.length > 0) return refuse(stale);
      // The last signature begins it: whoever signs the night's work in the morning would begin it in the morning.
      if (isMissed(row.plannedAt, tx.now))
        return refuse([
          notPermitted(
            'PLAN_MISSED',
            '计划时间已过 1 小时以上，不能再批准；请撤销后改期重新申请',
            'Its time passed more than an hour ago: it is not approved any more. Cancel it, and ask for another time',
          ),
        ]);
      const approvals = await this.repository.approvals([row.id], tx);
      const soFar = {
        ...{
          requestedById: row.requestedById,
          approvals,
          underStandingOrder: await this.orders.stillCovers(row, tx.now, tx),
        },
      };
      const refused = refusedApprover(soFar, viewer);
      if (refused) return refuse([refused]);
      const whole = isApprovedBy({ ...soFar, approvals: [...approvals, viewer] });
      const isLater = row.plannedAt !== null && row.plannedAt > tx.now;
      const frozen = !whole ? [] : isLater ? await this.frozen.foreseen(tx, row) : await this.frozen.refused(tx, row);
      if (frozen.length > 0) return refuse(frozen);
      await this.repository.approve(tx, {
        ...{ executionId: row.id, userId: viewer.userId, userName: viewer.name, requestedById: row.requestedById },
        ...{ departmentId: viewer.departmentId as string, opinion: wish.opinion?.trim() || null, approvedAt: tx.now },
      });
      await this.repository.update(tx, row, {
        ...(whole ? { state: executionAfter(row.state, 'APPROVE') ?? row.state } : {}),
        ...(whole ? { moments: { ...row.moments, APPROVED: tx.now.toISOString() } } : {}),
      });
      return ok({ zh: `批准 ${row.code}`, en: `Approve ${row.code}`, after: { approved: whole } });
    });
  }

  /** 事后确认: of what was pressed under an advance approval, by the other side. */
  confirm(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly executionId: string | undefined;
      readonly expectedVersion: number;
      readonly idempotencyKey: string;
    },
  ): Answer {
    return this.of('drExecution.confirm', viewer, scope, wish, async (tx, row) => {
      if (row.standingOrderId === null || row.confirmedAt !== null) return refuse([wrongState(row.state, 'CONFIRM')]);
      // Who decides is not known before it is approved: so nobody could be of another department.
      if (row.state === 'DRAFT' || row.state === 'CANCELLED') return refuse([wrongState(row.state, 'CONFIRM')]);
      const stale = wrongVersion(wish.expectedVersion, row);
      if (stale.length > 0) return refuse(stale);
      const approvals = await this.repository.approvals([row.id], tx);
      const decided = { requestedById: row.requestedById, approvals, underStandingOrder: true };
      const refused = refusedConfirmer({ ...decided, requesterDepartmentId: row.requestedDepartmentId }, viewer);
      if (refused) return refuse([refused]);
      await this.repository.update(tx, row, {
        ...{ confirmedById: viewer.userId, confirmedBy: viewer.name, confirmedAt: tx.now },
        confirmedDepartmentId: viewer.departmentId,
      });
      return ok({ zh: `事后确认 ${row.code}`, en: `Confirm ${row.code} after the fact`, after: {} });
    });
  }

  /** Only while nothing of it has run. */
  cancel(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly executionId: string | undefined;
      readonly expectedVersion: number;
      readonly reason: string;
      readonly idempotencyKey: string;
    },
  ): Answer {
    return this.of('drExecution.cancel', viewer, scope, wish, async (tx, row) => {
      const to = executionAfter(row.state, 'CANCEL');
      if (to === undefined || isOver(row.state)) return refuse([wrongState(row.state, 'CANCEL')]);
      const wrong = [...wrongVersion(wish.expectedVersion, row), ...wrongReason(wish.reason)];
      if (wrong.length > 0) return refuse(wrong);
      for (const step of await this.repository.steps([row.id], tx))
        if (step.state !== 'DONE') await this.repository.updateStep(tx, step, { state: 'LEFT_OUT', underWay: null });
      await this.repository.update(tx, row, {
        ...{ state: to, open: null, outcome: 'ABANDONED', closedAt: tx.now, pausedAt: null, ...NOT_PAUSED },
      });
      await this.occupations.leave(tx, row.groupId, row.id);
      return ok({ zh: `撤销 ${row.code}`, en: `Cancel ${row.code}`, after: { reason: wish.reason } });
    });
  }

  private of(
    name: string,
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly executionId: string | undefined; readonly idempotencyKey: string },
    work: (
      tx: Tx,
      row: ExecutionRow,
    ) => Promise<Result<{ zh: string; en: string; after: Record<string, unknown> }, readonly Refusal[]>>,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.executionId === undefined ? null : await this.repository.locked(tx, wish.executionId);
      if (!row || !reaches(scope, row)) return refuse([unknown('id')]);
      const done = await work(tx, row);
      if (!done.ok) return done;
      const { after, en, zh } = done.value;
      return ok({
        value: { executionId: row.id },
        audit: { ...factOf(row), summary: say(zh, en), before: { state: row.state }, after },
      });
    });
  }
}
