import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { isOver } from './domain/execution-state.js';
import { isMissed } from './domain/planned-time.js';
import { sayUsual } from './domain/usual-texts.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionPlays, NOT_PAUSED } from './execution-plays.service.js';
import { notPermitted, unknown, wrongReason, wrongState, wrongVersion } from './execution-refusals.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ExecutionRow } from './executions.types.js';
import { ReturningSidesRepository } from './returning-sides.repository.js';
import { type Told, told } from './told.js';

type Answer = Promise<Result<{ executionId: string }, readonly Refusal[]>>;
export interface ExecutionWishOf {
  readonly executionId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** Whether an execution goes on, stands still or goes back. */
@Injectable()
export class ExecutionSteering {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly plays: ExecutionPlays,
    private readonly acts: Acts,
    private readonly returning: ReturningSidesRepository,
    private readonly evidence: EvidenceRepository,
  ) {}

  pause(viewer: Viewer, scope: TenantScope, wish: ExecutionWishOf & { readonly reason: string }): Answer {
    return this.ofExecution('drExecution.pause', viewer, scope, wish, async (tx, row) => {
      if (isOver(row.state) || row.pausedAt !== null) return refuse([wrongState(row.state, 'PAUSE')]);
      const wrong = wrongReason(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      await this.repository.update(tx, row, { pausedAt: tx.now, pausedWhy: wish.reason.trim(), pausedWhyEn: null });
      return ok({ zh: `暂停 ${row.code}`, en: `Pause ${row.code}`, after: { reason: wish.reason } });
    });
  }

  /** Not past a failed step: that is tried again, or all goes back. */
  resume(viewer: Viewer, scope: TenantScope, wish: ExecutionWishOf): Answer {
    return this.ofExecution('drExecution.resume', viewer, scope, wish, async (tx, row) => {
      if (row.pausedAt === null) return refuse([wrongState(row.state, 'RESUME')]);
      const failed = (await this.repository.steps([row.id], tx)).find(({ state }) => state === 'FAILED');
      const title = failed && sayUsual(failed.title);
      if (title)
        return refuse([
          notPermitted(
            'STEP_FAILED',
            `步骤「${title.zh}」失败，须重试（运行和验证中也可回退），不能跳过`,
            `The step ${title.en} failed: try it again, or, while it runs, roll back; it is not passed over`,
          ),
        ]);
      // Long after its hour it begins by this word, and from now on.
      const isLate = row.state === 'APPROVED' && isMissed(row.plannedAt, tx.now);
      const plannedAt = isLate ? tx.now : row.plannedAt;
      await this.repository.update(tx, row, { pausedAt: null, plannedAt, ...NOT_PAUSED });
      const after = isLate ? { plannedAt: tx.now.toISOString() } : {};
      return ok({ zh: `继续 ${row.code}`, en: `Resume ${row.code}`, after });
    });
  }

  rollBack(viewer: Viewer, scope: TenantScope, wish: ExecutionWishOf & { readonly reason: string }): Answer {
    return this.ofExecution('drExecution.rollBack', viewer, scope, wish, async (tx, row) => {
      const wrong = wrongReason(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      if (!(await this.plays.rollBack(tx, row))) return refuse([wrongState(row.state, 'ROLL_BACK')]);
      return ok({ zh: `回退 ${row.code}`, en: `Roll ${row.code} back`, after: { reason: wish.reason } });
    });
  }

  /** 确认已停机: of machines that no cluster shows, in the centers that it left and that have answered again. */
  confirmHalted(viewer: Viewer, scope: TenantScope, wish: ExecutionWishOf & { readonly reason: string }): Answer {
    return this.ofExecution('drExecution.confirmHalted', viewer, scope, wish, async (tx, row) => {
      const text = wish.reason.trim();
      const wrong = wrongReason(text);
      if (wrong.length > 0) return refuse(wrong);
      const waiting = await this.returning.unconfirmed(tx, row.id);
      if (waiting.length === 0) return refuse([wrongState(row.state, 'CONFIRM_HALTED')]);
      for (const side of waiting)
        await this.returning.update(tx, side, {
          ...{ confirmedAt: tx.now, confirmedById: viewer.userId, confirmedBy: viewer.name },
        });
      const centers = waiting.map(({ centerId, unseen }) => ({ centerId, unseen }));
      await this.evidence.record(tx, {
        ...{ executionId: row.id, stepId: null, kind: 'PERSON', content: { confirmed: 'HALTED', centers, text } },
        ...{ recordedById: viewer.userId, recordedBy: viewer.name },
      });
      return ok({
        zh: `确认 ${row.code} 移出的中心已停机`,
        en: `Confirm that what ${row.code} left stands still`,
        after: { text },
      });
    });
  }

  private ofExecution(
    name: string,
    viewer: Viewer,
    scope: TenantScope,
    wish: ExecutionWishOf,
    work: (tx: Tx, row: ExecutionRow) => Promise<Result<Told, readonly Refusal[]>>,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.executionId === undefined ? null : await this.repository.locked(tx, wish.executionId);
      if (!row || !reaches(scope, row)) return refuse([unknown('id')]);
      const stale = wrongVersion(wish.expectedVersion, row);
      if (stale.length > 0) return refuse(stale);
      return told(row, await work(tx, row), {});
    });
  }
}
