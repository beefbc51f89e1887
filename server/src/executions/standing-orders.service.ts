import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { PeopleToTell } from '../identity/people-to-tell.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Role, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ExecutionKind } from './domain/execution-words.js';
import { coversPress, refusedOrder } from './domain/standing-order.js';
import { unknown, wrongState } from './execution-refusals.js';
import type { ExecutionRow, StandingOrderRow } from './executions.types.js';
import { RunbooksRepository } from './runbooks.repository.js';

type Answer = Promise<Result<{ orderId: string }, readonly Refusal[]>>;

/** Who asks for executions. */
const HOLDER_ROLES: readonly Role[] = ['DUTY_ENGINEER', 'DR_OPERATOR'];

/** 预授权: what a leader signs in advance, so that in the night two of one side are enough and the other confirms after. */
@Injectable()
export class StandingOrders {
  constructor(
    private readonly repository: RunbooksRepository,
    private readonly acts: Acts,
    private readonly people: PeopleToTell,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who could press under one: whoever may ask for executions, but the one who signs. */
  async holders(viewer: Viewer): Promise<{ readonly userId: string; readonly name: string }[]> {
    const found = await this.people.find(HOLDER_ROLES, [], this.clock.now());
    const byId = new Map(found.map(({ displayName, userId }) => [userId, { userId, name: displayName }]));
    byId.delete(viewer.userId);
    return [...byId.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
  }

  all(): Promise<StandingOrderRow[]> {
    return this.repository.orders();
  }

  /** An advance approval that was revoked, or ran out, since it was pressed spares nobody's signature. */
  async stillCovers(
    row: Pick<ExecutionRow, 'standingOrderId' | 'groupId' | 'kind' | 'requestedById'>,
    now: Date,
    tx?: Tx,
  ): Promise<boolean> {
    if (row.standingOrderId === null) return false;
    const order = tx
      ? await this.repository.order(tx, row.standingOrderId)
      : await this.repository.orderNow(row.standingOrderId);
    const press = { groupId: row.groupId, kind: row.kind, userId: row.requestedById };
    return order ? coversPress({ ...order, from: order.validFrom, until: order.validUntil }, press, now) : false;
  }

  sign(
    viewer: Viewer,
    wish: {
      /** Of every group, where it is left out. */
      readonly groupIds: readonly (string | undefined)[] | null;
      readonly kinds: readonly ExecutionKind[];
      readonly trigger: string;
      /** Somebody whom the caller has looked up. */
      readonly holder: { readonly id: string; readonly name: string } | null;
      readonly from: Date;
      readonly until: Date;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drStandingOrder.sign', actor: viewer, idempotencyKey, input }, async (tx) => {
      const { holder } = wish;
      if (!holder) return refuse([unknown('holderId')]);
      const groupIds = wish.groupIds?.flatMap((id) => id ?? []) ?? null;
      if (groupIds !== null && (groupIds.length === 0 || groupIds.length !== wish.groupIds?.length))
        return refuse([unknown('groupIds')]);
      const { from, kinds, trigger, until } = wish;
      const wrong = refusedOrder({ groupIds, kinds, holderId: holder.id, from, until, trigger }, viewer.userId, tx.now);
      if (wrong.length > 0) return refuse(wrong);
      const row: StandingOrderRow = {
        ...{ id: newId(tx.now.getTime()), groupIds, kinds: [...kinds], triggerText: trigger.trim() },
        ...{ holderId: holder.id, holder: holder.name, signedById: viewer.userId, signedBy: viewer.name },
        ...{ signedAt: tx.now, validFrom: from, validUntil: until, revokedBy: null, revokedAt: null, version: 1 },
      };
      await this.repository.signOrder(tx, row);
      return ok({
        value: { orderId: row.id },
        audit: {
          ...{ objectType: 'DrStandingOrder', objectId: row.id, departmentId: null },
          summary: say(`签署预授权，持有人 ${holder.name}`, `Sign an advance approval held by ${holder.name}`),
          ...{ before: null, after: { kinds: [...kinds], groupIds, trigger: row.triggerText, from, until } },
        },
      });
    });
  }

  revoke(viewer: Viewer, wish: { readonly orderId: string | undefined; readonly idempotencyKey: string }): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drStandingOrder.revoke', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.orderId === undefined ? null : await this.repository.order(tx, wish.orderId);
      if (!row) return refuse([unknown('id')]);
      if (row.revokedAt !== null) return refuse([wrongState('REVOKED', 'REVOKE')]);
      await this.repository.revokeOrder(tx, row, viewer.name);
      return ok({
        value: { orderId: row.id },
        audit: {
          ...{ objectType: 'DrStandingOrder', objectId: row.id, departmentId: null },
          summary: say(`撤销预授权，持有人 ${row.holder}`, `Revoke the advance approval held by ${row.holder}`),
          ...{ before: { revokedAt: null }, after: { revokedAt: tx.now } },
        },
      });
    });
  }
}
