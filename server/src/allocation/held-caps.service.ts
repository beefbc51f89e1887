import { Injectable } from '@nestjs/common';
import { takesPromises } from '../facilities/domain/center-life.js';
import type { AnyPoolMeter } from '../facilities/domain/pool-meters.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { Counters } from '../platform/counters/counters.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { AllocationRepository } from './allocation.repository.js';
import type { Claim } from './domain/claim.js';
import { beyondHeldCap, type HeldAmounts, type HeldRow, heldCap, heldOf, heldRows } from './domain/held-cap.js';
import type { StandingFacts } from './placing.service.js';

interface Holder {
  readonly requestId: string | null;
  readonly departmentId: string;
}

/** Sees to it that no department blocks pools by holds alone: what it holds at once is capped (P22). */
@Injectable()
export class HeldCaps {
  constructor(
    private readonly repository: AllocationRepository,
    private readonly counters: Counters,
    private readonly quotas: QuotasService,
  ) {}

  /** Before the unit of work: what pools promise hardly changes. `sharePercent` is the rule in force; null = not capped. */
  async cap({ centers, pools }: StandingFacts, sharePercent: number): Promise<HeldAmounts | null> {
    const open = new Set(centers.filter(({ life }) => takesPromises(life)).map(({ centerId }) => centerId));
    const poolIds = pools.filter(({ centerId }) => open.has(centerId)).map(({ poolId }) => poolId);
    const totals = { VCPU: 0, MEMORY_MIB: 0, STORAGE_GIB: 0 };
    for (const { meter, limit } of await this.counters.read<AnyPoolMeter>('POOL', poolIds)) {
      if (meter === 'VCPU' || meter === 'MEMORY_MIB') totals[meter] += limit;
      else if (meter.startsWith('STORAGE_GIB_')) totals.STORAGE_GIB += limit;
    }
    return heldCap(totals, sharePercent);
  }

  /** As it stands now; nothing is taken. `before` = what the request holds already. */
  async fit(
    cap: HeldAmounts | null,
    holder: Holder,
    asked: SomeAmounts,
    before: readonly Claim[],
  ): Promise<readonly HeldRow[]> {
    if (cap === null) return [];
    const others = await this.repository.heldByOthers(holder);
    return heldRows({ cap, others, own: heldOf(before) }, asked);
  }

  /**
   * The same inside the unit of work, after its claims were written and before counters are moved. From here to commit no
   * other hold of the department is judged; READ COMMITTED then sees every one that came before. What is granted or given
   * back needs no turn: it only makes room.
   */
  async check(
    tx: Tx,
    cap: HeldAmounts | null,
    holder: Holder,
    taken: readonly Claim[],
    before: readonly Claim[],
  ): Promise<Result<void, readonly Refusal[]>> {
    if (cap === null || taken.length === 0) return ok(undefined);
    await this.quotas.takeTurn(tx, holder.departmentId);
    const others = await this.repository.heldByOthers(holder, tx);
    const beyond = beyondHeldCap(heldRows({ cap, others, own: heldOf(before) }, heldOf(taken)));
    return beyond.length > 0 ? refuse(beyond) : ok(undefined);
  }
}
