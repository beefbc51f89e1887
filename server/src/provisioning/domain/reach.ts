/** Decides how well a cluster is heard of, from when it last said anything. */

export type Reach = 'REACHABLE' | 'STALE' | 'UNREACHABLE' | 'UNKNOWN';

/** It is asked every ten seconds: two answers may be lost before anyone is told. */
const REACHABLE_MS = 30_000;
const STALE_MS = 120_000;

/** `listeningSince`: before that nothing could be heard, so nothing is concluded from silence. */
export function reachOf(heardAt: Date | undefined, listeningSince: Date, now: Date): Reach {
  const silentMs = now.getTime() - Math.max(heardAt?.getTime() ?? 0, listeningSince.getTime());
  if (silentMs > STALE_MS) return 'UNREACHABLE';
  if (heardAt === undefined) return 'UNKNOWN';
  return now.getTime() - heardAt.getTime() > REACHABLE_MS ? 'STALE' : 'REACHABLE';
}
