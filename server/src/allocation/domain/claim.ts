/** Decides the life of a claim: held, allocated, released, and how long a hold lives. */
import type { MachineSize } from './capacity.js';
import type { ShareName, Standing } from './dr-shares.js';

/** HELD at submit, ALLOCATED at approval, RELEASED once and for good; the database's CHECK knows the same three. */
export type ClaimState = 'HELD' | 'ALLOCATED' | 'RELEASED';

export interface Claim extends MachineSize {
  readonly claimId: string;
  readonly requestId: string;
  readonly lineId: string;
  readonly poolId: string;
  /** Whose part of the line it is, and what stands there: DATA is storage without a machine. */
  readonly share: ShareName;
  readonly standing: Standing;
  readonly departmentId: string;
  /** The quotas that it took, of every level on the way; the same get it back. Claims from before quotas have none. */
  readonly quotaIds: readonly string[];
  /** The claim that this one adds to, until it is granted: no machine of its own. */
  readonly growsClaimId?: string | null;
  /** 超出定额: it draws no quota, because its department pays for it itself. */
  readonly beyondQuota?: boolean;
}

/** A claim with its life so far, as it is taken over from the time before. */
export interface PastClaim extends Claim {
  readonly state: ClaimState;
  readonly createdAt: Date;
  /** Set while it is held, and only then. */
  readonly expiresAt: Date | null;
  readonly allocatedAt: Date | null;
  readonly releasedAt: Date | null;
}

/** How a claim's row keeps them. */
export const quotaIdsText = {
  to: (ids: readonly string[]): string => ids.join(','),
  from: (text: string): string[] => (text === '' ? [] : text.split(',')),
};

/** One center step has this long before what is held goes back (design §3: a hold expires, each step may renew it). */
export const HOLD_LIFE_DAYS = 14;
/** However often it is renewed (design §3). */
export const HOLD_TOTAL_LIFE_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

/** After this moment no renewal helps. */
export function holdTotalEnd(heldSince: Date): Date {
  return new Date(heldSince.getTime() + HOLD_TOTAL_LIFE_DAYS * DAY_MS);
}

/** When a hold that began at `heldSince` expires if it is renewed now. */
export function holdExpiry(heldSince: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + HOLD_LIFE_DAYS * DAY_MS, holdTotalEnd(heldSince).getTime()));
}
