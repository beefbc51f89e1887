import type { RequestRow } from '../requests/requests.types.js';
import type { SheetState } from './domain/delivery-sheet.js';
import type { FirstLogin } from './domain/first-login.js';
import type { LoginReset } from './domain/login-reset.js';
import type { PaperContent } from './domain/paper-content.js';
import type { SheetContent } from './domain/sheet-content.js';

/** What was printed once of one paper of a request. */
export type VersionRow = PaperContent & {
  readonly id: string;
  readonly requestId: string;
  /** Of this paper, from 1. */
  readonly number: number;
  readonly printedAt: Date;
  readonly printedBy: string;
};

export interface ScanRow {
  readonly id: string;
  readonly requestId: string;
  /** What was sealed. */
  readonly version: VersionRow;
  readonly uploadedAt: Date;
  readonly uploadedById: string;
  readonly uploadedBy: string;
}

export interface SheetRow {
  readonly id: string;
  readonly code: string;
  readonly requestId: string;
  readonly requestCode: string;
  readonly departmentId: string;
  readonly applicantId: string;
  readonly state: SheetState;
  readonly version: number;
  readonly openedAt: Date;
  readonly remindAt: Date | null;
  readonly dueAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
  readonly byRule: boolean;
  readonly content: SheetContent | null;
  readonly contentHash: string | null;
}

/** A sheet without its things, which may be thousands: they are read page by page. */
export type SheetHead = Omit<SheetRow, 'content'>;

export interface SheetOfRequest {
  readonly head: SheetHead;
  readonly request: RequestRow;
}

/** What a list says of a sheet beside its head. */
export interface SheetFacts {
  readonly unit: string;
  readonly system: string;
  readonly itemCount: number;
}

export interface ObjectionRow {
  readonly id: string;
  readonly sheetId: string;
  readonly resourceId: string;
  readonly reason: string;
  readonly raisedAt: Date;
  readonly raisedBy: string;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
}

export interface HandOverPolicy {
  readonly confirmWorkingDays: number;
  readonly remindWorkingDays: number;
  readonly loginDays: number;
}

export interface LoginRow extends FirstLogin {
  readonly passwordHash: string;
  readonly revealedBy: string | null;
  readonly withCards: boolean;
  readonly withAccess: boolean;
}

export interface ResetRow extends LoginReset {
  readonly id: string;
  readonly reason: string;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly askedById: string | null;
  readonly revealedBy: string | null;
}
