import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CostCell, type CostDimension, type Layout, layOut, quarterOf, REST_KEY, timesBetween } from './pivot.js';

const layout = (more: Partial<Layout> = {}): Layout => ({
  ...{ rows: 'DEPARTMENT', columns: 'MONTH', times: timesBetween('2026-01', '2026-12'), rowsMax: 200, columnsMax: 60 },
  ...more,
});
const cell = (row: string | null, column: string | null, amount: bigint): CostCell => ({ row, column, amount });
const key = fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { nil: null });
const amount = fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000_000n });
const cells = fc.array(fc.record({ row: key, column: key, amount }), { maxLength: 40 });
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);

describe('a pivot of costs', () => {
  it('comes to the same sum in every layout, however little of it is shown (invariant 7)', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (all, rowsMax, columnsMax) => {
        const whole = sum(all.map((one) => one.amount));
        for (const columns of ['SYSTEM', null] as const) {
          const given = columns === null ? all.map((one) => ({ ...one, column: null })) : all;
          const table = layOut(given, layout({ columns, rowsMax, columnsMax }));
          expect(table.total).toBe(whole);
          expect(sum(table.amounts)).toBe(whole);
          expect(sum([...table.rows.map(({ total }) => total), table.rest?.total ?? 0n])).toBe(whole);
          for (const { amounts, total } of [...table.rows, ...(table.rest ? [table.rest] : [])])
            expect(sum(amounts)).toBe(total);
          for (const at of table.columns.keys())
            expect(
              sum([...table.rows, ...(table.rest ? [table.rest] : [])].map(({ amounts }) => amounts[at] ?? 0n)),
            ).toBe(table.amounts[at]);
          expect(table.columns.length).toBeLessThanOrEqual(Math.max(columnsMax, 1));
          expect(table.rows.length).toBeLessThanOrEqual(rowsMax);
        }
      }),
    );
  });

  it('does not depend on the order in which sums come', () => {
    fc.assert(
      fc.property(cells, (all) => {
        expect(layOut(all.toReversed(), layout({ columns: 'SYSTEM', rowsMax: 3 }))).toEqual(
          layOut(all, layout({ columns: 'SYSTEM', rowsMax: 3 })),
        );
      }),
    );
  });

  it('shows every month of the span in time’s order, and what is of none last', () => {
    const table = layOut(
      [cell('d', '2026-03', 5n), cell('d', '2026-01', 1n)],
      layout({ times: timesBetween('2026-01', '2026-04') }),
    );
    expect(table.columns).toEqual(['2026-01', '2026-02', '2026-03', '2026-04']);
    expect(table.rows).toEqual([{ key: 'd', amounts: [1n, 0n, 5n, 0n], total: 6n }]);
  });

  it('shows the dearest first and says how many it left out', () => {
    const table = layOut(
      [cell('small', null, 1n), cell('big', null, 9n), cell(null, null, 5n), cell('less', null, -7n)],
      layout({ columns: null, rowsMax: 2 }),
    );
    expect(table.rows.map((row) => row.key)).toEqual(['big', 'less']);
    expect(table.rest).toEqual({ rows: 2, amounts: [6n], total: 6n });
  });

  it('folds columns beyond the most into one', () => {
    const table = layOut(
      ['a', 'b', 'c', 'd'].map((column, at) => cell('r', column, BigInt(10 - at))),
      layout({ columns: 'CENTER', columnsMax: 3 }),
    );
    expect(table.columns).toEqual(['a', 'b', REST_KEY]);
    expect(table.amounts).toEqual([10n, 9n, 15n]);
  });

  it('has nothing of nothing', () => {
    for (const rows of ['DEPARTMENT', 'SYSTEM'] satisfies CostDimension[])
      expect(layOut([], layout({ rows, columns: null }))).toEqual({
        ...{ columns: [null], rows: [], rest: null, amounts: [0n], total: 0n },
      });
  });
});

describe('spans of time', () => {
  it('goes over the ends of years', () => {
    expect(timesBetween('2025-11', '2026-02')).toEqual({
      MONTH: ['2025-11', '2025-12', '2026-01', '2026-02'],
      QUARTER: ['2025-Q4', '2026-Q1'],
      YEAR: ['2025', '2026'],
    });
  });
  it('knows the quarter of each month', () => {
    expect(['01', '03', '04', '12'].map((month) => quarterOf(`2026-${month}`))).toEqual([
      '2026-Q1',
      '2026-Q1',
      '2026-Q2',
      '2026-Q4',
    ]);
  });
});
