import type { Tx } from '../platform/database/unit-of-work.js';
import type { ThingInSpace } from './domain/growth.js';

export type { ThingInSpace };

export type ThingsBySpace = ReadonlyMap<string, readonly ThingInSpace[]>;

/** What departments put into space that was given to them has its records in a later feature; bound by the root. */
export const SPACE_CONTENTS = Symbol('SpaceContents');
export interface SpaceContents {
  /** To look at. Empty places are absent. */
  of(holderIds: readonly string[]): Promise<ThingsBySpace>;
  /** The same, kept from others until commit. Always before any cabinet is locked. */
  kept(tx: Tx, holderIds: readonly string[]): Promise<ThingsBySpace>;
  /** The place's bottom is that much higher now: what stands in it stands where it stood. */
  bottomMoved(tx: Tx, holderId: string, upHalfUnits: number): Promise<void>;
}
