import { describe, expect, it } from '@jest/globals';
import { heightOf, scaleOf, trendPieces } from './trend';

const box = { width: 102, height: 22, edge: 1 };

describe('trendPieces', () => {
  it('breaks at a gap instead of falling to nought', () => {
    const pieces = trendPieces([1, 2, null, 4, null, 6], box, 0, 10);
    expect(pieces.map((piece) => piece.length)).toEqual([2, 1, 1]);
    expect(pieces[1]?.[0]?.x).toBeCloseTo(61);
  });

  it('draws more above less, and what is beyond the scale at its end', () => {
    expect(heightOf(0, box, 0, 10)).toBe(21);
    expect(heightOf(10, box, 0, 10)).toBe(1);
    expect(heightOf(99, box, 0, 10)).toBe(1);
  });

  it('has no scale without a value, and one for a line that is level', () => {
    expect(scaleOf([null, null], [1.3])).toBeNull();
    const level = scaleOf([5, 5]);
    expect(level && level.high > level.low).toBe(true);
  });
});
