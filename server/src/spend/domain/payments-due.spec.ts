import { describe, expect, it } from '@jest/globals';
import { type PlannedPayment, paymentsDue } from './payments-due.js';

const planned = (position: number, dueOn: string, paid = 0n): PlannedPayment => ({
  ...{ contractId: 'c', position, dueOn, amount: 1_000n, paid },
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

  it('are not overdue on their day', () => {
    expect(paymentsDue([planned(1, '2026-11-30')], '2026-11-30', '2026-12-30')[0]?.overdue).toBe(false);
  });
});
