import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Move } from './domain/book.js';
import { type Holder, isExclusive } from './domain/holder.js';
import { invalid } from './domain/refusals.js';
import { HolderDescriptions } from './holder-descriptions.service.js';
import { SpaceService } from './space.service.js';
import type { Moved } from './space.types.js';
import { lastOf, SpaceQuotas } from './space-quotas.service.js';
import { factOf, traceOf } from './space-wishes.js';
import { THINGS_IN_CABINETS, type ThingsInCabinets } from './things-in-cabinets.types.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** A row's worth: more is no drag of a hand. */
const MOVES_PER_ACT_MAX = 100;

/** Moving what is in cabinets by hand, at once or by a plan; what has a record of its own has it written there. */
@Injectable()
export class SpaceMoves {
  constructor(
    private readonly acts: Acts,
    private readonly space: SpaceService,
    private readonly descriptions: HolderDescriptions,
    private readonly quotas: SpaceQuotas,
    @Inject(THINGS_IN_CABINETS) private readonly things: ThingsInCabinets,
  ) {}

  async moveHolders(
    viewer: Viewer,
    moves: readonly Move[],
    idempotencyKey: string,
  ): Promise<Outcome<{ ids: string[] }>> {
    const holderIds = moves.slice(0, MOVES_PER_ACT_MAX).map((move) => move.holderId);
    // Into a cabinet that is wholly its department's, or out of it: what it takes of quotas changes.
    const ways = await this.quotas.waysOf([], { holderIds });
    return this.acts.perform(
      { name: 'cabinet.move_holders', actor: viewer, idempotencyKey, input: moves },
      async (tx) => {
        if (moves.length === 0 || moves.length > MOVES_PER_ACT_MAX)
          return refuse([
            invalid(['moves'], 'count', `一次 1 至 ${MOVES_PER_ACT_MAX} 项`, `1 to ${MOVES_PER_ACT_MAX} at a time`),
          ]);
        await this.lockThings(tx, holderIds);
        const moved = await this.space.move(tx, moves);
        if (!moved.ok) return moved;
        const settled = await this.quotas.settle(tx, ways, { holderIds });
        if (!settled.ok) return settled;
        await this.tellThings(tx, moved.value, viewer.name);
        const holders = moved.value.map(({ holder }) => holder);
        const labels = holders.map((holder) => holder.label).join('、');
        return ok({
          value: { ids: holders.map((holder) => holder.id) },
          last: lastOf(settled.value),
          audit: {
            ...factOf(holders[0] as Holder, say(`移动 ${labels}`, `Move ${labels}`)),
            before: moved.value.map(({ holder, from }) => ({ id: holder.id, ...from })),
            after: holders.map(traceOf),
          },
        });
      },
    );
  }

  planMove(viewer: Viewer, move: Move, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name: 'cabinet.plan_move', actor: viewer, idempotencyKey, input: move }, async (tx) => {
      const planned = await this.space.planMove(tx, move);
      if (!planned.ok) return planned;
      return ok({
        value: { id: planned.value.holderId },
        audit: {
          objectType: 'Cabinet',
          objectId: planned.value.cabinetId,
          departmentId: null,
          summary: say('计划迁移', 'Plan a move'),
          after: { ...planned.value, plannedForId: move.holderId },
        },
      });
    });
  }

  async applyMove(
    viewer: Viewer,
    planId: string,
    idempotencyKey: string,
  ): Promise<Outcome<{ id: string; cabinetId: string }>> {
    const ways = await this.quotas.waysOfPlan(planId);
    return this.acts.perform(
      { name: 'cabinet.apply_move', actor: viewer, idempotencyKey, input: { planId } },
      async (tx) => {
        const holderId = await this.descriptions.plannedFor(tx, planId);
        await this.lockThings(tx, holderId === null ? [] : [holderId]);
        const moved = await this.space.applyMove(tx, planId, ['holderId']);
        if (!moved.ok) return moved;
        await this.tellThings(tx, [moved.value], viewer.name);
        const { holder, from } = moved.value;
        const settled = await this.quotas.settle(tx, ways, { holderIds: [holder.id] });
        if (!settled.ok) return settled;
        return ok({
          last: lastOf(settled.value),
          value: { id: holder.id, cabinetId: holder.cabinetId },
          audit: { ...factOf(holder, say(`完成迁移 ${holder.label}`, `Moved ${holder.label}`)), before: from },
        });
      },
    );
  }

  private async lockThings(tx: Tx, holderIds: readonly string[]): Promise<void> {
    await this.things.lock(tx, await this.descriptions.subjectsOf(tx, holderIds));
  }

  private async tellThings(tx: Tx, moved: readonly Moved[], actorName: string): Promise<void> {
    const moves = moved.flatMap(({ holder, from, to }) =>
      isExclusive(holder.kind) && holder.subjectId !== null ? [{ subjectId: holder.subjectId, from, to }] : [],
    );
    await this.things.moved(tx, moves, actorName);
  }
}
