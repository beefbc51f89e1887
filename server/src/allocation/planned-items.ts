import { unitsOf } from '../cabinets/domain/units.js';
import type { PlaceWish } from '../cabinets/space.types.js';
import type { Refusal } from '../kernel/refusal.js';
import type { PlacementFacts } from './domain/placement-facts.js';
import {
  type ChosenShare,
  type LineWish,
  noRoom,
  type PlannedShare,
  pathOf,
  placedOf,
  type WishedThing,
} from './domain/request-plan.js';
import { type FreeServer, placeServers, type ServerDemand } from './domain/server-placement.js';

type ServerThing = Extract<WishedThing, { kind: 'SERVER' }>;
export type CabinetThing = Extract<WishedThing, { kind: 'CABINET' }>;

/** Where the key of the share stands in the path of a wish, so that what is refused is found again. */
export const SHARE_AT_PATH = 3;

/** The refusal of a place as the line's own. */
export function atItsLine(refusal: Refusal): Refusal {
  return { ...refusal, path: refusal.path.slice(0, SHARE_AT_PATH) };
}

/** One wish for each place of a share. */
export function placeWishes(
  wish: Pick<LineWish, 'index'>,
  thing: CabinetThing,
  share: Pick<ChosenShare, 'centerId' | 'count'>,
  { departmentId, requestId }: { readonly departmentId: string; readonly requestId: string | null },
  key: string,
  more: Partial<PlaceWish> = {},
): PlaceWish[] {
  const { zone, heightHalfUnits, powerW, weightGrams, whole } = thing;
  const choice = { centerId: share.centerId ?? '', zone, ...(whole ? { heightUnits: unitsOf(heightHalfUnits) } : {}) };
  return Array.from({ length: share.count }, () => ({
    where: { among: choice },
    heightHalfUnits,
    powerW,
    weightGrams,
    label: '申请占用',
    kind: 'REQUEST',
    state: 'HELD',
    departmentId,
    subjectId: requestId,
    path: [...pathOf(wish.index), key],
    ...more,
  }));
}

/** Shares of servers, by their key. */
export function serverShares(
  wishes: readonly LineWish[],
  chosen: readonly (readonly ChosenShare[])[],
  { centers }: PlacementFacts,
  free: readonly FreeServer[],
): Map<string, PlannedShare> {
  const asked = serverDemands(wishes, chosen);
  const verdicts = placeServers(
    asked.map((one) => one.demand),
    centers,
    free,
  );
  return new Map(
    asked.map(({ key, line, share, demand }, at) => {
      const verdict = verdicts[at];
      const failed = verdict?.checks.find((check) => !check.passed);
      const refusal: Refusal | null =
        verdict?.shortage && failed
          ? {
              code: 'CAPACITY_SHORTAGE',
              path: pathOf(line),
              message: noRoom(failed),
              criterion: verdict.shortage.criterion,
              centerId: demand.centerId,
              poolId: null,
              meter: 'SERVER',
              requested: verdict.shortage.requested,
              free: verdict.shortage.free,
              short: verdict.shortage.requested - verdict.shortage.free,
            }
          : null;
      const { checks = [], choices = 0 } = verdict ?? {};
      return [key, { ...placedOf(share), feasible: refusal === null, checks, choices, refusal }];
    }),
  );
}

function serverDemands(wishes: readonly LineWish[], chosen: readonly (readonly ChosenShare[])[]) {
  return wishes.flatMap((wish, at) => {
    const { thing } = wish;
    if (thing.kind !== 'SERVER') return [];
    return (chosen[at] ?? []).flatMap((share, n) =>
      share.owed || share.centerId === null
        ? []
        : [{ key: `${wish.index}/${n}`, line: wish.index, share, demand: demandOf(thing, share, share.centerId) }],
    );
  });
}

function demandOf({ kind: _, ...criteria }: ServerThing, share: ChosenShare, centerId: string): ServerDemand {
  return { ...criteria, centerId, count: share.count, share: share.share === 'RECOVERY' ? 'RECOVERY' : 'MAIN' };
}
