/** Decides which instalments of payment plans are due until a day, and what of each is still to pay. */
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';

export interface PlannedPayment {
  readonly contractId: string;
  readonly position: number;
  readonly dueOn: CalendarDate;
  readonly amount: Fen;
  /** Confirmed payments that name it; entered ones pay nothing yet. */
  readonly paid: Fen;
}

export interface PaymentDue extends PlannedPayment {
  readonly rest: Fen;
  /** Its day has passed. */
  readonly overdue: boolean;
}

/** The earliest first. What was paid beyond one instalment pays none other: a payment says itself which one it is of. */
export function paymentsDue(
  planned: readonly PlannedPayment[],
  today: CalendarDate,
  until: CalendarDate,
): PaymentDue[] {
  return planned
    .filter(({ amount, dueOn, paid }) => dueOn <= until && paid < amount)
    .map((one) => ({ ...one, rest: one.amount - one.paid, overdue: one.dueOn < today }))
    .toSorted((a, b) => order(a.dueOn, b.dueOn) || order(a.contractId, b.contractId) || a.position - b.position);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
