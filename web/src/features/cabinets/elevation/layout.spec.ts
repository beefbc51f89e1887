import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unitRange } from '../../../lib/quantity';
import {
  CAP,
  COMPACT,
  type Face,
  type Frame,
  halfUnitOf,
  inTheWay,
  layoutOf,
  type Placed,
  placeAt,
  placeOfBox,
  REGULAR,
  shifted,
  unitsOn,
} from './layout';

const frames: fc.Arbitrary<Frame> = fc.record({
  heightUnits: fc.integer({ min: 1, max: 52 }),
  startingUnit: fc.integer({ min: 1, max: 20 }),
  numbering: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
});

/** A cabinet and things that stand in it without sharing a slot, half-units and faces included. */
const cabinets = frames.chain((frame) =>
  fc
    .array(
      fc.record({
        half: fc.nat({ max: frame.heightUnits * 2 - 1 }),
        halves: fc.integer({ min: 1, max: 9 }),
        face: fc.constantFrom<Face>('FRONT', 'REAR', 'BOTH'),
      }),
      { maxLength: 40 },
    )
    .map((wishes) => {
      const holders: Placed[] = [];
      for (const [index, { half, halves, face }] of wishes.entries()) {
        const heightUnits = halves / 2;
        if (half + halves > frame.heightUnits * 2) continue;
        const below = half / 2;
        const startUnit =
          frame.startingUnit + (frame.numbering === 'ASCENDING' ? below : frame.heightUnits - below - heightUnits);
        if (inTheWay(frame, holders, { startUnit, heightUnits, face }, '').length > 0) continue;
        holders.push({ id: `${index}`, startUnit, heightUnits, face });
      }
      return { frame, holders };
    }),
);
const measures = fc.constantFrom(REGULAR, COMPACT);

describe('layoutOf', () => {
  it('is read back as what was laid out', () => {
    fc.assert(
      fc.property(cabinets, measures, fc.constantFrom('FRONT', 'REAR'), ({ frame, holders }, measure, side) => {
        const seen = holders.filter(({ face }) => face === 'BOTH' || face === side);
        const read = layoutOf(frame, holders, side as 'FRONT', measure).boxes.map((box) => ({
          id: box.id,
          ...placeOfBox(frame, box, measure),
        }));
        expect(read).toEqual(seen.map(({ id, startUnit, heightUnits }) => ({ id, startUnit, heightUnits })));
      }),
    );
  });

  it('gives no two things one pixel, and none outside the frame', () => {
    fc.assert(
      fc.property(cabinets, measures, ({ frame, holders }, measure) => {
        for (const side of ['FRONT', 'REAR'] as const) {
          const { boxes, height } = layoutOf(frame, holders, side, measure);
          const sorted = boxes.toSorted((a, b) => a.y - b.y);
          for (const [index, box] of sorted.entries()) {
            expect(box.y).toBeGreaterThanOrEqual(CAP);
            expect(box.y + box.height).toBeLessThanOrEqual(height - CAP);
            const next = sorted[index + 1];
            if (next) expect(box.y + box.height).toBeLessThanOrEqual(next.y);
          }
        }
      }),
    );
  });

  it('shows a full-depth thing at the same height from both sides', () => {
    fc.assert(
      fc.property(cabinets, ({ frame, holders }) => {
        const deep = new Set(holders.filter(({ face }) => face === 'BOTH').map(({ id }) => id));
        const of = (side: 'FRONT' | 'REAR') =>
          layoutOf(frame, holders, side)
            .boxes.filter(({ id }) => deep.has(id))
            .map(({ id, y, height }) => ({ id, y, height }));
        expect(of('FRONT')).toEqual(of('REAR'));
        expect(of('FRONT')).toHaveLength(deep.size);
      }),
    );
  });

  it('numbers from the bottom, or from the top', () => {
    const frame: Frame = { heightUnits: 4, startingUnit: 1, numbering: 'ASCENDING' };
    const tops = (numbering: Frame['numbering']) =>
      layoutOf({ ...frame, numbering }, [], 'FRONT')
        .marks.toSorted((a, b) => a.y - b.y)
        .map(({ unit }) => unit);
    expect(tops('ASCENDING')).toEqual([4, 3, 2, 1]);
    expect(tops('DESCENDING')).toEqual([1, 2, 3, 4]);
  });

  it('draws no strip that stands beside the units', () => {
    const frame: Frame = { heightUnits: 4, startingUnit: 1, numbering: 'ASCENDING' };
    expect(layoutOf(frame, [{ id: 'pdu', startUnit: null, heightUnits: 0, face: 'REAR' }], 'REAR').boxes).toEqual([]);
  });
});

describe('placeAt', () => {
  it('finds again the place whose picture it is given', () => {
    fc.assert(
      fc.property(cabinets, ({ frame, holders }) => {
        for (const box of layoutOf(frame, holders, 'FRONT').boxes) {
          const place = placeOfBox(frame, box);
          const onGrid = halfUnitOf(frame, place.startUnit, place.heightUnits) % 2 === 0;
          if (onGrid || !Number.isInteger(place.heightUnits))
            expect(placeAt(frame, box.y, place.heightUnits)).toBe(place.startUnit);
        }
      }),
    );
  });

  it('never leaves the frame', () => {
    fc.assert(
      fc.property(
        frames,
        fc.integer({ min: -500, max: 2_000 }),
        fc.integer({ min: 1, max: 8 }),
        (frame, top, halves) => {
          const heightUnits = Math.min(halves / 2, frame.heightUnits);
          const from = halfUnitOf(frame, placeAt(frame, top, heightUnits), heightUnits);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(from + heightUnits * 2).toBeLessThanOrEqual(frame.heightUnits * 2);
        },
      ),
    );
  });
});

describe('shifted', () => {
  it('goes up on the screen whatever the numbers do, and stops at the frame', () => {
    const up: Frame = { heightUnits: 10, startingUnit: 1, numbering: 'ASCENDING' };
    const down: Frame = { ...up, numbering: 'DESCENDING' };
    expect(shifted(up, 3, 2, 1)).toBe(4);
    expect(shifted(down, 3, 2, 1)).toBe(2);
    expect(shifted(up, 9, 2, 1)).toBe(9);
    expect(shifted(down, 9, 2, -5)).toBe(9);
    expect(shifted(up, 3, 0.5, 0.5)).toBe(3.5);
  });
});

describe('unitsOn', () => {
  it('names for every unit what touches it, upper things first', () => {
    const frame: Frame = { heightUnits: 3, startingUnit: 1, numbering: 'ASCENDING' };
    const holders: Placed[] = [
      { id: 'low', startUnit: 2, heightUnits: 0.5, face: 'FRONT' },
      { id: 'high', startUnit: 2.5, heightUnits: 0.5, face: 'BOTH' },
      { id: 'rear', startUnit: 1, heightUnits: 1, face: 'REAR' },
    ];
    expect(unitsOn(frame, holders, 'FRONT').map(({ unit, holders }) => [unit, holders.map(({ id }) => id)])).toEqual([
      [3, []],
      [2, ['high', 'low']],
      [1, []],
    ]);
  });
});

describe('unitRange', () => {
  it('writes one unit, several, and halves', () => {
    expect([unitRange(3, 1), unitRange(3, 2), unitRange(3.5, 0.5), unitRange(3, 1.5)]).toEqual([
      'U3',
      'U3–4',
      'U3.5',
      'U3–4',
    ]);
  });
});
