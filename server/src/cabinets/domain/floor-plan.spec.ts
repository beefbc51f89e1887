import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ROW_ORIENTATIONS } from './cabinet.js';
import { carried, outside, roomObjections } from './floor-plan.js';

const spot = fc.record({ planX: fc.nat(30), planY: fc.nat(30) });
const laid = fc.record({
  planX: fc.nat(30),
  planY: fc.nat(30),
  orientation: fc.constantFrom(...ROW_ORIENTATIONS),
});
const room = (widthTiles: number, depthTiles: number) => ({ code: 'R', widthTiles, depthTiles });
const fits = (spots: readonly { planX: number; planY: number }[], width: number, depth: number): boolean =>
  spots.every(({ planX, planY }) => planX < width && planY < depth);

describe('the plan of a room', () => {
  it('may become exactly as small as what stands on it allows', () => {
    fc.assert(
      fc.property(fc.array(spot), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }), (spots, w, d) => {
        const standing = spots.map((one, at) => ({ ...one, code: `C${at}` }));
        const allowed = roomObjections(room(w, d), standing, []).length === 0;
        expect(allowed).toBe(fits(spots, w, d));
        expect(standing.every((one) => outside(room(w, d), one, []).length === 0)).toBe(allowed);
      }),
    );
  });

  it('carries cabinets with their row: there and back they stand where they stood', () => {
    fc.assert(
      fc.property(laid, laid, spot, (from, to, cabinet) => {
        const there = carried(from, to, cabinet);
        expect(carried(to, from, there)).toEqual(cabinet);
        // Along the row and beside it, it is as far as it was.
        const away = (row: typeof from, at: typeof cabinet): [number, number] => {
          const [x, y] = [at.planX - row.planX, at.planY - row.planY];
          return row.orientation === 'ACROSS' ? [x, y] : [y, x];
        };
        expect(away(to, there)).toEqual(away(from, cabinet));
      }),
    );
  });

  it('ends before the tile that its width names', () => {
    expect(outside(room(20, 10), { planX: 19, planY: 9 }, [])).toEqual([]);
    expect(outside(room(20, 10), { planX: 20, planY: -1 }, ['at']).map(({ path }) => path)).toEqual([
      ['at', 'planX'],
      ['at', 'planY'],
    ]);
  });
});
