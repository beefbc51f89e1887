/** Decides whether the counters kept on cabinets and rows are what their slots and holders add up to. */
import type { RowLoad } from './book.js';
import type { Cabinet } from './cabinet.js';
import { facesOf, type Holder, type LiveState, type Place } from './holder.js';
import { type SlotCounts, Slots } from './slots.js';
import { halfUnitsIn } from './units.js';

export interface Discrepancy {
  readonly subjectId: string;
  readonly what: string;
  readonly kept: number;
  readonly counted: number;
}

export type Slot = Place & { readonly holderId: string };

/** Of one cabinet, from the slots alone: nothing here asks the code that kept the counters. */
export function recountCabinet(cabinet: Cabinet, holders: readonly Holder[], slots: readonly Slot[]): Discrepancy[] {
  const byId = new Map(holders.map((holder) => [holder.id, holder]));
  const counted = new Slots(halfUnitsIn(cabinet));
  const strangers = slots.filter((slot) => !byId.has(slot.holderId));
  for (const slot of slots) {
    const holder = byId.get(slot.holderId);
    if (holder) counted.take(slot, holder.state as LiveState);
  }
  const sums = {
    ...counted.counts(),
    powerW: holders.reduce((sum, holder) => sum + holder.powerW, 0),
    weightGrams: holders.reduce((sum, holder) => sum + holder.weightGrams, 0),
  };
  const found = (Object.keys(sums) as (keyof SlotCounts | 'powerW' | 'weightGrams')[])
    .filter((what) => cabinet[what] !== sums[what])
    .map((what) => ({ subjectId: cabinet.id, what, kept: cabinet[what], counted: sums[what] }));
  if (strangers.length > 0)
    found.push({ subjectId: cabinet.id, what: 'slots of nobody' as never, kept: 0, counted: strangers.length });
  return [...found, ...holders.flatMap((holder) => recountHolder(holder, slots))];
}

/** A holder has exactly the slots of its place: one piece, of its height, on its faces. */
function recountHolder(holder: Holder, slots: readonly Slot[]): Discrepancy[] {
  const own = slots.filter((slot) => slot.holderId === holder.id);
  const expected = holder.heightHalfUnits * facesOf(holder.face).length;
  const inside = own.filter(
    (slot) =>
      slot.startHalfUnit >= holder.startHalfUnit &&
      slot.startHalfUnit < holder.startHalfUnit + holder.heightHalfUnits &&
      facesOf(holder.face).includes(slot.face as 'FRONT' | 'REAR'),
  );
  return own.length === expected && inside.length === expected
    ? []
    : [{ subjectId: holder.id, what: 'slots', kept: expected, counted: inside.length }];
}

export function recountRow(row: RowLoad, cabinets: readonly Cabinet[]): Discrepancy[] {
  const counted = cabinets.reduce((sum, cabinet) => sum + cabinet.ownWeightGrams + cabinet.weightGrams, 0);
  return counted === row.weightGrams
    ? []
    : [{ subjectId: row.id, what: 'weightGrams', kept: row.weightGrams, counted }];
}
