import type { Tx } from '../platform/database/unit-of-work.js';
import type { PlaceName } from './space.types.js';

export interface ThingMoved {
  readonly subjectId: string;
  readonly from: PlaceName;
  readonly to: PlaceName;
}

/** Things that have a record of their own (servers) come after cabinets, and keep in it where they stood; bound by the root. */
export const THINGS_IN_CABINETS = Symbol('ThingsInCabinets');
export interface ThingsInCabinets {
  /** Keeps the records of these from others. Always before any cabinet is locked, as everybody does who holds both. */
  lock(tx: Tx, subjectIds: readonly string[]): Promise<void>;
  /** Writes down that they have been moved by hand. */
  moved(tx: Tx, moves: readonly ThingMoved[], actorName: string): Promise<void>;
}
