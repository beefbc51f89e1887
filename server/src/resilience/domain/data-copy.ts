/** Decides how old a copy of a machine's disk is against what was promised of it, and that nothing is known of one that nobody has read lately. */
import { lagBounds, rawLevel, type ShownLevel } from './dr-signal.js';

export interface CopyFacts {
  /** null = never yet, or its operator does not say. */
  readonly lastSyncAt: Date | null;
  /** When its cluster was last read whole; null = never. */
  readonly readAt: Date | null;
  /** null = by no schedule. */
  readonly intervalSeconds: number | null;
  /** What the system was promised; null = nothing. */
  readonly rpoSeconds: number | null;
  /** In the words of its operator. */
  readonly problem: string | null;
}

export interface CopyJudged {
  readonly level: ShownLevel;
  /** By now; null = it never arrived, or nobody knows. */
  readonly ageSeconds: number | null;
}

/** The worker reads them every fifteen seconds; four of those left out, and nobody knows. */
const READ_MAX_AGE_MS = 60_000;
/** What is carried where no schedule says how often. */
const USUAL_INTERVAL_S = 300;

export function judgedCopy(
  { intervalSeconds, lastSyncAt, problem, readAt, rpoSeconds }: CopyFacts,
  now: Date,
): CopyJudged {
  if (readAt === null || now.getTime() - readAt.getTime() > READ_MAX_AGE_MS)
    return { level: 'UNKNOWN', ageSeconds: null };
  // One that never arrived is no copy, and VolSync complains of it. A mirror of which its operator complains not, and of which it says
  // no time (it writes both sides at once, or is too old to say), is there: nobody knows how old.
  if (lastSyncAt === null) return { level: problem === null ? 'UNKNOWN' : 'CRITICAL', ageSeconds: null };
  const ageSeconds = Math.max(0, Math.floor((now.getTime() - lastSyncAt.getTime()) / 1_000));
  const bounds = lagBounds(intervalSeconds ?? USUAL_INTERVAL_S, rpoSeconds);
  const level = rawLevel({ name: 'REPLICATION_LAG', value: ageSeconds, bounds });
  // What its operator complains of will be late.
  return { level: problem !== null && level === 'GOOD' ? 'WARN' : level, ageSeconds };
}

export const COPY_LEVELS = ['CRITICAL', 'UNKNOWN', 'WARN', 'GOOD'] as const satisfies readonly ShownLevel[];

/** What needs a person first; of equals the oldest. */
export function worseCopy(a: CopyJudged, b: CopyJudged): number {
  return (
    COPY_LEVELS.indexOf(a.level) - COPY_LEVELS.indexOf(b.level) ||
    (b.ageSeconds ?? Number.MAX_SAFE_INTEGER) - (a.ageSeconds ?? Number.MAX_SAFE_INTEGER)
  );
}
