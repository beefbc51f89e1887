/** Decides which servers and which places in cabinets lines get, with what they say of each other (B9 and K12 of PLACEMENT.md). */
import type { Holder } from '../../cabinets/domain/holder.js';
import type { Whereabouts } from '../../cabinets/domain/nearness.js';
import type { SpaceTrial } from '../../cabinets/domain/space-sight.js';
import type { PlaceWish } from '../../cabinets/domain/wish.js';
import { linesInWrongCenters, type PlaceRelations, placeRelationsOf } from './place-relations.js';
import type { AddressRoom } from './placement-facts.js';
import type { PlanGround } from './plan-lines.js';
import { brokenRelation, type Given, placeWishes, serverDemands, serverShares } from './planned-items.js';
import { cabinetShares } from './planned-places.js';
import { type Option, placeRelated, type RelatedShare } from './related-search.js';
import type { ChosenShare, LineWish, PlannedShare } from './request-plan.js';
import { suitableServers } from './server-placement.js';

type Chosen = readonly (readonly ChosenShare[])[];

/**
 * By the key of the share. Without relations each kind goes by its own rules; where these refuse something, that is what
 * is told. Else lines that are related in cabinet or room take first, and the others what they leave.
 */
export function planThings(
  wishes: readonly LineWish[],
  chosen: Chosen,
  ground: PlanGround,
  left: ReadonlyMap<string, AddressRoom>,
): ReadonlyMap<string, PlannedShare> {
  const { facts, servers } = ground;
  const trial = () => (wishes.some(({ thing }) => thing.kind === 'CABINET') ? (ground.space?.trial() ?? null) : null);
  const apartFromRelations = new Map([
    ...serverShares(wishes, chosen, facts, servers, new Map(left)),
    ...cabinetShares(wishes, chosen, ground, trial()),
  ]);
  const relations = placeRelationsOf(wishes);
  if (relations.size === 0 || [...apartFromRelations.values()].some(({ feasible }) => !feasible))
    return apartFromRelations;
  const wrong = linesInWrongCenters(relations, new Map(wishes.map(({ index }, at) => [index, chosen[at] ?? []])));
  if (wrong.size > 0) return broken(apartFromRelations, wishes, wrong);
  const given = new Map<string, Given>();
  const own = trial();
  for (const shares of relatedByCenter(wishes, chosen, ground, relations, own)) {
    const found = placeRelated(shares, relations);
    if (typeof found === 'string')
      return broken(apartFromRelations, wishes, new Set(shares.map(({ line }) => line)), found === 'GAVE_UP');
    for (const [key, options] of found) given.set(key, { turn: given.size, things: options });
  }
  return new Map([
    ...serverShares(wishes, chosen, facts, servers, new Map(left), given),
    ...cabinetShares(wishes, chosen, ground, own, given),
  ]);
}

function broken(
  planned: ReadonlyMap<string, PlannedShare>,
  wishes: readonly LineWish[],
  lines: ReadonlySet<number>,
  gaveUp = false,
): ReadonlyMap<string, PlannedShare> {
  const criterionOf = new Map(
    wishes.map(({ index, thing }) => [index, thing.kind === 'SERVER' ? 'B9' : 'K12'] as const),
  );
  return new Map(
    [...planned].map(([key, share]) => {
      const line = Number(key.split('/')[0]);
      return [key, lines.has(line) ? brokenRelation(share, criterionOf.get(line) ?? 'K12', line, gaveUp) : share];
    }),
  );
}

/** Centers have nothing in common that could be taken twice, nor a room. */
function relatedByCenter(
  wishes: readonly LineWish[],
  chosen: Chosen,
  ground: PlanGround,
  relations: PlaceRelations,
  trial: SpaceTrial | null,
): RelatedShare[][] {
  const all = [...serversToGive(wishes, chosen, ground), ...placesToGive(wishes, chosen, ground, trial)];
  const centers = [...Map.groupBy(all, ({ centerId }) => centerId)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return centers.flatMap(([, own]) => {
    const here = new Set(own.map(({ line }) => line));
    const related = own.filter(({ line }) =>
      (relations.get(line) ?? []).some(({ index, scope }) => scope !== 'CENTER' && here.has(index)),
    );
    return related.length === 0 ? [] : [related];
  });
}

type ShareToGive = RelatedShare & { readonly centerId: string };

function serversToGive(wishes: readonly LineWish[], chosen: Chosen, { facts, servers }: PlanGround): ShareToGive[] {
  const taken = new Set<string>();
  const known = new Map<string, readonly Option[]>();
  return serverDemands(wishes, chosen).map(({ key, line, demand: { count, ...criteria } }) => {
    // A form of a thousand lines asks for a few classes.
    const alike = JSON.stringify(criteria);
    const all =
      known.get(alike) ??
      suitableServers({ count: 1, ...criteria }, facts.centers, servers, facts.near).flatMap(({ id, at }) =>
        at ? oneServer(taken, id, at) : [],
      );
    known.set(alike, all);
    return {
      ...{ key, line, count, centerId: criteria.centerId, once: true, alike, choices: all.length },
      options: (mayStand) => all.filter(({ id, at }) => !taken.has(id) && mayStand(at)),
    };
  });
}

function oneServer(taken: Set<string>, id: string, at: Whereabouts): Option {
  return { ...{ id, at }, take: () => !taken.has(id) && taken.add(id).has(id), giveBack: () => taken.delete(id) };
}

function placesToGive(
  wishes: readonly LineWish[],
  chosen: Chosen,
  { asker }: PlanGround,
  trial: SpaceTrial | null,
): ShareToGive[] {
  const choices = new Map<string, number>();
  return wishes.flatMap(({ index, thing }, at) =>
    (chosen[at] ?? []).flatMap((share, n): ShareToGive[] => {
      const { centerId, owed, count } = share;
      if (thing.kind !== 'CABINET' || owed || centerId === null || !trial) return [];
      const key = `${index}/${n}`;
      // That its own places stand apart is one of the relations here.
      const wish = placeWishes({ index }, { ...thing, apart: false }, { centerId, count: 1 }, asker, key)[0];
      if (!wish) return [];
      const { where, heightHalfUnits, powerW, weightGrams, whole } = wish;
      const alike = JSON.stringify([where, heightHalfUnits, powerW, weightGrams, whole ?? false]);
      const counted = choices.get(alike) ?? trial.choices(wish);
      choices.set(alike, counted);
      return [
        {
          ...{ key, line: index, count, centerId, once: false, alike, choices: counted },
          options: (mayStand) => placesIn(trial, wish, mayStand),
        },
      ];
    }),
  );
}

/** One cabinet may take several of them. */
function* placesIn(trial: SpaceTrial, wish: PlaceWish, mayStand: (at: Whereabouts) => boolean): Generator<Option> {
  for (const at of trial.fitting(wish, mayStand)) {
    const placed: Holder[] = [];
    yield {
      ...{ id: at.cabinetId, at },
      take: () => {
        const one = trial.place({ ...wish, where: { cabinetId: at.cabinetId, startUnit: null } });
        if (one.ok) placed.push(one.value);
        return one.ok;
      },
      giveBack: () => {
        const last = placed.pop();
        if (last) trial.takeBack(last);
      },
    };
  }
}
