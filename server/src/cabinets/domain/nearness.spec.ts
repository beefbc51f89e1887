import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distanceTo, NOTHING_NEAR, nearOf, toldDistances, type Whereabouts } from './nearness.js';

/** A cabinet is of one row, and a row of one room. */
const cabinet = fc
  .integer({ min: 0, max: 26 })
  .map((n): Whereabouts => ({ cabinetId: `c${n}`, rowId: `w${Math.floor(n / 3)}`, roomId: `r${Math.floor(n / 9)}` }));

describe('how near a cabinet is to what a system has (K11, B8)', () => {
  it('is that of the nearest of its things, in whichever order they are named', () => {
    fc.assert(
      fc.property(cabinet, fc.array(cabinet, { maxLength: 6 }), (at, standing) => {
        const alone = standing.map((one) => distanceTo(at, nearOf([one])));
        expect(distanceTo(at, nearOf(standing))).toBe(Math.min(3, ...alone));
        expect(nearOf(standing.toReversed())).toEqual(nearOf(standing));
      }),
    );
  });

  it('is far where the system has nothing, and of what stands nowhere', () => {
    const at = { cabinetId: 'c', rowId: 'w', roomId: 'r' };
    expect([distanceTo(at, NOTHING_NEAR), distanceTo(null, nearOf([at])), distanceTo(at, nearOf([at]))]).toEqual([
      3, 3, 0,
    ]);
  });

  it('is told by how many are how near', () => {
    expect(toldDistances([2, 0, 3, 0])).toEqual({
      zh: '同机柜 2，同机房 1，其他位置 1',
      en: '2 in one cabinet with it, 1 in one room, 1 elsewhere',
    });
  });
});
