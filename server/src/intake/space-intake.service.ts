import { Injectable } from '@nestjs/common';
import { SpaceService } from '../cabinets/space.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import type { Became, ItemOf } from './intake.types.js';
import { placeWishOf } from './place-wish.js';

/** Where a department's own devices stand: occupied, drawing and weighing what they do. */
@Injectable()
export class SpaceIntake {
  constructor(private readonly space: SpaceService) {}

  /** Each with what it takes of quotas, as it is placed. */
  async takeIn(
    tx: Tx,
    items: readonly ItemOf<'SPACE'>[],
  ): Promise<Result<(Became & { readonly takes: SomeAmounts | null })[], readonly Refusal[]>> {
    if (items.length === 0) return ok([]);
    const placed = await this.space.placeAll(tx, items.map(placeWishOf));
    if (!placed.ok) return placed;
    return ok(
      placed.value.map(({ holderId, takes }, at) => ({ itemId: items[at]?.id as string, becameId: holderId, takes })),
    );
  }

  /** What would stand in the way now. */
  async objections(tx: Tx, items: readonly ItemOf<'SPACE'>[]): Promise<readonly Refusal[]> {
    return items.length === 0 ? [] : this.space.objections(tx, items.map(placeWishOf));
  }
}
