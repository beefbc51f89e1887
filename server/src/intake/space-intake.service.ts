import { Injectable } from '@nestjs/common';
import { SpaceService } from '../cabinets/space.service.js';
import type { PlaceWish } from '../cabinets/space.types.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { usageFrom } from './domain/intake-item.js';
import type { Became, ItemOf } from './intake.types.js';

/** Where a department's own devices stand: occupied, drawing and weighing what they do. */
@Injectable()
export class SpaceIntake {
  constructor(private readonly space: SpaceService) {}

  async takeIn(
    tx: Tx,
    items: readonly ItemOf<'SPACE'>[],
  ): Promise<Result<(Became & { readonly wholly: boolean })[], readonly Refusal[]>> {
    if (items.length === 0) return ok([]);
    const placed = await this.space.placeAll(tx, items.map(wishOf));
    if (!placed.ok) return placed;
    return ok(
      placed.value.map(({ holderId, wholly }, at) => ({ itemId: items[at]?.id as string, becameId: holderId, wholly })),
    );
  }

  /** What would stand in the way now. */
  async objections(tx: Tx, items: readonly ItemOf<'SPACE'>[]): Promise<readonly Refusal[]> {
    return items.length === 0 ? [] : this.space.objections(tx, items.map(wishOf));
  }
}

function wishOf({ content, ...item }: ItemOf<'SPACE'>): PlaceWish {
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
