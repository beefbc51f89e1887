/** Decides which intervals of the book still stand, which are superseded, and which are written anew, with which version. */
import type { Interval, MeteredKind, MeteredUse, UseOwner } from './intervals.js';

/** An interval as the book has it, with whose it is. */
export interface BookedInterval extends Interval, UseOwner {
  readonly resourceId: string;
  readonly subjectId: string;
  readonly kind: MeteredKind;
  /** From 1, of its resource, meter and start: what was written once stays, and the next says otherwise. */
  readonly version: number;
}

export interface IntervalKey {
  readonly resourceId: string;
  readonly meter: string;
  readonly from: Date;
}

export interface BookChange {
  readonly superseded: readonly BookedInterval[];
  readonly written: readonly BookedInterval[];
}

/**
 * Asked twice with the same record it changes nothing the second time.
 * @param standing those of the use that stand in the book now.
 * @param latest the highest version ever written under a key; 0 = none.
 */
export function changeOfBook(
  use: MeteredUse,
  intervals: readonly Interval[],
  standing: readonly BookedInterval[],
  latest: (key: IntervalKey) => number,
): BookChange {
  const { resourceId, subjectId, kind, owner } = use;
  const wanted = intervals.map((interval) => ({ ...interval, ...owner, resourceId, subjectId, kind }));
  const has = new Map(standing.map((one) => [keyText(one), one]));
  const wants = new Set(wanted.map(keyText));
  const changed = wanted.filter((one) => {
    const before = has.get(keyText(one));
    return before === undefined || saysOtherwise(before, one);
  });
  const replaced = new Set(changed.map(keyText));
  return {
    superseded: standing.filter((one) => !wants.has(keyText(one)) || replaced.has(keyText(one))),
    written: changed.map((one) => ({ ...one, version: latest(one) + 1 })),
  };
}

export function keyText({ resourceId, meter, from }: IntervalKey): string {
  return `${resourceId} ${meter} ${from.getTime()}`;
}

function saysOtherwise(a: Omit<BookedInterval, 'version'>, b: Omit<BookedInterval, 'version'>): boolean {
  return (
    a.to?.getTime() !== b.to?.getTime() ||
    a.quantity !== b.quantity ||
    a.suspended !== b.suspended ||
    a.departmentId !== b.departmentId ||
    a.systemId !== b.systemId ||
    a.projectId !== b.projectId ||
    a.centerId !== b.centerId ||
    a.architecture !== b.architecture ||
    a.share !== b.share
  );
}
