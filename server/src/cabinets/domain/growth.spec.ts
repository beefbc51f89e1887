import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CabinetBook } from './book.js';
import { CABINET_DEFAULTS, type Cabinet } from './cabinet.js';
import { bottomAfter, growIn, piecesBeside, remakeIn, type ThingInSpace, tooSmallFor } from './growth.js';
import { wishOf } from './wish.js';

const HEIGHT_UNITS = 10;
const cabinet: Cabinet = {
  ...CABINET_DEFAULTS,
  ...{ id: 'c', centerId: 'z', roomId: 'r', rowId: 'w', code: 'A01', position: 1, planX: 0, planY: 0 },
  ...{ heightUnits: HEIGHT_UNITS, feedAWatts: 5_000, feedBWatts: 5_000, powerLimitW: 5_000, weightLimitGrams: 500_000 },
  ...{ zone: 'GOVERNMENT_EXTRANET', status: 'IN_SERVICE', departmentId: null, ownerHolderId: null, rackType: null },
  ...{ version: 1, usedHalfUnits: 0, heldHalfUnits: 0, blockedHalfUnits: 0, freeHalfUnits: 2 * HEIGHT_UNITS },
  ...{ longestFullHalfUnits: 20, longestFrontHalfUnits: 20, longestRearHalfUnits: 20, powerW: 0, weightGrams: 0 },
} as Cabinet;

/** A book with a place of 2 U at U5, and whatever else stands in the cabinet. */
function bookWith(blocked: readonly { readonly startUnit: number; readonly halfUnits: number }[] = []): CabinetBook {
  const book = new CabinetBook([cabinet], [{ id: 'w', floorLimitGrams: null, weightGrams: 0 }], []);
  const put = (id: string, startUnit: number, heightHalfUnits: number, more: object = {}) => {
    const placed = book.place(
      wishOf(
        {
          ...{ where: { cabinetId: 'c', startUnit }, heightHalfUnits, powerW: 0, weightGrams: 0, label: '甲' },
          ...{ kind: 'OTHER', state: 'OCCUPIED', ...more },
        },
        id,
      ),
    );
    if (!placed.ok) throw new Error(placed.error[0]?.message.en);
  };
  put('place', 5, 4, { kind: 'REQUEST', state: 'ALLOCATED', departmentId: 'd', powerW: 600, weightGrams: 40_000 });
  for (const [at, { startUnit, halfUnits }] of blocked.entries()) put(`b${at}`, startUnit, halfUnits);
  return book;
}
const wish = (heightHalfUnits: number, powerW = 0, weightGrams = 0) => ({
  ...{ holderId: 'place', heightHalfUnits, powerW, weightGrams },
  ...{ label: '扩', subjectId: null, heldUntil: null, path: [] },
});
const grow = (book: CabinetBook, asked: ReturnType<typeof wish>) => {
  let n = 0;
  return growIn(book, asked, () => {
    n += 1;
    return `room-${n}`;
  });
};

describe(piecesBeside, () => {
  it('is one run with the place whatever is free, and as much as was asked for', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 50 }), (below, above, more) => {
        const place = { startHalfUnit: 20, heightHalfUnits: 4 };
        const pieces = piecesBeside(place, { below, above }, more);
        if (more > below + above) return expect(pieces).toBeNull();
        const all = [place, ...(pieces ?? [])].toSorted((a, b) => a.startHalfUnit - b.startHalfUnit);
        for (const [at, piece] of all.entries())
          if (at > 0)
            expect(piece.startHalfUnit).toBe((all[at - 1]?.startHalfUnit ?? 0) + (all[at - 1]?.heightHalfUnits ?? 0));
        expect(all.reduce((sum, { heightHalfUnits }) => sum + heightHalfUnits, 0)).toBe(4 + more);
        expect(all[0]?.startHalfUnit).toBeGreaterThanOrEqual(20 - below);
        return expect(all.every(({ heightHalfUnits }) => heightHalfUnits > 0)).toBe(true);
      }),
    );
  });
});

describe(bottomAfter, () => {
  const things = fc.array(
    fc.record({
      startHalfUnit: fc.nat(15),
      heightHalfUnits: fc.integer({ min: 1, max: 5 }),
      powerW: fc.nat(500),
      weightGrams: fc.nat(9_000),
    }),
    { maxLength: 4 },
  );

  it('leaves everything that stands in the place within it, or says that it cannot', () => {
    fc.assert(
      fc.property(things, fc.integer({ min: 1, max: 20 }), (all, to) => {
        const standing = all.filter((thing) => thing.startHalfUnit + thing.heightHalfUnits <= 20);
        const bottom = bottomAfter(20, to, standing);
        const span =
          Math.max(0, ...standing.map((thing) => thing.startHalfUnit + thing.heightHalfUnits)) -
          Math.min(20, ...standing.map((thing) => thing.startHalfUnit));
        expect(bottom === null).toBe(standing.length > 0 && span > to);
        for (const { startHalfUnit, heightHalfUnits } of bottom === null ? [] : standing) {
          expect(startHalfUnit).toBeGreaterThanOrEqual(bottom ?? 0);
          expect(startHalfUnit + heightHalfUnits).toBeLessThanOrEqual((bottom ?? 0) + to);
        }
        if (bottom !== null) expect(bottom + to).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe(tooSmallFor, () => {
  const thing: ThingInSpace = { startHalfUnit: 0, heightHalfUnits: 4, powerW: 500, weightGrams: 30_000 };
  const from = { heightHalfUnits: 8, powerW: 1_000, weightGrams: 60_000 };

  it('names what lacks first, and nothing that does not become less', () => {
    expect(tooSmallFor(from, { ...from, heightHalfUnits: 2 }, [thing])).toBe('UNITS');
    expect(tooSmallFor(from, { ...from, powerW: 499 }, [thing])).toBe('POWER_W');
    expect(tooSmallFor(from, { ...from, weightGrams: 1_000 }, [thing])).toBe('WEIGHT_GRAMS');
    expect(tooSmallFor({ ...from, powerW: 100 }, { ...from, powerW: 100, heightHalfUnits: 4 }, [thing])).toBeNull();
  });
});

describe('a place in a book', () => {
  it('is what it was while its room is kept, and all of it when it is remade', () => {
    const book = bookWith();
    const kept = grow(book, wish(4, 400, 10_000));
    expect(kept).toMatchObject({
      ok: true,
      value: [{ startHalfUnit: 12, heightHalfUnits: 4, growsHolderId: 'place' }],
    });
    expect(book.holder('place')).toMatchObject({ startHalfUnit: 8, heightHalfUnits: 4, powerW: 600 });
    const to = { heightHalfUnits: 8, powerW: 1_000, weightGrams: 50_000 };
    expect(remakeIn(book, 'place', to, [])).toMatchObject({ bottomUp: 0, holder: { startHalfUnit: 8, ...to } });
    expect(book.growthOf('place')).toEqual([]);
    expect(book.cabinets()[0]).toMatchObject({
      usedHalfUnits: 8,
      heldHalfUnits: 0,
      powerW: 1_000,
      weightGrams: 50_000,
    });
  });

  it('grows both ways where neither is enough, and its bottom is lower then', () => {
    const book = bookWith([
      { startUnit: 1, halfUnits: 4 },
      { startUnit: 8, halfUnits: 6 },
    ]);
    const kept = grow(book, wish(6));
    expect(kept).toMatchObject({ ok: true, value: [{ startHalfUnit: 12 }, { startHalfUnit: 4, heightHalfUnits: 4 }] });
    const to = { heightHalfUnits: 10, powerW: 600, weightGrams: 40_000 };
    expect(remakeIn(book, 'place', to, [])).toMatchObject({ bottomUp: -4, holder: { startHalfUnit: 4 } });
  });

  it('refuses more units than are beside it, and more power or load than is left', () => {
    const book = bookWith([{ startUnit: 7, halfUnits: 8 }]);
    expect(grow(book, wish(10))).toMatchObject({ ok: false, error: [{ meter: 'UNITS', requested: 5, free: 4 }] });
    expect(grow(book, wish(0, 4_401))).toMatchObject({ ok: false, error: [{ meter: 'POWER_W', free: 4_400 }] });
    expect(grow(book, wish(0, 0, 460_001))).toMatchObject({ ok: false, error: [{ meter: 'WEIGHT_GRAMS' }] });
    expect(grow(book, wish(0, 4_400, 460_000))).toMatchObject({ ok: true, value: [{ heightHalfUnits: 0 }] });
  });

  it('does not move while room is kept beside it', () => {
    const book = bookWith();
    grow(book, wish(2));
    const move = { holderId: 'place', cabinetId: 'c', startUnit: 1, face: null, expectedVersion: null, path: [] };
    expect(book.move([move])).toMatchObject({ ok: false, error: [{ reason: 'CHANGE_OPEN' }] });
    expect(book.move([{ ...move, holderId: 'room-1' }])).toMatchObject({ ok: false });
  });
});
