/** Decides which limits (用云定额) follow from what is approved: the systems', the department's, and those above it. */
import { QUOTA_METERS } from '../../kernel/refusal.js';
import {
  type LimitWish,
  type QuotaState,
  type QuotaSubject,
  type SomeAmounts,
  UNLIMITED,
} from '../../quotas/domain/quota.js';

export interface ApprovedAmounts {
  readonly subject: QuotaSubject;
  /** Approved for the year, of a department with all beneath it. */
  readonly planned: SomeAmounts;
}

export interface WishedLimits {
  readonly subject: QuotaSubject;
  readonly limits: LimitWish;
}

/**
 * Limits of the plan's own department and systems become what is approved, of the meters that the plan names; the others
 * stay as they are. Above it a limit is only ever raised, to what is approved beneath it: what a city has beside its
 * bureaus' plans is the city's. What stays the same is no wish.
 */
export function limitsThatFollow(
  own: readonly ApprovedAmounts[],
  above: readonly ApprovedAmounts[],
  states: ReadonlyMap<string, QuotaState>,
): WishedLimits[] {
  const wish = ({ subject, planned }: ApprovedAmounts, raiseOnly: boolean): WishedLimits => {
    const meters = states.get(subject.id)?.meters ?? {};
    const limits = QUOTA_METERS.flatMap((meter) => {
      const [amount, now] = [planned[meter] ?? 0, meters[meter]?.limit ?? UNLIMITED];
      const follows = amount > 0 && now !== amount && (!raiseOnly || (now !== UNLIMITED && now < amount));
      return follows ? [[meter, amount] as const] : [];
    });
    return { subject, limits: Object.fromEntries(limits) };
  };
  return [...above.map((one) => wish(one, true)), ...own.map((one) => wish(one, false))].filter(
    ({ limits }) => Object.keys(limits).length > 0,
  );
}
