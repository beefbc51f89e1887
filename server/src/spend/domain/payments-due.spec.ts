import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PlannedPayment, paymentsDue } from './payments-due.js';

const planned = (position: number, dueOn: string, paid = 0n): PlannedPayment => ({
  ...{ contractId: 'c', position, dueOn, amount: 1_000n, paid, deducted: 0n },
});

describe('payments due', () => {
  it('are those until the day that are not paid in full, the earliest first', () => {
    const due = paymentsDue(
      [
        planned(4, '2027-01-01'),
        planned(3, '2026-12-31'),
        planned(2, '2026-11-29', 400n),
        planned(1, '2026-06-30', 1_000n),
      ],
      '2026-11-30',
      '2026-12-31',
    );
    expect(due.map(({ overdue, position, rest }) => [position, rest, overdue])).toEqual([
      [2, 600n, true],
      [3, 1_000n, false],
    ]);
  });

  it('are less by what was deducted, the earliest that is not paid first', () => {
    const deducted = (...rows: PlannedPayment[]) => rows.map((row) => ({ ...row, deducted: 1_200n }));
    const due = paymentsDue(
      deducted(planned(1, '2026-06-30', 900n), planned(2, '2026-09-30'), planned(3, '2026-11-29')),
      '2026-11-30',
      '2026-12-31',
    );
    expect(due.map(({ position, rest }) => [position, rest])).toEqual([[3, 900n]]);
  });

  it('come to what is planned less paid and deducted, and none of them to nothing or less', () => {
    const fen = fc.bigInt({ min: 0n, max: 2_000n });
    fc.assert(
      fc.property(fc.array(fen, { maxLength: 6 }), fen, (paid, deducted) => {
        const all = paid.map((each, at) => ({ ...planned(at + 1, '2026-06-30', each), deducted }));
        const due = paymentsDue(all, '2026-11-30', '2026-12-31');
        const unpaid = paid.reduce((sum, each) => sum + (each < 1_000n ? 1_000n - each : 0n), 0n);
        const rest = due.reduce((sum, one) => sum + one.rest, 0n);
        expect(rest).toBe(unpaid > deducted ? unpaid - deducted : 0n);
        expect(due.every((one) => one.rest > 0n)).toBe(true);
      }),
    );
  });

  it('are not overdue on their day', () => {
    expect(paymentsDue([planned(1, '2026-11-30')], '2026-11-30', '2026-12-30')[0]?.overdue).toBe(false);
  });
});
