import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Down, downTimeOf, minutesOf, type Stretch, union, within, without } from './down-time.js';

const MINUTE = 60_000;
const DAY = 200;
/** So short a day that every minute of it is looked at one by one. */
const minute = fc.integer({ min: 0, max: DAY });
const stretch = fc.tuple(minute, minute).map(([a, b]): Stretch => ({ from: a * MINUTE, to: b * MINUTE }));
const down = fc
  .record({ span: stretch, counts: fc.boolean(), agreed: fc.array(stretch, { maxLength: 3 }) })
  .map(({ span, counts, agreed }): Down => ({ ...span, counts, agreed }));
const downs = fc.array(down, { maxLength: 6 });
const bound = fc
  .tuple(minute, minute)
  .map(([a, b]) => ({ from: Math.min(a, b) * MINUTE, to: Math.max(a, b) * MINUTE }));

const has = (stretches: readonly Stretch[], at: number) => stretches.some(({ from, to }) => from <= at && at < to);
const minutes = Array.from({ length: DAY }, (_, at) => at * MINUTE);

describe('down time', () => {
  it('counts each moment once, whatever overlaps, as a count minute by minute does', () => {
    fc.assert(
      fc.property(fc.array(stretch), (stretches) => {
        const joined = union(stretches);
        expect(minutes.filter((at) => has(joined, at))).toEqual(minutes.filter((at) => has(stretches, at)));
        for (const [at, { from, to }] of joined.entries()) {
          expect(from).toBeLessThan(to);
          expect(from).toBeGreaterThan(joined[at - 1]?.to ?? -1);
        }
        expect(minutesOf(stretches)).toBe(minutes.filter((at) => has(stretches, at)).length);
        expect(union(joined)).toEqual(joined);
      }),
    );
  });

  it('takes away what was agreed and no moment more, and stays within its bound', () => {
    fc.assert(
      fc.property(stretch, fc.array(stretch), bound, (whole, taken, month) => {
        const left = without(whole, taken);
        expect(minutes.filter((at) => has(left, at))).toEqual(
          minutes.filter((at) => has([whole], at) && !has(taken, at)),
        );
        const inside = within([whole], month);
        expect(minutes.filter((at) => has(inside, at))).toEqual(
          minutes.filter((at) => has([whole], at) && has([month], at)),
        );
      }),
    );
  });

  it('is what a count minute by minute says: down at all, and down with nobody to excuse it', () => {
    fc.assert(
      fc.property(downs, bound, (all, month) => {
        const inMonth = minutes.filter((at) => has([month], at));
        const counted = inMonth.filter((at) => all.some((one) => one.counts && has([one], at) && !has(one.agreed, at)));
        const any = inMonth.filter((at) => has(all, at));
        expect(downTimeOf(all, month)).toEqual({
          downMinutes: any.length,
          excusedMinutes: any.length - counted.length,
        });
      }),
    );
  });

  it('does not depend on the order of the record or on what stands in it twice, and only grows with it', () => {
    fc.assert(
      fc.property(downs, down, bound, (all, more, month) => {
        const made = downTimeOf(all, month);
        expect(downTimeOf([...all, ...all].reverse(), month)).toEqual(made);
        const after = downTimeOf([...all, more], month);
        expect(after.downMinutes).toBeGreaterThanOrEqual(made.downMinutes);
        expect(after.downMinutes - after.excusedMinutes).toBeGreaterThanOrEqual(made.downMinutes - made.excusedMinutes);
      }),
    );
  });

  it('of months that meet adds up to that of both', () => {
    fc.assert(
      fc.property(downs, fc.tuple(minute, minute, minute), (all, points) => {
        const [a = 0, b = 0, c = 0] = points.map((point) => point * MINUTE).sort((x, y) => x - y);
        const of = (from: number, to: number) => downTimeOf(all, { from, to });
        expect(of(a, b).downMinutes + of(b, c).downMinutes).toBe(of(a, c).downMinutes);
        expect(of(a, b).excusedMinutes + of(b, c).excusedMinutes).toBe(of(a, c).excusedMinutes);
      }),
    );
  });

  it('rounds a part of a minute away, of all of it together', () => {
    expect(minutesOf([{ from: 0, to: MINUTE - 1 }])).toBe(0);
    const halves = [
      { from: 0, to: MINUTE / 2 },
      { from: MINUTE, to: 1.5 * MINUTE },
    ];
    expect(minutesOf(halves)).toBe(1);
  });
});
