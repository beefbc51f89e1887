/** Decides what was measured of a drill from the moments that were taken: the whole time, its shares, and the data that would be lost. */
import { DRILL_MARKS, type DrillMark } from './drill-items.js';

export type MarkTimes = { readonly [M in DrillMark]?: Date };

/** Seconds; null = a moment is missing, so that nobody knows. */
export interface Measured {
  readonly rtoSeconds: number | null;
  /** T0 to T1. */
  readonly detectionSeconds: number | null;
  /** T1 to T3. */
  readonly decisionSeconds: number | null;
  /** T3 to T7. */
  readonly executionSeconds: number | null;
  readonly rpoSeconds: number | null;
}

function between(from: Date | undefined, to: Date | undefined): number | null {
  return from && to ? Math.ceil((to.getTime() - from.getTime()) / 1_000) : null;
}

/**
 * What would be lost is measured where the data was brought back (T5): of a drill that was broken off before, nobody knows it.
 * @param dataPoint of when the oldest of the data was that was brought back; null = nothing tells it; undefined = there is no
 * data to bring back.
 */
export function measuredOf(marks: MarkTimes, dataPoint: Date | null | undefined): Measured {
  const known = dataPoint === undefined ? 0 : dataPoint === null ? null : between(dataPoint, marks.T0);
  const rpo = marks.T5 === undefined ? null : known;
  return {
    rtoSeconds: between(marks.T0, marks.T7),
    detectionSeconds: between(marks.T0, marks.T1),
    decisionSeconds: between(marks.T1, marks.T3),
    executionSeconds: between(marks.T3, marks.T7),
    // Data that is newer than the beginning: nothing of what was there at T0 is lost.
    rpoSeconds: rpo === null ? null : Math.max(0, rpo),
  };
}

/** Moments only go forward; a mark that was taken is never taken anew. */
export function isNext(marks: MarkTimes, mark: DrillMark, at: Date): boolean {
  if (marks[mark] !== undefined) return false;
  const later = DRILL_MARKS.slice(DRILL_MARKS.indexOf(mark) + 1);
  const earlier = DRILL_MARKS.slice(0, DRILL_MARKS.indexOf(mark));
  return (
    later.every((one) => marks[one] === undefined) &&
    earlier.every((one) => (marks[one]?.getTime() ?? Number.NEGATIVE_INFINITY) <= at.getTime())
  );
}

export interface TierAge {
  /** STATELESS tiers carry nothing that could be lost. */
  readonly hasData: boolean;
  /** When the copy was last as its writer; null = nobody knows. */
  readonly dataAt: Date | null;
}

/** Of the oldest; one that nobody knows makes the whole unknown. undefined = no tier has data. */
export function dataPointOf(tiers: readonly TierAge[]): Date | null | undefined {
  const data = tiers.filter(({ hasData }) => hasData);
  if (data.length === 0) return undefined;
  const known = data.flatMap(({ dataAt }) => dataAt ?? []);
  if (known.length < data.length) return null;
  return new Date(Math.min(...known.map((one) => one.getTime())));
}
