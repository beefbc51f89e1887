import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evenParts, fenOfParts, partsOf, serviceParts, takeOff, unitsReserved } from './service-change.js';

const counts = fc.integer({ min: 1, max: 20_000 });
const fens = fc.bigInt({ min: 0n, max: 10_000_000n });

describe('parts of a service whose units cost differently by tiers', () => {
  it('are what was reserved, to the fen', () => {
    // A thousand GiB at 9 fen and nine thousand at 7.
    expect(fenOfParts(evenParts('r', 10_000, 72_000n))).toBe(72_000n);
    expect(evenParts('r', 4, 800n)).toEqual([{ requestId: 'r', count: 4, eachFen: 200n }]);
    fc.assert(
      fc.property(counts, fens, (count, fen) => {
        const parts = evenParts('r', count, fen);
        expect(fenOfParts(parts)).toBe(fen);
        expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(count);
      }),
    );
  });

  it('give back what the highest tier costs first, never the mean of all', () => {
    // A thousand GiB at 9 fen and nine thousand at 7.
    const units = unitsReserved([
      { count: 1_000, eachFen: 9n },
      { count: 9_000, eachFen: 7n },
    ]);
    const parts = partsOf('r', 10_000, 72_000n, units);
    const { left, off } = takeOff(parts, 9_500);
    expect([fenOfParts(off), fenOfParts(left)]).toEqual([9_000n * 7n + 500n * 9n, 500n * 9n]);
    const grown = serviceParts(partsOf('r', 1_000, 9_000n, units.slice(0, 1)), [
      { requestId: 'change', from: 1_000, to: 10_000, fen: 63_000n, units: units.slice(1) },
    ]);
    expect(fenOfParts(takeOff(grown, 9_000).off)).toBe(63_000n);
    // What is kept has to be the whole; else each counts alike.
    expect(partsOf('r', 10, 720n, units)).toEqual(evenParts('r', 10, 720n));
    expect(partsOf('r', 10, 720n, null)).toEqual(evenParts('r', 10, 720n));
  });

  it('are given back as what was reserved, when the service goes', () => {
    fc.assert(
      fc.property(counts, counts, fens, fens, (first, more, fen, moreFen) => {
        const changes = [{ requestId: 'change', from: first, to: first + more, fen: moreFen }];
        const { left, off } = takeOff(serviceParts(evenParts('made', first, fen), changes), first + more);
        expect(left).toEqual([]);
        expect(fenOfParts(off.filter(({ requestId }) => requestId === 'made'))).toBe(fen);
        expect(fenOfParts(off.filter(({ requestId }) => requestId === 'change'))).toBe(moreFen);
      }),
    );
  });
});
