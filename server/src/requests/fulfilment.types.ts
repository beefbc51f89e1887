import type { LineKind } from '../allocation/domain/line-kind.js';
import type { Bilingual } from '../kernel/bilingual.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ServiceAnswer } from './domain/content.js';
import type { RequestNature } from './requests.types.js';

export const LINE_FULFILMENT = Symbol('LINE_FULFILMENT');

/** A line of an approved request that people fulfil, with all that they need to know. */
export interface GrantedLine {
  readonly requestId: string;
  readonly requestCode: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly projectId: string;
  readonly lineId: string;
  readonly lineName: string;
  readonly kind: LineKind;
  /** CHANGE: what is there already becomes another, and `details` say from what to what. */
  readonly nature: RequestNature;
  readonly offerId: string;
  /** Of a service: the version of its definition that was answered. */
  readonly definitionId: string | null;
  readonly answers: readonly ServiceAnswer[];
  readonly count: number;
  /** null = in more than one, or in none. */
  readonly centerId: string | null;
  /** Of machines on recorded pools, and of a change: what is to be done, one sentence a pool and size. */
  readonly details: readonly Bilingual[];
  /** Of servers: what was chosen to be installed on them; absent or null = nobody chose. */
  readonly imageId?: string | null;
  /** Servers, holders of places in cabinets, or claims on a recorded pool that it got. */
  readonly subjectIds: readonly string[];
}

/** The human codes of what one line leaves to people. */
export interface LineCodes {
  readonly order: string;
  /** Of the record that its order makes or fills in, where it has one. */
  readonly record: string | null;
}

/** By the line's id. */
export type FulfilmentCodes = ReadonlyMap<string, LineCodes>;

/**
 * Whoever fulfils what no cluster makes. `prepare` comes before the unit of work: a code that is taken within it keeps
 * every other grant of the province waiting until it commits. `granted` is called in the transaction that grants, and takes
 * a code within only for a line that nobody prepared. The way back is `FollowUpService.lineFulfilled`. Without one bound,
 * what was granted counts as fulfilled.
 */
export interface LineFulfilment {
  prepare(lines: readonly Pick<GrantedLine, 'lineId' | 'kind' | 'answers'>[]): Promise<FulfilmentCodes>;
  granted(tx: Tx, lines: readonly GrantedLine[], codes?: FulfilmentCodes): Promise<void>;
}
