import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Change } from '../freezes/domain/freeze.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { isReason, mayAcceptFor, mayDecide, reasonMissing, unknownDrift } from './domain/drift-refusals.js';
import { acceptedUntil, type DriftAction } from './domain/drift-state.js';
import { DriftRepository } from './drift.repository.js';
import type { DriftRow } from './drift.types.js';

export interface DecideWish {
  readonly driftId: string | undefined;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

type Decided = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** What a person decides of a drift. The record of the resource itself changes only by a request to change it. */
@Injectable()
export class DriftActs {
  constructor(
    private readonly repository: DriftRepository,
    private readonly acts: Acts,
    private readonly freezes: FreezeGate,
  ) {}

  /** The worker hears of it with the resource and puts it back within seconds. */
  putBack(viewer: Viewer, scope: TenantScope, wish: DecideWish): Decided {
    return this.decide(viewer, scope, wish, 'PUT_BACK', () => ({
      values: { state: 'OPEN', handling: 'HEAL', acceptedUntil: null },
      summary: ({ path, subjectCode }) => say(`恢复 ${subjectCode} 的 ${path}`, `Put back ${path} of ${subjectCode}`),
    }));
  }

  /** Until then it is left as it is, by every apply. Days, because a moment would be another at each press of the same wish. */
  accept(viewer: Viewer, scope: TenantScope, wish: DecideWish & { readonly days: number }): Decided {
    return this.decide(viewer, scope, wish, 'ACCEPT', (tx) => {
      const wrong = mayAcceptFor(wish.days);
      if (wrong) return { wrong };
      const until = acceptedUntil(wish.days, tx.now);
      return {
        values: { state: 'ACCEPTED', handling: 'REPORT', acceptedUntil: until },
        summary: ({ path, subjectCode }) =>
          say(
            `暂时接受 ${subjectCode} 的 ${path}，${wish.days} 天`,
            `Accept ${path} of ${subjectCode} for ${wish.days} days, until ${until.toISOString()}`,
          ),
      };
    });
  }

  private decide(
    viewer: Viewer,
    scope: TenantScope,
    wish: DecideWish,
    action: DriftAction,
    outcome: (
      tx: Tx,
    ) =>
      | { readonly wrong: Refusal }
      | { readonly values: Partial<DriftRow>; readonly summary: (row: DriftRow) => Bilingual },
  ): Decided {
    const { idempotencyKey, ...input } = wish;
    const name = action === 'ACCEPT' ? 'drift.accept' : 'drift.putBack';
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const reason = wish.reason.trim();
      if (!isReason(reason)) return refuse([reasonMissing()]);
      const row = await this.repository.locked(tx, scope, wish.driftId);
      if (!row) return refuse([unknownDrift()]);
      const stopped = mayDecide(row, action, wish.expectedVersion);
      if (stopped) return refuse([stopped]);
      // To accept what is found changes nothing of what runs.
      const frozen = action === 'PUT_BACK' && !row.opens ? await this.freezes.refused(tx, changeOfDrift(row)) : [];
      if (frozen.length > 0) return refuse(frozen);
      const out = outcome(tx);
      if ('wrong' in out) return refuse([out.wrong]);
      const { summary, values } = out;
      await this.repository.update(tx, row, { ...values, decidedBy: viewer.name, decidedAt: tx.now, reason });
      if (row.resourceId !== null) tx.changed('resource', row.resourceId);
      return ok({
        value: { id: row.id },
        audit: {
          objectType: 'Drift',
          objectId: row.id,
          departmentId: row.departmentId,
          summary: summary(row),
          before: { state: row.state, handling: row.handling, wanted: row.wanted, found: row.found },
          after: { ...values, reason },
        },
      });
    });
  }
}

/**
 * What is put back is changed: a freeze may forbid it, and a leader let it, its machine or its system through. A department's
 * namespace and quota are of no machine and no system: of them the drift itself is let through.
 */
export function changeOfDrift({
  centerId,
  id,
  resourceId,
  systemId,
}: Pick<DriftRow, 'centerId' | 'resourceId' | 'systemId'> & { readonly id?: string }): Change {
  return {
    centerIds: [centerId],
    subjects: [
      ...(id === undefined ? [] : [{ type: 'Drift' as const, id }]),
      ...(resourceId === null ? [] : [{ type: 'Resource' as const, id: resourceId }]),
      ...(systemId === null ? [] : [{ type: 'System' as const, id: systemId }]),
    ],
  };
}
