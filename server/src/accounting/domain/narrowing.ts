/** Decides which lines a question about costs is narrowed to, by the sides that costs are divided by. */
import type { ShareName } from '../../allocation/domain/dr-shares.js';
import type { MeteredKind } from '../../metering/domain/intervals.js';

/** In the place of an id: what is of none. */
export const OF_NONE = 'NONE';

/** 容灾成本: shares that there would be none of without DR, as on statements. */
export const DR_SHARES: readonly ShareName[] = ['MAIN_B', 'RECOVERY'];

/** The sides that costs and statements have in common. */
export interface LineNarrow {
  /** An id, or OF_NONE. */
  readonly systemId?: string | null;
  readonly projectId?: string | null;
  readonly centerId?: string | null;
  /** Of one budget item. */
  readonly projectIds?: readonly string[] | null;
  readonly shares?: readonly ShareName[] | null;
  readonly kind?: MeteredKind | null;
}

/** One share, those of DR, or what is both; null = all. */
export function sharesAsked(share: ShareName | null | undefined, onlyDr: boolean): readonly ShareName[] | null {
  if (!share) return onlyDr ? DR_SHARES : null;
  return onlyDr && !DR_SHARES.includes(share) ? [] : [share];
}
