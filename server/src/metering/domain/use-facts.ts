/** Decides what a thing has in all from moment to moment when what hangs on it comes and goes beside its own size. */
import { inOrder, type UseFact } from './intervals.js';
import type { Quantities } from './meter-units.js';

/** Something that a thing has for a time beside its size, e.g. an address; half-open, null = still. */
export interface Attachment {
  readonly from: Date;
  readonly to: Date | null;
  readonly quantities: Quantities;
}

/**
 * @param facts its own size, in any order.
 * @returns one fact for each moment at which either changes; with nothing attached the facts as they are.
 */
export function factsWith(facts: readonly UseFact[], attached: readonly Attachment[]): readonly UseFact[] {
  const has = attached.filter(({ from, to }) => to === null || from < to);
  if (has.length === 0 || facts.length === 0) return facts;
  const sizes = inOrder(facts);
  const moments = new Set([
    ...sizes.map(({ at }) => at.getTime()),
    ...has.flatMap(({ from, to }) => (to === null ? [from.getTime()] : [from.getTime(), to.getTime()])),
  ]);
  // What was there before the first of them: its size alone.
  moments.add(Math.min(...moments) - 1);
  return [...moments]
    .toSorted((a, b) => a - b)
    .map((moment) => {
      // Before its size was first written down it had what was written first.
      const size = sizes.findLast(({ at }) => at.getTime() <= moment) ?? sizes[0];
      const here = has.filter(({ from, to }) => from.getTime() <= moment && (to === null || moment < to.getTime()));
      return {
        id: `${moment}`,
        at: new Date(moment),
        quantities: sumOf([size?.quantities ?? {}, ...here.map(({ quantities }) => quantities)]),
      };
    });
}

function sumOf(parts: readonly Quantities[]): Quantities {
  const sum: Record<string, number> = {};
  for (const part of parts)
    for (const [meter, quantity] of Object.entries(part)) sum[meter] = (sum[meter] ?? 0) + quantity;
  return sum;
}

/** What the console counts only since a moment is not counted before it. */
export function countedSince<A extends Pick<Attachment, 'from' | 'to'>>(
  some: readonly A[],
  since: Date | undefined,
): A[] {
  if (since === undefined) return [...some];
  return some.flatMap((one) => {
    if (one.to !== null && one.to <= since) return [];
    return [one.from < since ? { ...one, from: since } : one];
  });
}

export function latestOf(at: Date, since: Date | undefined): Date {
  return since !== undefined && since > at ? since : at;
}
