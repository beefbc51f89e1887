import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MonthUse, monthOfEntry, returnMonth, roundOfClose, type Standing, spendMonth } from './month-spending.js';

const standing = (id: string, subjectId: string, amount: bigint, left = amount): Standing => ({
  ...{ id, budgetId: 'item', subjectId, amount, left },
});
const use = (useId: string, amount: bigint, ...reservedBy: string[]): MonthUse => ({
  ...{ useId, reservedBy, budgetId: 'item', amount },
});

describe('spending a month', () => {
  it('uses up what its request has reserved, then what the changes have, and is spent beyond both', () => {
    const { parts, taken } = spendMonth(
      [use('a', 50n, 'first', 'change'), use('b', 60n, 'first', 'change'), use('c', 5n, 'nobody')],
      [standing('e1', 'first', 70n), standing('e2', 'change', 20n)],
    );
    expect(
      parts.map(({ useId, amount, fromReserved, encumbranceId }) => [useId, amount, fromReserved, encumbranceId]),
    ).toEqual([
      ['a', 50n, 50n, 'e1'],
      ['b', 60n, 40n, 'e1'],
      ['c', 5n, 0n, null],
    ]);
    expect([...taken]).toEqual([
      ['e1', 70n],
      ['e2', 20n],
    ]);
  });

  it('takes back a correction without touching reservations', () => {
    const { parts, taken } = spendMonth([use('a', -30n, 'first')], [standing('e1', 'first', 70n)]);
    expect(parts[0]).toMatchObject({ amount: -30n, fromReserved: 0n });
    expect(taken.size).toBe(0);
  });

  it('never uses up a reservation of another item', () => {
    const other = { ...standing('e1', 'first', 70n), budgetId: 'other' };
    expect(spendMonth([use('a', 30n, 'first')], [other]).parts[0]).toMatchObject({ fromReserved: 0n });
  });

  it('spends of an item that was replaced what is left of its reservation and no more, and the rest of the one in force', () => {
    const of = (id: string, subject: string, budgetId: string, left: bigint) => ({
      ...standing(id, subject, 90n, left),
      budgetId,
    });
    const paid = { ...use('a', 50n, 'first', 'change'), budgetId: 'new', before: ['old'] };
    const { parts, taken } = spendMonth([paid], [of('e1', 'first', 'old', 20n), of('e2', 'change', 'new', 90n)]);
    expect(parts.map(({ budgetId, amount, fromReserved }) => [budgetId, amount, fromReserved])).toEqual([
      ['old', 20n, 20n],
      ['new', 30n, 30n],
    ]);
    expect([...taken.values()]).toEqual([20n, 30n]);
    const alone = spendMonth([paid], [of('e1', 'first', 'old', 80n)]).parts;
    expect(alone.map(({ budgetId, amount }) => [budgetId, amount])).toEqual([['old', 50n]]);
    expect(spendMonth([{ ...paid, amount: -5n }], [of('e1', 'first', 'old', 80n)]).parts).toMatchObject([
      { budgetId: 'new', amount: -5n, fromReserved: 0n },
    ]);
  });

  it('tells closes of a month apart, and refuses what is none', () => {
    expect([roundOfClose('2026-11', 0), roundOfClose('2026-11', 1)]).toEqual([20261100, 20261101]);
    for (const wrong of [
      () => roundOfClose('2026-13', 0),
      () => roundOfClose('2026-11', 100),
      () => roundOfClose('202611', 0),
    ])
      expect(wrong).toThrow(RangeError);
  });

  it('knows of an entry which month it is of, whoever kept the books then', () => {
    const of = (kind: string, round: number) => monthOfEntry({ subject: { kind, id: 'x', round } });
    expect([of('USAGE', 202611), of('USAGE', 20261101), of('USAGE', 1), of('REQUEST', 202611)]).toEqual([
      '2026-11',
      '2026-11',
      null,
      null,
    ]);
  });

  it('conserves: what is taken is what the parts name, no reservation gives more than it has, and taking back undoes it', () => {
    const subjects = ['r1', 'r2', 'r3'];
    fc.assert(
      fc.property(
        fc.array(fc.record({ by: fc.subarray(subjects), amount: fc.bigInt({ min: -50n, max: 200n }) }), {
          maxLength: 12,
        }),
        fc.array(fc.record({ subject: fc.constantFrom(...subjects), amount: fc.bigInt({ min: 1n, max: 300n }) }), {
          maxLength: 6,
        }),
        (wishes, reserved) => {
          const uses = wishes.map(({ by, amount }, at) => use(`u${at}`, amount, ...by));
          const rows = reserved.map(({ subject, amount }, at) => standing(`e${at}`, subject, amount));
          const { parts, taken } = spendMonth(uses, rows);
          const sum = (values: Iterable<bigint>) => [...values].reduce((total, one) => total + one, 0n);
          expect(sum(parts.map(({ amount }) => amount))).toBe(sum(uses.map(({ amount }) => amount)));
          expect(sum(taken.values())).toBe(sum(parts.map(({ fromReserved }) => fromReserved)));
          for (const { id, left } of rows) expect((taken.get(id) ?? 0n) <= left).toBe(true);
          for (const { amount, fromReserved } of parts)
            expect(fromReserved >= 0n && fromReserved <= (amount > 0n ? amount : 0n)).toBe(true);
          const after = rows.map((row) => ({ ...row, left: row.left - (taken.get(row.id) ?? 0n) }));
          const spent = parts.map((part, at) => ({ ...part, reservedBy: uses[at]?.reservedBy ?? [] }));
          const { back, returned } = returnMonth(spent, after);
          expect(returned).toEqual(parts.map(({ fromReserved }) => fromReserved));
          for (const { id, left, amount } of after) expect(left + (back.get(id) ?? 0n)).toBe(amount);
        },
      ),
    );
  });
});
