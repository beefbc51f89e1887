import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { RequestRow } from './requests.types.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** Whether the last signature may begin to build: during a freeze of a center that the request stands in, it may not. */
@Injectable()
export class FrozenGrants {
  constructor(
    private readonly gate: FreezeGate,
    private readonly allocation: AllocationService,
    private readonly facilities: FacilitiesService,
  ) {}

  /** The refusal, or what the grant gives. */
  async or<T>(tx: Tx, request: RequestRow, grant: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const frozen = await this.refused(tx, request);
    return frozen.length > 0 ? refuse(frozen) : grant();
  }

  private async refused(tx: Tx, { id, nature, systemId }: RequestRow): Promise<Refusal[]> {
    const held = await this.allocation.heldOf(id, tx);
    const pools = await this.facilities.poolsWithin(tx, [...new Set(held.map(({ poolId }) => poolId))]);
    const centerIds = [...new Set(pools.flatMap((pool) => pool?.centerId ?? []))];
    return this.gate.refused(tx, {
      // What only changes or gives back may hold nothing, and touch machines anywhere.
      centerIds: nature === 'CHANGE' || centerIds.length === 0 ? null : centerIds,
      subjects: [
        { type: 'Request', id },
        { type: 'System', id: systemId },
      ],
    });
  }
}
