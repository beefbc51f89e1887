import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { ItemRecord } from '../allocation/item-record.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import type { RequestRow } from './requests.types.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** Whether the last signature may begin to build: during a freeze of a center that the request touches, it may not. */
@Injectable()
export class FrozenGrants {
  constructor(
    private readonly gate: FreezeGate,
    private readonly allocation: AllocationService,
    private readonly items: ItemRecord,
    private readonly changes: RequestChangesRepository,
    private readonly itemChanges: RequestItemChangesRepository,
    private readonly facilities: FacilitiesService,
  ) {}

  /** The refusal, or what the grant gives. */
  async or<T>(tx: Tx, request: RequestRow, grant: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const frozen = await this.refused(tx, request);
    return frozen.length > 0 ? refuse(frozen) : grant();
  }

  private async refused(tx: Tx, request: RequestRow): Promise<Refusal[]> {
    const { id, systemId } = request;
    const centerIds = await this.centersOf(tx, request);
    return this.gate.refused(tx, {
      // What stands in no center that is known, such as a service, may be anywhere.
      centerIds: centerIds.length === 0 ? null : centerIds,
      subjects: [
        { type: 'Request', id },
        { type: 'System', id: systemId },
      ],
    });
  }

  /** Where it holds something new, and where what it changes or gives back stands. */
  private async centersOf(tx: Tx, { id, nature }: RequestRow): Promise<string[]> {
    const isChange = nature === 'CHANGE';
    const held = await this.allocation.heldOf(id, tx);
    const changed = isChange ? await this.changes.ofRequest(id, tx) : [];
    const changedItems = isChange ? await this.itemChanges.ofRequests([id], tx) : [];
    const standing = await this.allocation.claimsOf(
      tx,
      changed.map(({ claimId }) => claimId),
    );
    const poolIds = [...new Set([...held, ...standing].map(({ poolId }) => poolId))];
    const pools = await this.facilities.poolsWithin(tx, poolIds);
    const items = [
      ...(await this.items.of(id, ['HELD'], tx)),
      ...(await this.items.liveOf(
        tx,
        changedItems.map(({ subjectId }) => subjectId),
      )),
    ];
    return [...new Set([...pools.map((pool) => pool?.centerId), ...items.map(({ centerId }) => centerId)])].flatMap(
      (centerId) => centerId ?? [],
    );
  }
}
