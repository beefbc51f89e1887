import type { LineKind } from '../allocation/domain/line-kind.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { SheetState } from './domain/delivery-sheet.js';
import type { FirstLogin } from './domain/first-login.js';
import type { FormContent } from './domain/form-content.js';
import type { LoginReset } from './domain/login-reset.js';

export interface FormRow {
  readonly id: string;
  readonly requestId: string;
  /** Version of the form, from 1. */
  readonly number: number;
  readonly contentHash: string;
  readonly content: FormContent;
  readonly printedAt: Date;
  readonly printedBy: string;
}

export interface ScanRow {
  readonly id: string;
  readonly requestId: string;
  readonly form: FormRow;
  readonly uploadedAt: Date;
  readonly uploadedById: string;
  readonly uploadedBy: string;
}

/** One thing as it was handed over: a machine, a server, a place in a cabinet, a service. */
export interface SheetItem {
  /** Missing in what was confirmed while sheets listed machines only. */
  readonly kind?: LineKind;
  /** Of the machine, the server, the holder of the place, the line of the service. */
  readonly resourceId: string;
  readonly code: string;
  readonly name: string;
  readonly specification: string;
  readonly center: string;
  readonly addresses: readonly string[];
  readonly clusterObject: string | null;
  readonly provisionedBy: string;
  /** ISO time. */
  readonly deliveredAt: string | null;
  /** What proves it, in the words of who did the work. */
  readonly evidence?: string | null;
}

export interface SheetContent {
  readonly unit: string;
  readonly system: string;
  readonly items: readonly SheetItem[];
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
