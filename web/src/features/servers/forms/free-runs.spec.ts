import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Frame, freeRuns, type Standing } from './free-runs';

const frames: fc.Arbitrary<Frame> = fc.record({
  heightUnits: fc.integer({ min: 1, max: 52 }),
  startingUnit: fc.integer({ min: 1, max: 101 }),
  numbering: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
});
/** Half-units, faces and things that stick out included: what is drawn may be older than the frame. */
const holders: fc.Arbitrary<Standing[]> = fc.array(
  fc.record({
    bottomUnits: fc.integer({ min: 0, max: 100 }).map((halves) => halves / 2),
    heightUnits: fc.integer({ min: 0, max: 12 }).map((halves) => halves / 2),
    face: fc.constantFrom('BOTH' as const, 'FRONT' as const, 'REAR' as const),
  }),
  { maxLength: 12 },
);
const wishes = fc.record({
  heightUnits: fc.integer({ min: 0, max: 12 }).map((halves) => halves / 2),
  fullDepth: fc.boolean(),
});

/** Unit by unit, by its printed number. */
function freeByHand(frame: Frame, standing: readonly Standing[], fullDepth: boolean, unit: number): boolean {
  const below = unit - frame.startingUnit;
  const bottom = frame.numbering === 'ASCENDING' ? below : frame.heightUnits - 1 - below;
  return standing
    .filter(({ face, heightUnits }) => heightUnits > 0 && (fullDepth || face !== 'REAR'))
    .every(({ bottomUnits, heightUnits }) => bottomUnits >= bottom + 1 || bottomUnits + heightUnits <= bottom);
}

describe('freeRuns', () => {
  it('tells exactly the whole units that are free and in pieces long enough, by the numbers on the frame', () => {
    fc.assert(
      fc.property(frames, holders, wishes, (frame, standing, wanted) => {
        const runs = freeRuns(frame, standing, wanted);
        const least = Math.max(1, Math.ceil(wanted.heightUnits));
        const told = new Set(
          runs.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
        );
        const numbers = Array.from({ length: frame.heightUnits }, (_, at) => frame.startingUnit + at);
        const free = numbers.map((unit) => freeByHand(frame, standing, wanted.fullDepth, unit));
        // Pieces of free units, found by walking the printed numbers.
        const expected = new Set<number>();
        for (let at = 0; at < free.length; at += 1) {
          let end = at;
          while (free[end]) end += 1;
          if (end - at >= least) for (let unit = at; unit < end; unit += 1) expected.add(numbers[unit] as number);
          at = end;
        }
        expect(told).toEqual(expected);
        for (const { from, to } of runs) expect(to - from + 1).toBeGreaterThanOrEqual(least);
        expect(runs.map(({ from }) => from)).toEqual(runs.map(({ from }) => from).toSorted((a, b) => a - b));
      }),
    );
  });

  it('passes in front of what stands behind only what is not of full depth', () => {
    const frame: Frame = { heightUnits: 4, startingUnit: 1, numbering: 'DESCENDING' };
    const behind: Standing[] = [{ bottomUnits: 0, heightUnits: 1, face: 'REAR' }];
    expect(freeRuns(frame, behind, { heightUnits: 1, fullDepth: true })).toEqual([{ from: 1, to: 3 }]);
    expect(freeRuns(frame, behind, { heightUnits: 1, fullDepth: false })).toEqual([{ from: 1, to: 4 }]);
  });
});
