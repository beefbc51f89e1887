import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import { placeTakes } from './domain/space-quota.js';
import type { PlaceWish } from './space.types.js';
import { SpaceOwnersRepository } from './space-owners.repository.js';

/** For features above: what places would take of quotas if they were taken now. */
@Injectable()
export class PlaceTakings {
  constructor(private readonly repository: SpaceOwnersRepository) {}

  /** In the order of the wishes, each of a named cabinet; null = nothing, e.g. in a cabinet that is wholly its department's. */
  async of(wishes: readonly PlaceWish[], tx?: Tx): Promise<(SomeAmounts | null)[]> {
    const ids = wishes.map(({ where }) => ('among' in where ? '' : where.cabinetId));
    const owners = await this.repository.departmentsOf(ids, tx);
    return wishes.map(({ departmentId = null, kind, state, heightHalfUnits, powerW }, at) =>
      placeTakes(
        { id: '', departmentId, kind, state, heightHalfUnits, powerW, plannedForId: null, growsHolderId: null },
        { departmentId: owners.get(ids[at] as string) ?? null, ownerHolderId: null },
      ),
    );
  }
}
