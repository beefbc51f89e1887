import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { Fen } from '../kernel/money.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import type { Month } from './domain/accounting-units.js';
import type { ClosedKind } from './domain/closing.js';

export type { ClosedKind };

/**
 * 封存: what was closed once and never changes. Documents only grow in number, so whoever takes their amounts (budgets,
 * reconciliation) takes each document once, by its id, and never looks back.
 */
export interface ClosedDocument {
  readonly id: string;
  readonly kind: ClosedKind;
  /** null = the province's own book; else the city whose book it is, which never enters a total of the province. */
  readonly cityId: string | null;
  /** In whose statement it stands. Its lines may be of earlier months: corrections say so by `ofMonth`. */
  readonly month: Month;
  /** 1 = the first time this month was closed; one more after each reversal. */
  readonly round: number;
  /** The document that a reversal takes back; null = it takes back none. */
  readonly reversesId: string | null;
  readonly lines: number;
  readonly amount: Fen;
  /** SM3 over the canonical text of all its statements, lower-case hexadecimal. */
  readonly hash: string;
  readonly closedAt: Date;
}

/** What one closed document charges for one grouping; amounts are signed: corrections and reversals may be negative. */
export interface ClosedAmount {
  readonly documentId: string;
  readonly kind: ClosedKind;
  readonly cityId: string | null;
  /** The statement that it stands on; of a reversal that of what it takes back, where the two are nothing together. */
  readonly month: Month;
  /** The month whose use it is of; not `month` for corrections and reversals. */
  readonly ofMonth: Month;
  readonly departmentId: string;
  readonly systemId: string | null;
  /** The filed project that pays: by its budget keys and the year of `ofMonth` it names a budget item. */
  readonly projectId: string | null;
  readonly centerId: string | null;
  readonly meteredKind: MeteredKind;
  readonly share: ShareName;
  readonly amount: Fen;
}

/** The same by the use: whose encumbrance it draws on is found by the request that delivered it. */
export interface ClosedUseAmount extends ClosedAmount {
  readonly resourceId: string;
  readonly subjectId: string;
}

/** What `ClosedAmounts` (closed-amounts.service.ts, exported by AccountingModule) answers. */
export interface ClosedAmountsRead {
  /** In the order in which they were closed; `after` = the last id that is known already. */
  documents(after: string | null, limit: number): Promise<ClosedDocument[]>;
  amountsOf(documentId: string): Promise<ClosedAmount[]>;
  /** In pages, in the order of uses; `after` = the last resourceId. */
  usesOf(documentId: string, after: string | null, limit: number): Promise<ClosedUseAmount[]>;
}
