import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moversOf } from './movers.js';
import type { CostCell } from './pivot.js';

const cell = (row: string | null, column: string, amount: bigint): CostCell => ({ row, column, amount });

describe('movers', () => {
  it('names the largest change first, up or down, and nobody who did not move', () => {
    const found = moversOf(
      [
        ...[cell('a', '2026-09', 100n), cell('a', '2026-10', 130n)],
        ...[cell('b', '2026-09', 500n), cell('b', '2026-10', 500n)],
        ...[cell('c', '2026-09', 90n), cell(null, '2026-10', 40n)],
      ],
      ...(['2026-09', '2026-10', 2] as const),
    );
    expect(found.movers).toEqual([
      { key: 'c', before: 90n, after: 0n, change: -90n },
      { key: null, before: 0n, after: 40n, change: 40n },
    ]);
    expect(found.rest).toEqual({ count: 1, change: 30n });
    expect(found).toMatchObject({ before: 690n, after: 670n, change: -20n });
  });

  it('comes to the change of the total, whatever is named, and does not depend on the order of sums', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', null);
    const month = fc.constantFrom('2026-08', '2026-09', '2026-10');
    const cells = fc.array(fc.record({ row: key, column: month, amount: fc.bigInt(-1_000n, 1_000n) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(cells, fc.nat(5), (some, most) => {
        const found = moversOf(some, '2026-09', '2026-10', most);
        const named = found.movers.reduce((sum, { change }) => sum + change, 0n) + (found.rest?.change ?? 0n);
        const sumOf = (of: string) => some.reduce((sum, { amount, column }) => sum + (column === of ? amount : 0n), 0n);
        expect(named).toBe(sumOf('2026-10') - sumOf('2026-09'));
        expect(found.change).toBe(named);
        expect(found.movers.length).toBeLessThanOrEqual(most);
        expect(moversOf(some.toReversed(), '2026-09', '2026-10', most)).toEqual(found);
      }),
    );
  });
});
