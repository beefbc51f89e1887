/** Decides what would make a refused line fit, by asking the placement again with one thing changed at a time. */

import { place } from './placement.js';
import type { LineDemand, Placement, PlacementFacts } from './placement-facts.js';

export const SUGGESTION_KINDS = [
  'OTHER_CENTER',
  'OTHER_TIER',
  'SMALLER_DISK',
  'BIGGER_DISK',
  'OTHER_IMAGE',
  'SMALLER_OFFER',
  'OTHER_ARCHITECTURE',
  'FEWER_MACHINES',
  'WITHOUT_RELATIONS',
  'OTHER_ZONE',
] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** One thing changed of a line; `T` is what its owner needs to apply it. */
export interface Variation<T> {
  readonly kind: SuggestionKind;
  readonly change: T;
  readonly demand: LineDemand;
}

/** Of a refused line: changes to try, in the order in which they are told; and how many machines it could be reduced to. */
export interface RefusedLine<T> {
  /** Position among the demands. */
  readonly position: number;
  readonly variations: readonly Variation<T>[];
  readonly fewer: (count: number) => Variation<T>;
}

export interface Suggestion<T> extends Variation<T> {
  readonly position: number;
}

/** More are no help to read. */
export const SUGGESTIONS_OF_LINE_MAX = 4;
/** Each is a placement of its own: a form that is typed into asks them several times a minute. */
export const VARIATIONS_TRIED_MAX = 16;
/** Of a request with more refused lines, the first are helped; the others are told after those. */
export const LINES_HELPED_MAX = 5;
/** A hint need not be found where finding it is dear. */
const STEPS_MAX = 2_000;

/**
 * A change helps if the line then fits beside all lines that are not refused. Where it is the only one refused, the whole
 * request fits. `alsoFits` asks what placement does not know (quotas).
 */
export function suggest<T>(
  demands: readonly LineDemand[],
  verdict: Placement,
  facts: PlacementFacts,
  refused: readonly RefusedLine<T>[],
  alsoFits: (demands: readonly LineDemand[]) => boolean = () => true,
): Suggestion<T>[] {
  const wrong = new Set(verdict.lines.flatMap((line, position) => (line.feasible ? [] : [position])));
  return refused.slice(0, LINES_HELPED_MAX).flatMap(({ position, variations, fewer }) => {
    const helps = (demand: LineDemand): boolean => {
      const beside = demands.flatMap((other, at) => (at === position ? [demand] : wrong.has(at) ? [] : [other]));
      return place(beside, facts, { stepsMax: STEPS_MAX }).feasible && alsoFits(beside);
    };
    const found: Suggestion<T>[] = [];
    const count = mostThatHelps((demands[position]?.count ?? 1) - 1, (n) => helps(fewer(n).demand));
    if (count > 0) found.push({ ...fewer(count), position });
    for (const variation of variations.slice(0, VARIATIONS_TRIED_MAX)) {
      if (found.length >= SUGGESTIONS_OF_LINE_MAX) break;
      if (helps(variation.demand) && !found.some(({ kind }) => kind === variation.kind))
        found.push({ ...variation, position });
    }
    return found.toSorted((a, b) => SUGGESTION_KINDS.indexOf(a.kind) - SUGGESTION_KINDS.indexOf(b.kind));
  });
}

/** Fewer always helps where more does; 0 = not even one. */
function mostThatHelps(most: number, helps: (count: number) => boolean): number {
  let [fits, misfits] = [0, most + 1];
  while (misfits - fits > 1) {
    const middle = Math.floor((fits + misfits) / 2);
    if (helps(middle)) fits = middle;
    else misfits = middle;
  }
  return fits;
}
