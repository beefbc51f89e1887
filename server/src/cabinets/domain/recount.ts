/** Decides whether the counters kept on cabinets and rows are what their slots and holders add up to. */

import type { Cabinet } from './cabinet.js';
import { facesOf, type Holder, type HolderState, type Place } from './holder.js';
import type { RowLoad } from './open-cabinet.js';
import type { SlotCounts } from './slots.js';
import { halfUnitsIn } from './units.js';

export interface Discrepancy {
  readonly subjectId: string;
  readonly what: string;
  readonly kept: number;
  readonly counted: number;
}

export type Slot = Place & { readonly holderId: string };

/**
 * Of one cabinet, from its slots one by one: a count of its own, which shares nothing with the one that kept the counters
 * (slots.ts), so that a mistake there is seen here.
 */
export function recountCabinet(cabinet: Cabinet, holders: readonly Holder[], slots: readonly Slot[]): Discrepancy[] {
  const byId = new Map(holders.map((holder) => [holder.id, holder]));
  const strangers = slots.filter((slot) => !byId.has(slot.holderId));
  const stateAt = new Map(
    slots.map((slot) => [`${slot.startHalfUnit} ${slot.face}`, byId.get(slot.holderId)?.state] as const),
  );
  const sums = {
    ...countOf(halfUnitsIn(cabinet), (half, face) => stateAt.get(`${half} ${face}`)),
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

type StateAt = (halfUnit: number, face: 'FRONT' | 'REAR') => HolderState | undefined;

function countOf(halfUnits: number, stateAt: StateAt): SlotCounts {
  const halves = Array.from(
    { length: halfUnits },
    (_, half) => [stateAt(half, 'FRONT'), stateAt(half, 'REAR')] as const,
  );
  const isUsed = (states: (typeof halves)[number]): boolean =>
    states.includes('ALLOCATED') || states.includes('OCCUPIED');
  const used = halves.filter(isUsed).length;
  const held = halves.filter((states) => !isUsed(states) && states.includes('HELD')).length;
  const taken = halves.filter(([front, rear]) => front !== undefined || rear !== undefined).length;
  const longest = (isTaken: (states: (typeof halves)[number]) => boolean): number =>
    Math.max(
      0,
      ...halves
        .map((states) => (isTaken(states) ? 'x' : '.'))
        .join('')
        .split('x')
        .map((run) => run.length),
    );
  return {
    usedHalfUnits: used,
    heldHalfUnits: held,
    blockedHalfUnits: taken - used - held,
    freeHalfUnits: halfUnits - taken,
    longestFullHalfUnits: longest(([front, rear]) => front !== undefined || rear !== undefined),
    longestFrontHalfUnits: longest(([front]) => front !== undefined),
    longestRearHalfUnits: longest(([, rear]) => rear !== undefined),
  };
}

/** The record's last line says of a live holder what its row says. `last` = the version that the record ends with. */
export function recountRecord(
  holder: Holder,
  last: Pick<Holder, 'version' | 'state' | 'cabinetId' | 'startHalfUnit' | 'departmentId'> | undefined,
): Discrepancy[] {
  const same =
    last?.version === holder.version &&
    last.state === holder.state &&
    last.cabinetId === holder.cabinetId &&
    last.startHalfUnit === holder.startHalfUnit &&
    last.departmentId === holder.departmentId;
  return same ? [] : [{ subjectId: holder.id, what: 'record', kept: last?.version ?? 0, counted: holder.version }];
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
