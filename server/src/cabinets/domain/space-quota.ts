/** Decides what a place in a cabinet, and a cabinet that is wholly a department's, take of quotas: U and nameplate power. */
import type { SomeAmounts } from '../../quotas/domain/quota.js';
import type { Cabinet } from './cabinet.js';
import { type Holder, type HolderKind, isLive, OCCUPANT_KINDS } from './holder.js';
import { halfUnitsIn } from './units.js';

/** Servers are counted as servers. */
const KINDS: ReadonlySet<HolderKind> = new Set<HolderKind>([...OCCUPANT_KINDS, 'INTAKE', 'REQUEST']);

type Owned = Pick<Cabinet, 'departmentId' | 'ownerHolderId'>;
export type Taking = Pick<
  Holder,
  'id' | 'departmentId' | 'kind' | 'state' | 'plannedForId' | 'growsHolderId' | 'heightHalfUnits' | 'powerW'
>;

/**
 * null = nothing: the place's own, no longer there, a plan for something that has its place, or in a cabinet that is
 * wholly its department's, which has taken all of it. What a place grows by takes as the place itself does.
 */
export function placeTakes(holder: Taking, cabinet: Owned): SomeAmounts | null {
  const { departmentId, kind, state, plannedForId, growsHolderId } = holder;
  if (departmentId === null || !KINDS.has(kind) || !isLive(state) || plannedForId !== null) return null;
  if (cabinet.departmentId === departmentId && cabinet.ownerHolderId !== (growsHolderId ?? holder.id)) return null;
  return { CABINET_HALF_UNIT: holder.heightHalfUnits, POWER_W: holder.powerW };
}

/**
 * All its units and all the power that may be drawn of it; null = nobody's as a whole, out of the house, or the department's
 * by one place, which has taken what it asked for.
 */
export function cabinetTakes(
  cabinet: Owned & Pick<Cabinet, 'status' | 'heightUnits' | 'powerLimitW'>,
): SomeAmounts | null {
  if (cabinet.departmentId === null || cabinet.status === 'RETIRED' || cabinet.ownerHolderId !== null) return null;
  return { CABINET_HALF_UNIT: halfUnitsIn(cabinet), POWER_W: cabinet.powerLimitW };
}

/** Whether another description of a cabinet changes what it, or what stands in it, takes. */
export function takesOtherwise(before: Parameters<typeof cabinetTakes>[0], after: typeof before): boolean {
  if (before.departmentId !== after.departmentId || before.ownerHolderId !== after.ownerHolderId) return true;
  const [one, other] = [cabinetTakes(before), cabinetTakes(after)];
  return one?.CABINET_HALF_UNIT !== other?.CABINET_HALF_UNIT || one?.POWER_W !== other?.POWER_W;
}
