/** Decides how long a session lives and when its use is noted. */
export interface SessionTimes {
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

/** A working day; nobody stays signed in over night. */
export const SESSION_LIFE_MS = 12 * 60 * 60_000;
/** 等保 level 3: a screen that was left alone signs off. */
const IDLE_LIFE_MS = 15 * 60_000;
/** One write a minute and session, however many pages it reads. */
const SEEN_STEP_MS = 60_000;

export function isLive(session: SessionTimes, now: Date): boolean {
  return (
    session.endedAt === null && now < session.expiresAt && now.getTime() - session.lastSeenAt.getTime() < IDLE_LIFE_MS
  );
}

/** Whether this use is worth writing down. */
export function isSeenAgain(session: SessionTimes, now: Date): boolean {
  return now.getTime() - session.lastSeenAt.getTime() >= SEEN_STEP_MS;
}
