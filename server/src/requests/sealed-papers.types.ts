import type { Refusal } from '../kernel/refusal.js';
import type { RequestRow } from './requests.types.js';

/** What requests ask of a later feature: whether the form is there under seal, as the request stands now. */
export interface SealedPapers {
  /** Asked before a unit of work begins; null = it is there. */
  missing(request: RequestRow): Promise<Refusal | null>;
}

/** Injection token; the roots bind it. */
export const SEALED_PAPERS = Symbol('SEALED_PAPERS');
