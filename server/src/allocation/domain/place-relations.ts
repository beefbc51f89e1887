/** Decides what lines of servers and cabinet space say of each other, and whether the centers of their shares allow it (B9 and K12 of PLACEMENT.md). */
import type { PlaceRelation } from './placement-facts.js';
import { centersAgree } from './relations.js';
import type { ChosenShare, LineWish } from './request-plan.js';

/** By a line's index, what it and the others say of the two: said by one, it holds for both. */
export type PlaceRelations = ReadonlyMap<number, readonly PlaceRelation[]>;

export function placeRelationsOf(wishes: readonly LineWish[]): PlaceRelations {
  const found = new Map<number, PlaceRelation[]>();
  const add = (index: number, relation: PlaceRelation): void => {
    found.set(index, [...(found.get(index) ?? []), relation]);
  };
  for (const { index, thing } of wishes) {
    if (thing.kind !== 'SERVER' && thing.kind !== 'CABINET') continue;
    for (const relation of thing.relations ?? []) {
      add(index, relation);
      add(relation.index, { ...relation, index });
    }
  }
  // Its own places stand apart: beside other relations that is one more of them.
  for (const { index, thing } of wishes)
    if (thing.kind === 'CABINET' && thing.apart && found.has(index))
      add(index, { kind: 'APART', index, scope: 'CABINET' });
  return found;
}

/** Lines whose main shares are in centers that break what is said of the two. */
export function linesInWrongCenters(
  relations: PlaceRelations,
  chosen: ReadonlyMap<number, readonly ChosenShare[]>,
): ReadonlySet<number> {
  const centersOf = (line: number): ReadonlySet<string> =>
    new Set(
      (chosen.get(line) ?? []).flatMap(({ share, owed, centerId }) =>
        owed || share === 'RECOVERY' ? [] : (centerId ?? []),
      ),
    );
  const agree = (line: number, relation: PlaceRelation): boolean =>
    line === relation.index || centersAgree(relation, centersOf(line), centersOf(relation.index));
  return new Set(
    [...relations].flatMap(([line, own]) => (own.every((relation) => agree(line, relation)) ? [] : [line])),
  );
}
