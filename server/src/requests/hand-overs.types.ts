import type { Tx } from '../platform/database/unit-of-work.js';
import type { RequestRow } from './requests.types.js';

/** What a later feature does when all of a request runs: in the same transaction, through `tx` alone. */
export interface HandOvers {
  delivered(tx: Tx, request: RequestRow): Promise<void>;
}

/** Injection token; the roots bind it. */
export const HAND_OVERS = Symbol('HAND_OVERS');
