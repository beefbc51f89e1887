import type { Tx } from '../platform/database/unit-of-work.js';
import type { AddressHolder, KeptHolder } from './domain/address-holder.js';

/** Resources come after networks and say themselves what they are; bound by the root. */
export const RESOURCES_AS_HOLDERS = Symbol('ResourcesAsHolders');
export interface ResourcesAsHolders {
  holdersOf(resourceIds: readonly string[]): Promise<(AddressHolder | null)[]>;
  /** Keeps its record from others until the transaction ends; null = it is not there. */
  kept(tx: Tx, resourceId: string): Promise<KeptHolder | null>;
}
