/** Decides when a session was last used while its use cannot be written down. */
interface Used {
  readonly id: string;
  readonly lastSeenAt: Date;
}

/** More people than that are not signed in at once; the ones that were noted first are forgotten first. */
const SESSIONS_MAX = 10_000;

/** The memory of one process: another, or the same one started anew, knows nothing of it, and the session ends a little earlier. */
export class SeenLately {
  private readonly at = new Map<string, Date>();

  note(sessionId: string, now: Date): void {
    this.at.delete(sessionId);
    this.at.set(sessionId, now);
    const [first] = this.at.keys();
    if (this.at.size > SESSIONS_MAX && first !== undefined) this.at.delete(first);
  }

  /** The session with the later of both. */
  of<S extends Used>(session: S): S {
    const noted = this.at.get(session.id);
    return noted && noted > session.lastSeenAt ? { ...session, lastSeenAt: noted } : session;
  }
}
