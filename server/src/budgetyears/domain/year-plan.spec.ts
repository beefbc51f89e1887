import { describe, expect, it } from '@jest/globals';
import { type CostedUse, planYear, roundOfOpening } from './year-plan.js';

const use = (
  useId: string,
  requestId: string | null,
  amount: bigint | null,
  more: Partial<CostedUse> = {},
): CostedUse => ({
  ...{ useId, requestId, departmentId: 'd', projectId: 'p', amount, payer: { budgetId: 'item' } },
  ...more,
});

describe('opening a year', () => {
  it('reserves by request and item, a use that nobody asked for by itself, and says of the rest why nothing pays', () => {
    const { uses, reservations } = planYear(
      [
        use('a', 'r', 10n),
        use('b', 'r', 5n),
        use('c', null, 7n),
        use('d', 'r', 3n, { payer: { budgetId: 'other' } }),
        use('e', 'r', 4n, { payer: { unpaid: 'NO_ITEM' } }),
        use('f', 'r', null),
        use('g', 'r', 0n),
      ],
      new Set(),
    );
    expect(reservations).toEqual([
      { subject: { kind: 'REQUEST', id: 'r' }, budgetId: 'item', amount: 15n },
      { subject: { kind: 'USE', id: 'c' }, budgetId: 'item', amount: 7n },
      { subject: { kind: 'REQUEST', id: 'r' }, budgetId: 'other', amount: 3n },
    ]);
    expect(uses.flatMap(({ useId, unpaid, amount }) => (unpaid ? [[useId, unpaid, amount]] : []))).toEqual([
      ['e', 'NO_ITEM', 4n],
      ['f', 'NO_PRICE', 0n],
    ]);
  });

  it('leaves out what an earlier run has encumbered', () => {
    const again = planYear([use('a', 'r', 10n), use('b', 'r', 5n)], new Set(['a']));
    expect(again.reservations.map(({ amount }) => amount)).toEqual([5n]);
    expect(again.uses.map(({ useId }) => useId)).toEqual(['b']);
  });

  it('never meets the rounds of a request’s own holds, which count up from 1', () => {
    expect([roundOfOpening(2027, 0), roundOfOpening(2027, 1)]).toEqual([-2_027_000, -2_027_001]);
    expect(() => roundOfOpening(2027, 1_000)).toThrow(RangeError);
  });
});
