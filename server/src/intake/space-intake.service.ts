import { Injectable } from '@nestjs/common';
import { SpaceService } from '../cabinets/space.service.js';
import type { NamedPlaceWish } from '../cabinets/space.types.js';
import { SpaceQuotas } from '../cabinets/space-quotas.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import { usageFrom } from './domain/intake-item.js';
import type { PlaceTakes } from './domain/intake-quota.js';
import type { Became, ItemOf } from './intake.types.js';

/** Where a department's own devices stand: occupied, drawing and weighing what they do. */
@Injectable()
export class SpaceIntake {
  constructor(
    private readonly space: SpaceService,
    private readonly quotas: SpaceQuotas,
  ) {}

  /** `takes` = what they take of quotas, read from their cabinets under lock. */
  async takeIn(
    tx: Tx,
    items: readonly ItemOf<'SPACE'>[],
  ): Promise<Result<{ readonly became: Became[]; readonly takes: PlaceTakes }, readonly Refusal[]>> {
    if (items.length === 0) return ok({ became: [], takes: new Map() });
    const placed = await this.space.placeAll(tx, items.map(wishOf));
    if (!placed.ok) return placed;
    const became = placed.value.map(({ holderId }, at) => ({ itemId: items[at]?.id as string, becameId: holderId }));
    return ok({
      became,
      takes: takesOf(
        items,
        placed.value.map(({ takes }) => takes),
      ),
    });
  }

  /** The same as things are now, before they are placed. */
  async takes(tx: Tx, items: readonly ItemOf<'SPACE'>[]): Promise<PlaceTakes> {
    return items.length === 0 ? new Map() : takesOf(items, await this.quotas.takesOf(tx, items.map(wishOf)));
  }

  /** What would stand in the way now. */
  async objections(tx: Tx, items: readonly ItemOf<'SPACE'>[]): Promise<readonly Refusal[]> {
    return items.length === 0 ? [] : this.space.objections(tx, items.map(wishOf));
  }
}

function takesOf(items: readonly ItemOf<'SPACE'>[], takes: readonly (SomeAmounts | null)[]): PlaceTakes {
  return new Map(takes.flatMap((amounts, at) => (amounts ? [[items[at]?.id as string, amounts] as const] : [])));
}

function wishOf({ content, ...item }: ItemOf<'SPACE'>): NamedPlaceWish {
  return {
    where: { cabinetId: content.cabinetId, startUnit: content.startUnit },
    heightHalfUnits: content.heightHalfUnits,
    face: content.face,
    powerW: content.powerW,
    weightGrams: content.weightGrams,
    label: item.name,
    kind: 'INTAKE',
    state: 'OCCUPIED',
    departmentId: item.departmentId,
    subjectId: item.id,
    usedSince: usageFrom(item.startedOn),
    sourcePlatform: item.sourcePlatform,
    path: ['items', String(item.position)],
  };
}
