import type { Fen } from '../kernel/money.js';

/** A month that was closed, or the reversal that opened one again: closed once, it never changes. */
export interface ClosedBookDocument {
  /** Documents only grow in number, in the order in which they were closed. */
  readonly id: string;
  readonly kind: 'STATEMENT' | 'REVERSAL';
  /** null = of the province's own book. */
  readonly cityId: string | null;
  /** In whose statement it stands, "2026-11". */
  readonly month: string;
  /** 1 = the first time this month was closed; one more after each reversal. */
  readonly round: number;
  /** The document that a reversal takes back. */
  readonly reversesId: string | null;
}

/** What a closed document charges for a use. */
export interface ClosedBookUse {
  readonly resourceId: string;
  readonly departmentId: string;
  /** The filed project that pays. */
  readonly projectId: string | null;
  /** The month whose use it is: by its year the project names a budget item. */
  readonly ofMonth: string;
  /** Signed: corrections may take back. */
  readonly amount: Fen;
}

/** What budgets need of closed months; the closing of months (accounting) fulfils it. */
export interface ClosedBook {
  /** In the order in which they were closed; `after` = the last id that is known already. */
  documents(after: string | null, limit: number): Promise<readonly ClosedBookDocument[]>;
  /** In pages, in the order of uses, none of which is on two pages; `after` = the last resourceId. */
  usesOf(documentId: string, after: string | null, limit: number): Promise<readonly ClosedBookUse[]>;
}

export const CLOSED_BOOK = Symbol('closed book');
