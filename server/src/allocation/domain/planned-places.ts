/** Decides which places in cabinets the shares of lines get, on one try of the cabinets as they were seen. */
import type { Whereabouts } from '../../cabinets/domain/nearness.js';
import type { SpaceTrial } from '../../cabinets/domain/space-sight.js';
import type { PlaceWish } from '../../cabinets/domain/wish.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result } from '../../kernel/result.js';
import { closedCenter, nearnessOf, spaceChecks } from './cabinet-placement.js';
import type { PlanGround } from './plan-lines.js';
import { atItsLine, cabinetsOf, type GivenPlaces, placeWishes, relatedCheck } from './planned-items.js';
import { type ChosenShare, checkRefusal, type LineWish, type PlannedShare, pathOf, placedOf } from './request-plan.js';

/** Shares of space, by their key: one try takes them all, in their order. What was given is in the trial already. */
export function cabinetShares(
  wishes: readonly LineWish[],
  chosen: readonly (readonly ChosenShare[])[],
  { facts, asker }: Pick<PlanGround, 'facts' | 'asker'>,
  trial: SpaceTrial | null,
  given: GivenPlaces = new Map(),
): Map<string, PlannedShare> {
  const planned = new Map<string, PlannedShare>();
  for (const [at, wish] of wishes.entries())
    for (const [n, share] of (chosen[at] ?? []).entries()) {
      const { thing } = wish;
      if (thing.kind !== 'CABINET' || share.owed || share.centerId === null || !trial) continue;
      const key = `${wish.index}/${n}`;
      const center = closedCenter(share.centerId, share.share === 'RECOVERY' ? 'RECOVERY' : 'MAIN', facts.centers);
      if (!center.passed) {
        const failed = center.checks.at(-1);
        const refusal = failed ? checkRefusal(failed, pathOf(wish.index)) : null;
        planned.set(key, { ...placedOf(share), feasible: false, checks: center.checks, refusal });
        continue;
      }
      const own = given.get(key);
      const tried = own
        ? ok(own.things.map(({ at: standing }) => standing))
        : tryAll(placeWishes(wish, thing, share, asker, key), trial);
      const refusals = tried.ok ? [] : tried.error;
      const [first] = refusals;
      planned.set(key, {
        ...placedOf(share),
        feasible: first === undefined,
        checks: [
          ...center.checks,
          ...spaceChecks(refusals, thing.apart),
          ...relatedCheck('K12', own),
          ...(tried.ok ? nearnessOf(tried.value, asker.near) : []),
        ],
        ...cabinetsOf(own),
        refusal: first ? atItsLine(first) : null,
      });
    }
  return planned;
}

/** Places of a share are alike: once one is refused the share is, and the rest would only say it again. */
function tryAll(wishes: readonly PlaceWish[], trial: SpaceTrial): Result<readonly Whereabouts[], readonly Refusal[]> {
  const standing: Whereabouts[] = [];
  for (const wish of wishes) {
    const placed = trial.place(wish);
    if (!placed.ok) return placed;
    standing.push(trial.whereabouts(placed.value));
  }
  return ok(standing);
}
