import { Injectable } from '@nestjs/common';
import { SpaceGrowth } from '../cabinets/space-growth.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { growWishOf, isGrowing } from './domain/grown-space.js';
import { atItsLine } from './domain/planned-items.js';
import type { ItemLine, ItemsFor } from './item-claims.service.js';
import type { Taken } from './taken-items.js';

/** Takes what places that are there get more: each is kept as room of its own until the change is done. */
@Injectable()
export class GrownPlaces {
  constructor(private readonly growth: SpaceGrowth) {}

  /** All of it or a refusal, on which the caller rolls back. */
  async take(tx: Tx, asker: ItemsFor, lines: readonly ItemLine[]): Promise<Result<Taken[], readonly Refusal[]>> {
    const growing = lines.flatMap(({ lineId, name, resized = [], grownBeyond }) =>
      resized
        .filter(isGrowing)
        .map((place) => ({ lineId, name, place, beyondQuota: grownBeyond?.has(place.holderId) === true })),
    );
    const kept = await this.growth.hold(
      tx,
      growing.map(({ name, place }) => ({
        ...growWishOf(place),
        ...{ label: `${asker.requestCode} ${name}`, subjectId: asker.requestId, heldUntil: asker.expiresAt },
      })),
    );
    if (!kept.ok) return refuse(kept.error.map(atItsLine));
    return ok(
      kept.value.flatMap(({ holderId, growsHolderId, takes }): Taken[] => {
        const one = growing.find(({ place }) => place.holderId === growsHolderId);
        if (!one) return [];
        const { share, centerId } = one.place;
        const { lineId, beyondQuota } = one;
        return [{ lineId, kind: 'CABINET', subjectId: holderId, takes, share, centerId, beyondQuota }];
      }),
    );
  }
}
