/** Decides the moments of a drill of the time before from how long each entry of its checklist took: as the clock would have taken them. */
import type { DrillMark, ItemPlan } from './drill-items.js';

interface PastItem extends ItemPlan {
  readonly begunAt: Date;
  readonly doneAt: Date;
}

export interface PastMoments {
  readonly items: readonly PastItem[];
  /** T0 and those that an entry takes. */
  readonly marks: readonly { readonly mark: DrillMark; readonly at: Date; readonly number: number | null }[];
  readonly endsAt: Date;
}

/** One after another: an entry is at hand as the one before it is done. @param took seconds, one for each. */
export function pastMoments(begunAt: Date, plan: readonly ItemPlan[], took: readonly number[]): PastMoments {
  if (took.length !== plan.length || took.some((one) => !(one > 0)))
    throw new RangeError(`${plan.length} entries, each of which took some time; given ${took.length}`);
  let at = begunAt;
  const items = plan.map((item, index): PastItem => {
    const from = at;
    at = new Date(from.getTime() + (took[index] as number) * 1_000);
    return { ...item, begunAt: from, doneAt: at };
  });
  const marks = items.flatMap(({ doneAt, mark, number }) => (mark === null ? [] : [{ mark, at: doneAt, number }]));
  return { items, marks: [{ mark: 'T0', at: begunAt, number: null }, ...marks], endsAt: at };
}
