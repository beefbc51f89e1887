import type { AuditFact } from '../audit/audit.types.js';
import type { Bilingual } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Face, Holder, OccupantKind } from './domain/holder.js';
import { invalid } from './domain/refusals.js';
import { toHalfUnits } from './domain/units.js';
import type { PlaceWish } from './space.types.js';

export interface OccupantWish {
  readonly cabinetId: string;
  readonly startUnit: number | null;
  readonly heightUnits: number;
  readonly face: Face;
  readonly kind: OccupantKind;
  readonly label: string;
  readonly departmentId: string | null;
  readonly powerW: number;
  readonly weightGrams: number;
}

export interface BlockWish {
  readonly cabinetId: string;
  readonly startUnit: number;
  readonly heightUnits: number;
  readonly face: Face;
  readonly reason: string;
}

export interface HolderWish {
  readonly holderId: string;
  readonly expectedVersion: number;
}

/** As wide as the label's column; a reason may be longer. */
export const LABEL_OF_BLOCK_MAX = 100;

export function placeWish(
  asked: Omit<OccupantWish, 'kind'> & Pick<PlaceWish, 'kind'>,
  more: Pick<PlaceWish, 'state'> & Partial<PlaceWish>,
  summary: Bilingual,
): Result<{ readonly wish: PlaceWish; readonly summary: Bilingual }, readonly Refusal[]> {
  const heightHalfUnits = toHalfUnits(asked.heightUnits);
  if (heightHalfUnits === undefined)
    return refuse([
      invalid(['heightUnits'], 'halfUnits', '高度须为半U的整数倍', 'A height is a multiple of half a unit'),
    ]);
  const { cabinetId, startUnit, heightUnits: _, ...facts } = asked;
  return ok({ wish: { ...facts, ...more, heightHalfUnits, where: { cabinetId, startUnit } }, summary });
}

export function traceOf({ id, label, cabinetId, startHalfUnit, heightHalfUnits, face, state }: Holder) {
  return { id, label, cabinetId, startHalfUnit, heightHalfUnits, face, state };
}

export function factOf(holder: Holder, summary: Bilingual): AuditFact {
  return {
    objectType: 'Cabinet',
    objectId: holder.cabinetId,
    departmentId: holder.departmentId,
    summary,
    after: traceOf(holder),
  };
}
