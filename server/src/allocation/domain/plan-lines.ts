/** Decides where every share of every line goes, whatever its kind, on one look at the place: preview, submit and the simulator ask here. */

import type { Near } from '../../cabinets/domain/nearness.js';
import type { SpaceSight } from '../../cabinets/domain/space-sight.js';
import { unitsOf } from '../../cabinets/domain/units.js';
import type { CabinetChoice, PlaceWish } from '../../cabinets/domain/wish.js';
import type { ShareWish } from './dr-shares.js';
import { place } from './placement.js';
import type { LineVerdict, PlacementFacts } from './placement-facts.js';
import { addressesLeft, placeWishes } from './planned-items.js';
import { planThings } from './planned-things.js';
import {
  type ChosenShare,
  centerOrder,
  demandsOf,
  hasShares,
  isOpen,
  isOpenLine,
  type LineWish,
  lineOf,
  lineWithoutCenters,
  owedShare,
  type PlannedLine,
  type PlannedShare,
  pathOf,
  type RequestPlan,
  type SharedDemand,
  shareOf,
} from './request-plan.js';
import type { FreeServer } from './server-placement.js';
import { nearestFirst, onlyIn, openLines, saidTogether } from './together.js';

/** What one look at the place found; every trial is planned on it. */
export interface PlanGround {
  readonly facts: PlacementFacts;
  readonly servers: readonly FreeServer[];
  /** null = no line asks for space. */
  readonly space: SpaceSight | null;
  readonly asker: {
    readonly requestId: string | null;
    readonly departmentId: string | null;
    /** Where its system stands already. */
    readonly near?: Near;
  };
}

/** Beyond, what finds no center as a whole is not tried line by line: each trial plans all of it. */
const TRIED_LINE_BY_LINE_MAX = 20;
/** Of more lines than that only what the first center refuses is tried elsewhere, and so few: each trial plans a long form. */
const TRIED_OF_MANY_MAX = 4;

export function planLines(wishes: readonly LineWish[], ground: PlanGround): RequestPlan {
  const { facts } = ground;
  const together = openLines(wishes);
  const candidates = centerOrder(wishes, openCenters(wishes), facts.pools);
  if (together.length > 1)
    for (const centerId of nearestFirst(candidates, facts.ownMachines)) {
      const plan = planIn(wishes, () => centerId, ground, centerId);
      if (plan.feasible) return saidTogether(plan, together, facts.centers);
    }
  const open = wishes.filter(isOpenLine).map((wish) => wish.index);
  const inCenters = (centerOf: CenterOf) => planIn(wishes, centerOf, ground);
  const plan = open.length === 0 ? inCenters(() => null) : bestOf(open, candidates, inCenters);
  return saidTogether(plan, together, facts.centers);
}

/** The cabinets that the lines may go to. */
export function choicesOf(wishes: readonly LineWish[]): CabinetChoice[] {
  return wishes.flatMap(({ thing, shares }) =>
    thing.kind !== 'CABINET' || !Array.isArray(shares)
      ? []
      : (shares as readonly ShareWish[]).flatMap(({ centerIds }) =>
          centerIds.map((centerId) => ({
            centerId,
            zone: thing.zone,
            ...(thing.whole ? { heightUnits: unitsOf(thing.heightHalfUnits) } : {}),
          })),
        ),
  );
}

/** The places that a planned line of space takes. */
export function placesTaken(wish: LineWish, planned: PlannedLine, asker: PlanGround['asker']): PlaceWish[] {
  const { thing } = wish;
  if (thing.kind !== 'CABINET') return [];
  return planned.shares.flatMap((share) =>
    share.owed || share.centerId === null ? [] : placeWishes(wish, thing, share, asker, ''),
  );
}

type CenterOf = (line: number) => string | null;

/** D2: all lines without a center together where that fits; else line by line; else as the first center refuses it. */
function bestOf(
  open: readonly number[],
  candidates: readonly string[],
  inCenters: (centerOf: CenterOf) => RequestPlan,
): RequestPlan {
  let refused: RequestPlan | undefined;
  for (const centerId of candidates) {
    const plan = inCenters(() => centerId);
    if (plan.feasible) return plan;
    refused ??= plan;
  }
  const [firstCenter] = candidates;
  if (!refused || firstCenter === undefined) throw new Error('a line without a center has candidates');
  if (open.length === 1) return refused;
  const few = open.length <= TRIED_LINE_BY_LINE_MAX;
  const tried = few ? open : open.filter((line) => refused?.lines[line]?.feasible === false);
  if (!few && tried.length > TRIED_OF_MANY_MAX) return refused;
  const chosen = new Map(open.map((line) => [line, firstCenter]));
  for (const line of tried)
    for (const centerId of candidates) {
      const plan = inCenters((other) => (other === line ? centerId : (chosen.get(other) ?? null)));
      if (plan.feasible) return plan;
      if (plan.lines[line]?.feasible) {
        chosen.set(line, centerId);
        break;
      }
    }
  return refused;
}

function planIn(
  wishes: readonly LineWish[],
  centerOf: CenterOf,
  ground: PlanGround,
  /** The only one for lines that name none. */
  centerId: string | null = null,
): RequestPlan {
  const { facts } = ground;
  const chosen = wishes.map((wish) =>
    hasShares(wish)
      ? wish.shares
          .map((share) => choose(share, centerOf(wish.index)))
          .map((share) => (centerId === null ? share : onlyIn(share, centerId)))
      : [],
  );
  const demands: SharedDemand[] = [];
  for (const [at, wish] of wishes.entries()) demands.push(...demandsOf(wish, chosen[at] as ChosenShare[]));
  const placement = place(
    demands.map((one) => one.demand),
    facts,
  );
  const verdicts = Map.groupBy(
    demands.map((one, at) => ({ ...one, verdict: placement.lines[at] as LineVerdict })),
    (one) => `${one.line}/${one.share}`,
  );
  const things = planThings(wishes, chosen, ground, addressesLeft(facts, demands, placement));
  const lines = wishes.map((wish, at): PlannedLine => {
    if (!hasShares(wish)) return lineWithoutCenters(wish.index, wish.shares as never);
    const shares = (chosen[at] as ChosenShare[]).map((share, n): PlannedShare => {
      const key = `${wish.index}/${n}`;
      if (share.owed) return owedShare(share);
      const thing = things.get(key);
      if (thing) return thing;
      return withAddresses(shareOf(share, verdicts.get(key) ?? [], pathOf(wish.index)), wish, facts);
    });
    return lineOf(wish.index, shares);
  });
  return { feasible: lines.every((line) => line.feasible), lines };
}

/** Data alone answers nowhere, and a zone that keeps no network gives no address. */
function withAddresses(share: PlannedShare, { thing }: LineWish, { addressRooms = [] }: PlacementFacts): PlannedShare {
  const { centerId, standing } = share;
  if (thing.kind !== 'VM' || centerId === null || standing === 'DATA') return share;
  const keeps = addressRooms.some((room) => room.centerId === centerId && room.zone === thing.zone);
  return keeps ? { ...share, addresses: share.count } : share;
}

/** Centers that any line without one may go to. */
function openCenters(wishes: readonly LineWish[]): string[] {
  const open = wishes.filter(hasShares).flatMap((wish) => wish.shares.filter(isOpen));
  return [...new Set(open.flatMap(({ centerIds }) => centerIds))];
}

function choose(share: ShareWish, preferred: string | null): ChosenShare {
  const wanted = share.share === 'MAIN' && preferred !== null && share.centerIds.includes(preferred);
  return { ...share, centerId: wanted ? preferred : (share.centerIds[0] ?? null) };
}
