import type { PlaceWish } from '../cabinets/space.types.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import type { CpuMaker } from '../servers/domain/processor.js';
import type { ShareName } from './domain/dr-shares.js';
import type { PlannedShare, WishedThing } from './domain/request-plan.js';
import type { ItemClaim, ItemKind } from './item-record.service.js';

export function placesOf(claims: readonly ItemClaim[]): string[] {
  return claims.flatMap((claim) => (claim.kind === 'CABINET' ? [claim.subjectId] : []));
}

/** Twins stand in none of these. */
export function exceptFor(wish: PlaceWish, cabinetIds: readonly string[]): PlaceWish {
  if (cabinetIds.length === 0 || !('among' in wish.where)) return wish;
  return { ...wish, where: { among: { ...wish.where.among, except: cabinetIds } } };
}

/** The cabinet that the plan chose for it beside other lines; undefined = any that its choice allows. */
export function inItsCabinet(wish: PlaceWish, cabinetId: string | undefined): PlaceWish {
  if (cabinetId === undefined) return wish;
  const { apart: _, ...place } = wish;
  return { ...place, where: { cabinetId, startUnit: null } };
}

export function isInPlan({ share }: { readonly share: PlannedShare }): boolean {
  return share.cabinetIds !== undefined;
}

export interface Taken {
  readonly lineId: string;
  readonly kind: ItemKind;
  readonly share: ShareName;
  readonly centerId: string | null;
  readonly subjectId: string;
  /** null = nothing, as in a cabinet that is wholly its department's. */
  readonly takes: SomeAmounts | null;
  /** Draws no quota: its department pays for it. */
  readonly beyondQuota?: boolean;
}

/** Of each line and share the last so many draw no quota; what grows is as what it belongs to. */
export function withBeyond(
  taken: readonly Taken[],
  beyondOf: ReadonlyMap<string, ReadonlyMap<ShareName, number>>,
): Taken[] {
  const left = new Map<string, number>();
  return taken
    .toReversed()
    .map((one): Taken => {
      const key = `${one.lineId} ${one.share}`;
      const rest = left.get(key) ?? beyondOf.get(one.lineId)?.get(one.share) ?? 0;
      left.set(key, Math.max(0, rest - 1));
      return rest > 0 ? { ...one, beyondQuota: true } : one;
    })
    .toReversed();
}

export const NOWHERE = { share: 'MAIN', centerId: null } as const;

export type HeldShare = PlannedShare & { readonly centerId: string };

export function isHeld(share: PlannedShare): share is HeldShare {
  return !share.owed && share.centerId !== null;
}

export function criteriaOf({ cores, cpuMaker, ...thing }: Extract<WishedThing, { kind: 'SERVER' }>, centerId: string) {
  const { architecture, memoryMib, accelerator } = thing;
  return {
    centerId,
    architecture,
    cpuMaker: cpuMaker as CpuMaker,
    coresMin: cores,
    memoryMibMin: memoryMib,
    accelerator,
  };
}
