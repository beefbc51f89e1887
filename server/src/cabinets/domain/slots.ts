/** Decides where in a cabinet there is room: which half-units are free on which face, and which of them to take. */
import { type Face, facesOf, type LiveState, type Place } from './holder.js';
import type { Numbering } from './units.js';

/** What of a cabinet is what, in half-units; of two faces the stronger word counts. ALLOCATED and OCCUPIED are used. */
export interface SlotCounts {
  readonly usedHalfUnits: number;
  readonly heldHalfUnits: number;
  readonly blockedHalfUnits: number;
  readonly freeHalfUnits: number;
  /** Longest run that is free on both faces, on the front, on the rear. */
  readonly longestFullHalfUnits: number;
  readonly longestFrontHalfUnits: number;
  readonly longestRearHalfUnits: number;
}

const FREE = 0;
const BLOCKED = 1;
const HELD = 2;
const USED = 3;
const WORD: { readonly [S in LiveState]: number } = { BLOCKED, HELD, ALLOCATED: USED, OCCUPIED: USED };

type Extent = Pick<Place, 'startHalfUnit' | 'heightHalfUnits' | 'face'>;

/** The slots of one cabinet in memory. */
export class Slots {
  private readonly front: Uint8Array;
  private readonly rear: Uint8Array;
  private counted: SlotCounts | undefined;

  constructor(readonly halfUnits: number) {
    this.front = new Uint8Array(halfUnits);
    this.rear = new Uint8Array(halfUnits);
  }

  contains({ startHalfUnit, heightHalfUnits }: Extent): boolean {
    return startHalfUnit >= 0 && heightHalfUnits >= 0 && startHalfUnit + heightHalfUnits <= this.halfUnits;
  }

  isFree(extent: Extent): boolean {
    return this.contains(extent) && this.freeFrom(extent.startHalfUnit, extent.face) >= extent.heightHalfUnits;
  }

  /** How many half-units are free in one piece upward from here. Asked millions of times by a big import. */
  freeFrom(startHalfUnit: number, face: Face): number {
    const one = face === 'REAR' ? this.rear : this.front;
    const other = face === 'FRONT' ? this.front : this.rear;
    const from = Math.max(0, startHalfUnit);
    let at = from;
    while (at < this.halfUnits && one[at] === FREE && other[at] === FREE) at += 1;
    return at - from;
  }

  /** The same downward, from the half-unit below this one. */
  freeDown(startHalfUnit: number, face: Face): number {
    let at = startHalfUnit;
    while (at > 0 && this.isFree({ startHalfUnit: at - 1, heightHalfUnits: 1, face })) at -= 1;
    return startHalfUnit - at;
  }

  /** Two on one slot is a defect of the caller, who asks first. */
  take(extent: Extent, state: LiveState): void {
    if (!this.isFree(extent)) throw new Error('a slot has one holder');
    this.write(extent, WORD[state]);
  }

  free(extent: Extent): void {
    this.write(extent, FREE);
  }

  counts(): SlotCounts {
    this.counted ??= this.count();
    return this.counted;
  }

  longest(face: Face): number {
    const counts = this.counts();
    if (face === 'BOTH') return counts.longestFullHalfUnits;
    return face === 'FRONT' ? counts.longestFrontHalfUnits : counts.longestRearHalfUnits;
  }

  private side(face: 'FRONT' | 'REAR'): Uint8Array {
    return face === 'FRONT' ? this.front : this.rear;
  }

  private write({ startHalfUnit, heightHalfUnits, face }: Extent, word: number): void {
    for (const side of facesOf(face)) this.side(side).fill(word, startHalfUnit, startHalfUnit + heightHalfUnits);
    this.counted = undefined;
  }

  private count(): SlotCounts {
    const of = [0, 0, 0, 0];
    for (let at = 0; at < this.halfUnits; at += 1) {
      const word = Math.max(this.front[at] as number, this.rear[at] as number);
      of[word] = (of[word] as number) + 1;
    }
    return {
      usedHalfUnits: of[USED] as number,
      heldHalfUnits: of[HELD] as number,
      blockedHalfUnits: of[BLOCKED] as number,
      freeHalfUnits: of[FREE] as number,
      longestFullHalfUnits: this.longestRun('BOTH'),
      longestFrontHalfUnits: this.longestRun('FRONT'),
      longestRearHalfUnits: this.longestRun('REAR'),
    };
  }

  private longestRun(face: Face): number {
    let longest = 0;
    for (let at = 0; at < this.halfUnits; at += 1) {
      const run = this.freeFrom(at, face);
      longest = Math.max(longest, run);
      at += run;
    }
    return longest;
  }
}

/** Whether two places share a slot. */
export function overlap(a: Extent, b: Extent): boolean {
  return (
    a.startHalfUnit < b.startHalfUnit + b.heightHalfUnits &&
    b.startHalfUnit < a.startHalfUnit + a.heightHalfUnits &&
    facesOf(a.face).some((side) => facesOf(b.face).includes(side))
  );
}

/** Neither edge of an odd height can be wrong; an even one should begin where a unit begins, or it spoils two. */
function onTheGrid(start: number, height: number): boolean {
  return start % 2 === 0 || (start + height) % 2 === 0;
}

/**
 * The one place for this height, or undefined when there is none at all. Of all free places: those on the units' grid first,
 * then those in the shortest run that is long enough (long runs are what is asked for by the whole), then the lowest number.
 */
export function pick(slots: Slots, heightHalfUnits: number, face: Face, numbering: Numbering): number | undefined {
  let best: { readonly start: number; readonly rank: readonly [number, number, number] } | undefined;
  for (let from = 0; from < slots.halfUnits; from += 1) {
    const run = slots.freeFrom(from, face);
    for (let start = from; start + heightHalfUnits <= from + run; start += 1) {
      const number = numbering === 'ASCENDING' ? start : slots.halfUnits - start - heightHalfUnits;
      const rank = [onTheGrid(start, heightHalfUnits) ? 0 : 1, run, number] as const;
      if (!best || isBefore(rank, best.rank)) best = { start, rank };
    }
    from += run;
  }
  return best?.start;
}

function isBefore(a: readonly [number, number, number], b: readonly [number, number, number]): boolean {
  return a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2];
}
