import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FACES, type Face, facesOf } from './holder.js';
import { overlap, pick, Slots } from './slots.js';
import { halfUnitAt, halfUnitsIn, NUMBERINGS, type Numbering, toHalfUnits, unitAt } from './units.js';

interface Extent {
  readonly startHalfUnit: number;
  readonly heightHalfUnits: number;
  readonly face: Face;
}

const HALF_UNITS = 24;
const extents = (halfUnits: number): fc.Arbitrary<Extent> =>
  fc.record({
    startHalfUnit: fc.integer({ min: 0, max: halfUnits - 1 }),
    heightHalfUnits: fc.integer({ min: 1, max: 6 }),
    face: fc.constantFrom(...FACES),
  });
const wishes = fc.record({
  heightHalfUnits: fc.integer({ min: 1, max: HALF_UNITS + 2 }),
  face: fc.constantFrom(...FACES),
});

/** Slots with as many of these as fit, and the same told plainly: which half-unit of which face is taken. */
function filled(asked: readonly Extent[]): { slots: Slots; taken: Set<string>; layout: Extent[] } {
  const slots = new Slots(HALF_UNITS);
  const taken = new Set<string>();
  const layout: Extent[] = [];
  for (const extent of asked) {
    const keys = keysOf(extent);
    const fits = extent.startHalfUnit + extent.heightHalfUnits <= HALF_UNITS && keys.every((key) => !taken.has(key));
    expect(slots.isFree(extent)).toBe(fits);
    if (!fits) continue;
    slots.take(extent, 'OCCUPIED');
    for (const key of keys) taken.add(key);
    layout.push(extent);
  }
  return { slots, taken, layout };
}

function keysOf({ startHalfUnit, heightHalfUnits, face }: Extent): string[] {
  return facesOf(face).flatMap((side) =>
    Array.from({ length: heightHalfUnits }, (_, at) => `${startHalfUnit + at} ${side}`),
  );
}

/** Every place tried, none skipped; the best by the rule as it is written down. */
function bruteForce(taken: ReadonlySet<string>, heightHalfUnits: number, face: Face, numbering: Numbering) {
  const free = (at: number): boolean =>
    at >= 0 && at < HALF_UNITS && facesOf(face).every((side) => !taken.has(`${at} ${side}`));
  const places: { start: number; rank: number[] }[] = [];
  for (let start = 0; start + heightHalfUnits <= HALF_UNITS; start += 1) {
    if (!Array.from({ length: heightHalfUnits }, (_, at) => start + at).every(free)) continue;
    let [low, high] = [start, start];
    while (free(low - 1)) low -= 1;
    while (free(high + 1)) high += 1;
    const onGrid = start % 2 === 0 || (start + heightHalfUnits) % 2 === 0;
    const number = numbering === 'ASCENDING' ? start : -start;
    places.push({ start, rank: [onGrid ? 0 : 1, high - low + 1, number] });
  }
  places.sort((a, b) => a.rank.map((part, i) => part - (b.rank[i] as number)).find((d) => d !== 0) ?? 0);
  return places[0]?.start;
}

describe('pick', () => {
  it('say of two places that they overlap exactly where the one keeps the other out', () => {
    fc.assert(
      fc.property(extents(HALF_UNITS - 6), extents(HALF_UNITS - 6), (one, other) => {
        const slots = new Slots(HALF_UNITS);
        slots.take(one, 'OCCUPIED');
        expect(overlap(one, other)).toBe(!slots.isFree(other));
        expect(overlap(other, one)).toBe(overlap(one, other));
      }),
    );
  });

  it('finds the place that brute force finds, and none exactly when there is none', () => {
    fc.assert(
      fc.property(
        fc.array(extents(HALF_UNITS), { maxLength: 14 }),
        wishes,
        fc.constantFrom(...NUMBERINGS),
        (asked, { heightHalfUnits, face }, numbering) => {
          const { slots, taken } = filled(asked);
          expect(pick(slots, heightHalfUnits, face, numbering)).toBe(
            bruteForce(taken, heightHalfUnits, face, numbering),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('picks in a descending cabinet the mirror of what it picks in an ascending one', () => {
    fc.assert(
      fc.property(fc.array(extents(HALF_UNITS), { maxLength: 14 }), wishes, (asked, { heightHalfUnits, face }) => {
        const { slots, layout } = filled(asked);
        const mirrored = new Slots(HALF_UNITS);
        const mirror = (start: number, height: number): number => HALF_UNITS - start - height;
        for (const e of layout)
          mirrored.take({ ...e, startHalfUnit: mirror(e.startHalfUnit, e.heightHalfUnits) }, 'OCCUPIED');
        const ascending = pick(slots, heightHalfUnits, face, 'ASCENDING');
        const descending = pick(mirrored, heightHalfUnits, face, 'DESCENDING');
        expect(descending).toBe(ascending === undefined ? undefined : mirror(ascending, heightHalfUnits));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps whole units whole and long pieces long', () => {
    const slots = new Slots(20);
    slots.take({ startHalfUnit: 0, heightHalfUnits: 1, face: 'BOTH' }, 'OCCUPIED');
    // 0.5-9.5 U is free: a 1U thing begins where a unit begins, half a unit goes beside the other half.
    expect(pick(slots, 2, 'BOTH', 'ASCENDING')).toBe(2);
    expect(pick(slots, 1, 'BOTH', 'ASCENDING')).toBe(1);
    slots.take({ startHalfUnit: 4, heightHalfUnits: 2, face: 'BOTH' }, 'OCCUPIED');
    expect(pick(slots, 2, 'BOTH', 'DESCENDING')).toBe(2);
  });
});

describe('Slots', () => {
  it('counts what is free, of which kind, and how long the longest pieces are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(extents(HALF_UNITS), fc.constantFrom('HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED' as const)), {
          maxLength: 14,
        }),
        (asked) => {
          const slots = new Slots(HALF_UNITS);
          const states = new Map<string, string>();
          for (const [extent, state] of asked) {
            if (!slots.isFree(extent)) continue;
            slots.take(extent, state as 'HELD');
            for (const key of keysOf(extent)) states.set(key, state);
          }
          const words = Array.from({ length: HALF_UNITS }, (_, at) => {
            const of = [states.get(`${at} FRONT`), states.get(`${at} REAR`)];
            if (of.includes('OCCUPIED') || of.includes('ALLOCATED')) return 'used';
            if (of.includes('HELD')) return 'held';
            return of.includes('BLOCKED') ? 'blocked' : 'free';
          });
          const count = (word: string): number => words.filter((w) => w === word).length;
          const longest = (free: boolean[]): number =>
            Math.max(
              ...free
                .map((_, from) => free.slice(from).findIndex((f) => !f))
                .map((n, from) => (n < 0 ? HALF_UNITS - from : n)),
            );
          const front = words.map((_, at) => !states.has(`${at} FRONT`));
          const rear = words.map((_, at) => !states.has(`${at} REAR`));
          expect(slots.counts()).toEqual({
            usedHalfUnits: count('used'),
            heldHalfUnits: count('held'),
            blockedHalfUnits: count('blocked'),
            freeHalfUnits: count('free'),
            longestFullHalfUnits: longest(front.map((f, at) => f && (rear[at] as boolean))),
            longestFrontHalfUnits: longest(front),
            longestRearHalfUnits: longest(rear),
          });
          expect(count('used') + count('held') + count('blocked') + count('free')).toBe(HALF_UNITS);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never takes a slot twice', () => {
    const slots = new Slots(10);
    slots.take({ startHalfUnit: 2, heightHalfUnits: 2, face: 'FRONT' }, 'HELD');
    expect(() => slots.take({ startHalfUnit: 3, heightHalfUnits: 2, face: 'BOTH' }, 'HELD')).toThrow('one holder');
    slots.take({ startHalfUnit: 3, heightHalfUnits: 2, face: 'REAR' }, 'HELD');
    expect(() => slots.take({ startHalfUnit: 9, heightHalfUnits: 2, face: 'REAR' }, 'HELD')).toThrow('one holder');
  });
});

describe('units', () => {
  const frames = fc.record({
    heightUnits: fc.integer({ min: 1, max: 100 }),
    startingUnit: fc.integer({ min: 1, max: 900 }),
    numbering: fc.constantFrom(...NUMBERINGS),
  });

  it('name every place by one number, the lowest that it covers, and find it again', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat(), (frame, a, b) => {
        const heightHalfUnits = 1 + (a % halfUnitsIn(frame));
        const start = b % (halfUnitsIn(frame) - heightHalfUnits + 1);
        const unit = unitAt(frame, start, heightHalfUnits);
        expect(halfUnitAt(frame, unit, heightHalfUnits)).toBe(start);
        expect(unit).toBeGreaterThanOrEqual(frame.startingUnit);
        expect(unit + heightHalfUnits / 2).toBeLessThanOrEqual(frame.startingUnit + frame.heightUnits);
      }),
    );
  });

  it('count as NetBox does: a 2U thing at 1 is at the bottom of an ascending cabinet, at the top of a descending one', () => {
    const frame = { heightUnits: 42, startingUnit: 1 };
    expect(halfUnitAt({ ...frame, numbering: 'ASCENDING' }, 1, 4)).toBe(0);
    expect(halfUnitAt({ ...frame, numbering: 'DESCENDING' }, 1, 4)).toBe(80);
    expect(unitAt({ ...frame, numbering: 'DESCENDING' }, 0, 3)).toBe(41.5);
  });

  it('know no quarter of a unit', () => {
    expect([toHalfUnits(0.25), toHalfUnits(1.5), toHalfUnits(Number.NaN)]).toEqual([undefined, 3, undefined]);
    expect(halfUnitAt({ heightUnits: 42, startingUnit: 1, numbering: 'ASCENDING' }, 1.25, 2)).toBeUndefined();
  });
});
