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
  /** 考核扣减 of the whole contract: nobody is owed it. */
  readonly deducted: Fen;
}

export interface PaymentDue extends PlannedPayment {
  readonly rest: Fen;
  /** Its day has passed. */
  readonly overdue: boolean;
}

/**
 * The earliest first. What was paid beyond one instalment pays none other: a payment says itself which one it is of. What was
 * deducted is taken off a contract's instalments in their order, for it is paid by none of them.
 */
export function paymentsDue(
  planned: readonly PlannedPayment[],
  today: CalendarDate,
  until: CalendarDate,
): PaymentDue[] {
  const left = new Map(planned.map(({ contractId, deducted }) => [contractId, deducted]));
  const inOrder = planned
    .filter(({ amount, dueOn, paid }) => dueOn <= until && paid < amount)
    .toSorted((a, b) => order(a.dueOn, b.dueOn) || order(a.contractId, b.contractId) || a.position - b.position);
  return inOrder.flatMap((one) => {
    const [unpaid, deducted] = [one.amount - one.paid, left.get(one.contractId) ?? 0n];
    const taken = deducted < unpaid ? deducted : unpaid;
    left.set(one.contractId, deducted - taken);
    return taken < unpaid ? [{ ...one, rest: unpaid - taken, overdue: one.dueOn < today }] : [];
  });
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
