import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DRILL_MARKS, planItems } from './drill-items.js';
import { isNext, type MarkTimes, measuredOf } from './drill-marks.js';
import { DRILL_KINDS } from './drill-state.js';
import { pastMoments } from './past-drill.js';

const begunAt = new Date('2026-03-02T01:00:00Z');

describe('a drill of the time before', () => {
  it('has the moments that the clock would have taken: each next, none twice, and the whole is the sum', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DRILL_KINDS),
        fc.array(fc.record({ title: fc.constant('核对'), limitSeconds: fc.constant(60) }), { maxLength: 4 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 7_200 })),
        (kind, own, stream) => {
          const plan = planItems(kind, own);
          const took = [...stream.take(plan.length)];
          const { endsAt, items, marks } = pastMoments(begunAt, plan, took);
          let taken: MarkTimes = {};
          for (const { at, mark } of marks) {
            expect(isNext(taken, mark, at)).toBe(true);
            taken = { ...taken, [mark]: at };
          }
          expect(marks.map(({ mark }) => mark)).toEqual(DRILL_MARKS.filter((mark) => taken[mark] !== undefined));
          expect(items.map(({ begunAt: from, doneAt }) => (doneAt.getTime() - from.getTime()) / 1_000)).toEqual(took);
          for (const [at, item] of items.entries())
            expect(item.begunAt).toEqual(at === 0 ? begunAt : items[at - 1]?.doneAt);
          expect(measuredOf(taken, undefined).rtoSeconds).toBe(took.reduce((sum, one) => sum + one, 0));
          expect(endsAt).toEqual(taken.T7);
        },
      ),
    );
  });

  it('is not made up of fewer times than it has entries', () => {
    expect(() => pastMoments(begunAt, planItems('TABLETOP', []), [1, 2, 3])).toThrow(RangeError);
    expect(() => pastMoments(begunAt, planItems('TABLETOP', []), [1, 2, 0, 3])).toThrow(RangeError);
  });
});
