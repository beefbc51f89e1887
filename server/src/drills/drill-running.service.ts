import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { type ItemState, refusedPress } from './domain/drill-items.js';
import { isBegun } from './domain/drill-notices.js';
import { refusedPressing, unknownDrill, wrongText } from './domain/drill-refusals.js';
import type { DrillAction } from './domain/drill-state.js';
import { factOf } from './drill-audit.js';
import { DrillClosing } from './drill-closing.service.js';
import { DrillGrounds } from './drill-grounds.service.js';
import { type DrillAnswer, onDrill } from './drill-planning.service.js';
import { DrillProgress } from './drill-progress.service.js';
import { owns, takesPart } from './drill-views.service.js';
import { DrillsRepository } from './drills.repository.js';
import type { DrillRow, Versioned } from './drills.types.js';
import { FrozenDrills } from './frozen-drills.service.js';

export interface PressWish extends Versioned {
  readonly number: number;
  readonly done: boolean;
  readonly note: string;
}

/** 演练执行: what people press while the clock runs. Every moment is the console's own. */
@Injectable()
export class DrillRunning {
  constructor(
    private readonly repository: DrillsRepository,
    private readonly grounds: DrillGrounds,
    private readonly frozen: FrozenDrills,
    private readonly progress: DrillProgress,
    private readonly closing: DrillClosing,
    private readonly facilities: FacilitiesService,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** T0, and of when the data is that could be brought back at this moment. */
  async start(viewer: Viewer, scope: TenantScope, wish: Versioned): DrillAnswer {
    const seen = wish.id === undefined ? null : await this.repository.byId(scope, wish.id);
    const point = seen && (await this.pointOf(seen));
    const change = seen && (await this.frozen.changeOf(seen));
    return this.on('START', viewer, scope, wish, {}, async (tx, row) => {
      // A freeze may have begun since its precheck.
      const frozen = await this.frozen.refused(tx, change);
      if (frozen.length > 0) return refuse(frozen);
      const at = tx.now;
      await this.repository.mark(tx, { drillId: row.id, mark: 'T0', at, byName: viewer.name });
      const data = { dataPoint: point?.at ?? null, hasData: point?.hasData ?? false };
      await this.repository.update(tx, row, { state: 'RUNNING', ...data });
      await this.progress.begin(tx, row.id);
      await this.notices.tell(tx, isBegun(row));
      return ok({ value: { id: row.id }, audit: factOf(row, say('开始演练计时', 'its clock runs'), { at, ...data }) });
    });
  }

  press(viewer: Viewer, scope: TenantScope, wish: PressWish): DrillAnswer {
    const { done, note, number } = wish;
    return this.on('PRESS', viewer, scope, wish, { number, done, note }, async (tx, row) => {
      // What failed is said why; what was done may be said more of.
      const wrong = done && note.trim() === '' ? [] : wrongText('note', note);
      if (wrong.length > 0) return refuse(wrong);
      if (!takesPart(viewer, row)) return refuse([unknownDrill()]);
      const items = await this.repository.items(row.id, tx);
      const why = refusedPress(items, number, { userId: viewer.userId, owns: owns(viewer, row) });
      if (why) return refuse([refusedPressing(why)]);
      const state: ItemState = done ? 'DONE' : 'FAILED';
      await this.progress.tick(tx, row, number, { state, note: note.trim() || null, by: viewer });
      const word = done
        ? say(`完成第 ${number} 项`, `entry ${number} is done`)
        : say(`第 ${number} 项未通过`, `entry ${number} failed`);
      return ok({ value: { id: row.id }, audit: factOf(row, word, { number, state, note: note.trim() || null }) });
    });
  }

  /** The owner has spoken, one way or the other; from here on it is taken away. */
  async finish(viewer: Viewer, scope: TenantScope, wish: Versioned): DrillAnswer {
    const ground = await this.closing.groundOf(wish.id, scope);
    return this.on('FINISH', viewer, scope, wish, {}, async (tx, row) => {
      const items = await this.repository.items(row.id, tx);
      if (items.some(({ kind, state }) => kind === 'OWNER' && state === 'WAITING'))
        return refuse([refusedPressing('NOT_OWNER')]);
      const closed = await this.closing.begin(tx, row, null, ground);
      const what = closed ? say('结束演练', 'it ends') : say('结束演练，开始清理', 'it ends and is cleaned up');
      return ok({ value: { id: row.id }, audit: factOf(row, what, { ...closed }) });
    });
  }

  async abort(viewer: Viewer, scope: TenantScope, wish: Versioned & { reason: string }): DrillAnswer {
    const ground = await this.closing.groundOf(wish.id, scope);
    return this.on('ABORT', viewer, scope, wish, { reason: wish.reason }, async (tx, row) => {
      const wrong = wrongText('reason', wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      const closed = await this.closing.begin(tx, row, wish.reason.trim(), ground);
      const what = closed
        ? say('中止演练', 'it is broken off')
        : say('中止演练，开始清理', 'it is broken off and cleaned up');
      return ok({ value: { id: row.id }, audit: factOf(row, what, { reason: wish.reason.trim(), ...closed }) });
    });
  }

  retryCleanup(viewer: Viewer, scope: TenantScope, wish: Versioned): DrillAnswer {
    return this.on('RETRY_CLEANUP', viewer, scope, wish, {}, async (tx, row) => {
      await this.closing.again(tx, row);
      const what = say('重试清理', 'its cleanup is tried again');
      return ok({ value: { id: row.id }, audit: factOf(row, what, { cleanups: row.cleanups + 1 }) });
    });
  }

  private async pointOf(row: DrillRow): Promise<{ at: Date | null; hasData: boolean } | null> {
    const picture = await this.grounds.picture(row.groupId);
    const [center = null] = row.centerId === null ? [] : await this.facilities.centersByIds([row.centerId]);
    if (!picture || !center) return null;
    const point = this.grounds.dataPoint(picture, center, this.clock.now());
    return { at: point ?? null, hasData: point !== undefined };
  }

  private on(
    action: DrillAction | 'PRESS',
    viewer: Viewer,
    scope: TenantScope,
    { expectedVersion, id, idempotencyKey }: Versioned,
    input: Record<string, unknown>,
    work: (tx: Tx, row: DrillRow) => ReturnType<Parameters<Acts['perform']>[1]>,
  ): DrillAnswer {
    const act = { action, viewer, scope, id, expectedVersion, idempotencyKey, input };
    return onDrill({ repository: this.repository, acts: this.acts }, act, work);
  }
}
