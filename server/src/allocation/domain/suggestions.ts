/** Decides what would make a refused line fit, by asking the placement again with one thing changed at a time. */

import { place } from './placement.js';
import type { LineDemand, PlacementFacts } from './placement-facts.js';

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
  /** All that the line asks of pools then, in every center. */
  readonly demands: readonly LineDemand[];
}

/** Of a refused line: changes to try, in the order in which they are told; and how many machines it could be reduced to. */
export interface RefusedLine<T> {
  readonly index: number;
  readonly count: number;
  readonly variations: readonly Variation<T>[];
  readonly fewer: (count: number) => Variation<T>;
}

export interface Suggestion<T> extends Variation<T> {
  readonly index: number;
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
 *
 * @param lines what each line asks of pools, in every center
 */
export function suggest<T>(
  lines: readonly (readonly LineDemand[])[],
  facts: PlacementFacts,
  refused: readonly RefusedLine<T>[],
  wrong: ReadonlySet<number>,
  alsoFits: (index: number, variation: Variation<T>) => boolean = () => true,
): Suggestion<T>[] {
  return refused.slice(0, LINES_HELPED_MAX).flatMap((line) => {
    const { index } = line;
    const helps = (variation: Variation<T>): boolean => {
      const beside = lines.flatMap((own, at) => (at === index ? variation.demands : wrong.has(at) ? [] : own));
      return place(beside, facts, { stepsMax: STEPS_MAX }).feasible && alsoFits(index, variation);
    };
    const found: Suggestion<T>[] = [];
    const count = mostThatHelps(line.count - 1, (n) => helps(line.fewer(n)));
    if (count > 0) found.push({ ...line.fewer(count), index });
    for (const variation of line.variations.slice(0, VARIATIONS_TRIED_MAX)) {
      if (found.length >= SUGGESTIONS_OF_LINE_MAX) break;
      if (!found.some(({ kind }) => kind === variation.kind) && helps(variation)) found.push({ ...variation, index });
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
