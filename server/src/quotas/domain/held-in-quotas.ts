/** Decides nothing: the port by which the keepers of claims say how much of each quota is only held. */
import type { SomeAmounts } from './quota.js';

export const HELD_IN_QUOTAS = Symbol('HeldInQuotas');

/** Quotas count held and allocated together (approval moves no counter); the part that is held is asked of the claims. */
export interface HeldInQuotas {
  /** By the quota's id; what holds nothing may be missing. */
  heldInQuotas(quotaIds: readonly string[]): Promise<ReadonlyMap<string, SomeAmounts>>;
}
