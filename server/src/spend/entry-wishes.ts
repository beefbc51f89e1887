import type { CalendarDate } from '../kernel/calendar.js';
import type { AcceptanceFacts, PaymentFacts } from './domain/contract-entry.js';

export interface EntryOf {
  readonly idempotencyKey: string;
  /** undefined = no id of this kind. */
  readonly contractId: string | undefined;
}
export interface WithEvidence {
  readonly fileIds: readonly string[];
}

export type AcceptanceWish = EntryOf & WithEvidence & Omit<AcceptanceFacts, 'fileCount'>;
export type PaymentWish = EntryOf &
  PaymentFacts & {
    readonly instalment: number | null;
    /** 预付款: before it is accepted, as far as the contract allows; left out = it is none. */
    readonly advance?: boolean;
  };

export interface ReversalWish {
  readonly idempotencyKey: string;
  readonly id: string | undefined;
  readonly onDate: CalendarDate;
  readonly note: string;
  readonly voucher: string | null;
}
