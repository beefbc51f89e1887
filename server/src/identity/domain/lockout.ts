/** Decides whether one more try to sign in is let through, and when too many of them lock. */
export interface LockoutRule {
  readonly failuresMax: number;
  /** Failures further apart than this do not add up. */
  readonly windowMs: number;
  readonly lockMs: number;
}

const QUARTER_HOUR_MS = 15 * 60_000;

/** 等保 level 3: five failures lock the account for a quarter of an hour. */
export const ACCOUNT_LOCKOUT: LockoutRule = { failuresMax: 5, windowMs: QUARTER_HOUR_MS, lockMs: QUARTER_HOUR_MS };
/** A whole department may stand behind one address, so it takes more; trying many accounts from one place still ends. */
export const ADDRESS_LOCKOUT: LockoutRule = { failuresMax: 50, windowMs: QUARTER_HOUR_MS, lockMs: QUARTER_HOUR_MS };

export interface Failures {
  readonly count: number;
  readonly since: Date;
  readonly lockedUntil: Date | null;
}

/** The end of the lock that stands now, or null. */
export function lockOf(failures: Failures | null, now: Date): Date | null {
  const until = failures?.lockedUntil ?? null;
  return until !== null && until > now ? until : null;
}

/** One failure more. Must not be asked while a lock stands: a locked account counts nothing and is not locked longer. */
export function withOneMore(failures: Failures | null, now: Date, rule: LockoutRule): Failures {
  const adds =
    failures !== null && failures.lockedUntil === null && now.getTime() - failures.since.getTime() < rule.windowMs;
  const count = adds ? failures.count + 1 : 1;
  return {
    count,
    since: adds ? failures.since : now,
    lockedUntil: count >= rule.failuresMax ? new Date(now.getTime() + rule.lockMs) : null,
  };
}
