import type { Severity } from './domain/severity.js';
import type { Link } from './domain/ticket-links.js';
import type { TicketKind, TicketState } from './domain/ticket-state.js';
import type { DutyNoticeEntity, DutyNoticeReceiptEntity } from './duty-notices.entity.js';
import type { DutyTicketEntity, DutyTicketEntryEntity, DutyTicketLinkEntity } from './tickets.entity.js';

export type TicketRow = DutyTicketEntity;
export type LinkRow = Omit<DutyTicketLinkEntity, 'ticket'>;
export type EntryRow = Omit<DutyTicketEntryEntity, 'ticket'>;
export type NoticeRow = DutyNoticeEntity;
export type ReceiptRow = Omit<DutyNoticeReceiptEntity, 'notice'>;

export interface TicketFilter {
  readonly kinds: readonly TicketKind[];
  readonly states: readonly TicketState[];
  readonly severities: readonly Severity[];
  readonly openOnly: boolean;
  readonly mine: string | null;
  readonly link: Link | null;
  readonly search: string | null;
}

export interface TicketCount {
  readonly kind: TicketKind;
  readonly severity: Severity;
  readonly n: number;
}

export interface StandardUse {
  readonly key: string;
  readonly opened: number;
  readonly closed: number;
  readonly rolledBack: number;
}

/** Every act on a ticket that is there. */
export interface TicketAct {
  readonly ticketId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}
