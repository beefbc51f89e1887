import { describe, expect, it } from '@jest/globals';
import { differenceOf, type Sum, stepsOf } from './change-steps';

const sum = (more: Partial<Sum>): Sum => ({ before: '0', after: '0', rest: '0', parts: [], ...more });

describe('the steps of a change', () => {
  it('begin where the sum was, end where it is, and touch each other on the way', () => {
    const { cut, steps } = stepsOf(
      sum({
        before: '1000',
        after: '1500',
        parts: [
          { part: 'NEW', amount: '800' },
          { part: 'RELEASED', amount: '-300' },
        ],
      }),
    );
    expect(cut).toBe(false);
    expect(steps.map(({ direction, key }) => [key, direction])).toEqual([
      ['BEFORE', 'whole'],
      ['NEW', 'up'],
      ['RELEASED', 'down'],
      ['AFTER', 'whole'],
    ]);
    const [before, come, gone, after] = steps as [
      (typeof steps)[0],
      (typeof steps)[0],
      (typeof steps)[0],
      (typeof steps)[0],
    ];
    expect(come.y + come.height).toBeCloseTo(before.y);
    expect(gone.y).toBeCloseTo(come.y);
    expect(gone.y + gone.height).toBeCloseTo(after.y);
    expect(before.y + before.height).toBe(1);
  });

  it('show small changes of a large sum on an axis that does not begin at nothing, and say so', () => {
    const { cut, steps } = stepsOf(
      sum({ before: '900000000000000000', after: '900000000000001000', parts: [{ part: 'PRICE', amount: '1000' }] }),
    );
    expect(cut).toBe(true);
    expect(steps[1]?.height).toBeGreaterThan(0.5);
  });

  it('show what is not explained, and nothing of what did not happen', () => {
    const { steps } = stepsOf(sum({ before: '10', after: '12', rest: '2', parts: [{ part: 'NEW', amount: '0' }] }));
    expect(steps.map(({ key }) => key)).toEqual(['BEFORE', 'REST', 'AFTER']);
  });

  it('stay within the box, below nothing too, and where all is nothing', () => {
    for (const one of [
      sum({}),
      sum({ before: '-500', after: '300', parts: [{ part: 'CORRECTION', amount: '800' }] }),
      sum({ before: '5', after: '-5', parts: [{ part: 'CORRECTION', amount: '-10' }] }),
    ])
      for (const { height, y } of stepsOf(one).steps) {
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + height).toBeLessThanOrEqual(1.001);
      }
    expect(differenceOf({ before: '-500', after: '300' })).toBe('800');
  });
});
