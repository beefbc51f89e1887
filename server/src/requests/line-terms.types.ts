import type { LineKind } from '../allocation/domain/line-kind.js';
import type { CalendarDate } from '../kernel/calendar.js';
import type { ReviewStage } from '../resources/domain/review.js';

/** The term of a line of servers, places or services that was handed over. */
export interface LineTermRow {
  readonly lineId: string;
  readonly requestId: string;
  readonly departmentId: string;
  readonly systemId: string;
  /** null = long-term. */
  readonly temporaryUntil: CalendarDate | null;
  readonly remindedDays: number | null;
  readonly termOverAt: Date | null;
  readonly extensionsUsed: number;
  readonly reviewFrom: Date | null;
  readonly reviewStage: ReviewStage;
  readonly reviewedBy: string | null;
  readonly reviewNote: string | null;
  readonly endedAt: Date | null;
  /** Since when it is decided that it is taken back; null = it is not. Written by the feature of the cases. */
  readonly reclaimedAt: Date | null;
  readonly version: number;
  /** Of what was taken in without a request; null = of a line. */
  readonly takenInKind: TakenInKind | null;
  readonly takenInName: string | null;
  readonly takenInCode: string | null;
  /** The server, or what stands in the cabinet. */
  readonly subjectId: string | null;
}

/** What of an intake has a term here: machines have their own, addresses have none. */
export type TakenInKind = 'SERVER' | 'CABINET';

/** Something that ran before the console, as its approved intake hands it over. */
export interface TakenInThing {
  readonly itemId: string;
  readonly batchId: string;
  readonly batchCode: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly kind: TakenInKind;
  readonly name: string;
  readonly subjectId: string;
}

/** With what people call it. */
export interface NamedLineTerm extends LineTermRow {
  readonly name: string;
  readonly kind: LineKind;
  readonly count: number;
  /** Or the code of its intake. */
  readonly requestCode: string;
  /** Whose it is, after hand-overs; null = taken in: nobody asked for it. */
  readonly applicantId: string | null;
}

/** TO_REVIEW: its yearly review is due or soon. ENDING: temporary, the nearest end first. */
export const LINE_TERM_LISTS = ['TO_REVIEW', 'ENDING'] as const;
export type LineTermList = (typeof LINE_TERM_LISTS)[number];
