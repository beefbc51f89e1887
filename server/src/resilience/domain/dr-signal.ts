/** Decides what a signal is worth: its level by thresholds, UNKNOWN when it is older than it may be, and held back against flapping. */
import type { CenterRole } from '../../facilities/domain/facility.js';

/**
 * CLUSTER_SILENCE, WATCH_SILENCE: seconds since the cluster, or the quietest of its watches, last said anything.
 * CERTIFICATE_DAYS: until the API server's certificate runs out. REPLICATION_LAG: seconds that the oldest copy is behind.
 * REPLICATION_COVERAGE: percent of disks that are replicated without a problem. WRITER_COUNT: centers that say they write.
 * TARGET_CAPACITY: percent of what a take-over would need that is free. SERVICE_ANSWER: 1 = it answers as it should, asked from
 * outside. DNS_TTL: for how many seconds others go on by an old address. ARBITER_PATHS: percent of a center's ways to the arbiter
 * that answer. CONFIG_DRIFT: machines whose other one, in the other center, is made otherwise. DRILL_DAYS: since the last drill on
 * copies that passed. RESTORE_TEST_DAYS: until a backup's next restore test is due; below 0 it is overdue. BACKUP_LATE_HOURS: since a copy was due
 * that never came. CONSOLE_BACKUP_AGE: of the console's own backups the one that is the latest, in percent of how old it may be.
 */
export const SIGNAL_NAMES = [
  'CLUSTER_SILENCE',
  'WATCH_SILENCE',
  'CERTIFICATE_DAYS',
  'REPLICATION_LAG',
  'REPLICATION_COVERAGE',
  'WRITER_COUNT',
  'TARGET_CAPACITY',
  'SERVICE_ANSWER',
  'DNS_TTL',
  'ARBITER_PATHS',
  'CONFIG_DRIFT',
  'DRILL_DAYS',
  'RESTORE_TEST_DAYS',
  'BACKUP_LATE_HOURS',
  'CONSOLE_BACKUP_AGE',
] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

export const SIGNAL_SUBJECTS = ['CENTER', 'GROUP', 'TIER', 'PROBE'] as const;
export type SignalSubject = (typeof SIGNAL_SUBJECTS)[number];

/** From best to worst; UNKNOWN is never kept, only read off the age. */
export const SIGNAL_LEVELS = ['GOOD', 'WARN', 'CRITICAL'] as const;
export type SignalLevel = (typeof SIGNAL_LEVELS)[number];
export const SHOWN_LEVELS = [...SIGNAL_LEVELS, 'UNKNOWN'] as const;
export type ShownLevel = (typeof SHOWN_LEVELS)[number];

/** What an adapter has read. */
export interface Reading {
  readonly subjectKind: SignalSubject;
  readonly subjectId: string;
  readonly name: SignalName;
  /** The center that the data goes to, or that would take over; null = it has no direction. */
  readonly towards: CenterRole | null;
  readonly source: string;
  readonly value: number;
  readonly observedAt: Date;
  readonly maxAgeSeconds: number;
  /** By what this one is measured, where it is not the same for all: the interval of its copies, the promised RPO. */
  readonly bounds?: Bounds;
}

/** From which value on it is WARN and CRITICAL; `above`: the larger the worse. */
export interface Bounds {
  readonly worse: 'ABOVE' | 'BELOW';
  readonly warn: number;
  readonly critical: number;
}

export interface HeldSignal {
  readonly level: SignalLevel;
  readonly levelSince: Date;
  /** Another level that is seen but not believed yet. */
  readonly pending: SignalLevel | null;
  readonly pendingSince: Date | null;
  /** false = it was never good and has not been bad for long enough to be believed: nobody can say yet. */
  readonly settled: boolean;
}

/** A worse level must be seen for so long before it holds, and a better one for so long before it is believed. */
export interface Damping {
  readonly worseAfterMs: number;
  readonly betterAfterMs: number;
  /** For so long what was never good may be bad before it counts: it is being set up. Left out = it counts at once. */
  readonly firstAfterMs?: number;
}

const MINUTE_MS = 60_000;
const MINUTE_S = 60;

/** Of `resilience-and-security.md` §1.3; a lag holds with its first sample, everything is believed better only after two minutes. */
export const DAMPING: { readonly [N in SignalName]: Damping } = {
  CLUSTER_SILENCE: { worseAfterMs: 0, betterAfterMs: 2 * MINUTE_MS },
  WATCH_SILENCE: { worseAfterMs: 0, betterAfterMs: 2 * MINUTE_MS },
  CERTIFICATE_DAYS: { worseAfterMs: 0, betterAfterMs: 0 },
  REPLICATION_LAG: { worseAfterMs: 0, betterAfterMs: 2 * MINUTE_MS },
  // Machines are there first; what mirrors their disks is set up one disk after another, and copies once before it counts.
  REPLICATION_COVERAGE: { worseAfterMs: MINUTE_MS, betterAfterMs: 2 * MINUTE_MS, firstAfterMs: 10 * MINUTE_MS },
  // The two sides of a mirror are told who writes one after the other.
  WRITER_COUNT: { worseAfterMs: 30_000, betterAfterMs: 2 * MINUTE_MS, firstAfterMs: 30_000 },
  TARGET_CAPACITY: { worseAfterMs: 0, betterAfterMs: 5 * MINUTE_MS },
  // One lost packet is no outage.
  SERVICE_ANSWER: { worseAfterMs: 30_000, betterAfterMs: MINUTE_MS },
  DNS_TTL: { worseAfterMs: 0, betterAfterMs: 2 * MINUTE_MS },
  // One lost packet is no lost way.
  ARBITER_PATHS: { worseAfterMs: 30_000, betterAfterMs: 2 * MINUTE_MS },
  // Two machines are made one after another.
  CONFIG_DRIFT: { worseAfterMs: 10 * MINUTE_MS, betterAfterMs: MINUTE_MS },
  DRILL_DAYS: { worseAfterMs: 0, betterAfterMs: 0 },
  RESTORE_TEST_DAYS: { worseAfterMs: 0, betterAfterMs: 0 },
  BACKUP_LATE_HOURS: { worseAfterMs: 0, betterAfterMs: 0 },
  CONSOLE_BACKUP_AGE: { worseAfterMs: 0, betterAfterMs: 0 },
};

export const BOUNDS: { readonly [N in Exclude<SignalName, 'WRITER_COUNT'>]: Bounds } = {
  CLUSTER_SILENCE: { worse: 'ABOVE', warn: MINUTE_S, critical: 5 * MINUTE_S },
  WATCH_SILENCE: { worse: 'ABOVE', warn: 2 * MINUTE_S, critical: 10 * MINUTE_S },
  CERTIFICATE_DAYS: { worse: 'BELOW', warn: 30, critical: 7 },
  // Ramen's rule, of copies every five minutes; whoever says another interval or an RPO brings bounds of his own.
  REPLICATION_LAG: { worse: 'ABOVE', warn: 10 * MINUTE_S, critical: 15 * MINUTE_S },
  REPLICATION_COVERAGE: { worse: 'BELOW', warn: 100, critical: 100 },
  TARGET_CAPACITY: { worse: 'BELOW', warn: 120, critical: 100 },
  SERVICE_ANSWER: { worse: 'BELOW', warn: 1, critical: 1 },
  // A name that is kept for hours switches nobody: it warns, and breaks no promise by itself.
  DNS_TTL: { worse: 'ABOVE', warn: MINUTE_S, critical: Number.POSITIVE_INFINITY },
  // One way lost warns; with the last of them the two of a city cannot be told apart any more.
  ARBITER_PATHS: { worse: 'BELOW', warn: 100, critical: 1 },
  CONFIG_DRIFT: { worse: 'ABOVE', warn: 0, critical: Number.POSITIVE_INFINITY },
  DRILL_DAYS: { worse: 'ABOVE', warn: 150, critical: 180 },
  // Each backup has a period of its own for it; two months over it nobody can rely on the copies.
  RESTORE_TEST_DAYS: { worse: 'BELOW', warn: 0, critical: -60 },
  BACKUP_LATE_HOURS: { worse: 'ABOVE', warn: 0, critical: 48 },
  CONSOLE_BACKUP_AGE: { worse: 'ABOVE', warn: 100, critical: 200 },
};

/** More than twice the interval or half the RPO warns; three times, or the RPO itself, is too late. */
export function lagBounds(intervalSeconds: number, rpoSeconds: number | null): Bounds {
  const promised = rpoSeconds ?? Number.POSITIVE_INFINITY;
  return {
    worse: 'ABOVE',
    // An RPO that the interval cannot meet is broken all the time: that is the truth of it.
    warn: Math.min(2 * intervalSeconds, promised / 2),
    critical: Math.min(3 * intervalSeconds, promised),
  };
}

/** As the value alone says it. */
export function rawLevel({ bounds, name, value }: Pick<Reading, 'name' | 'value' | 'bounds'>): SignalLevel {
  // Nobody writes, or two do.
  if (name === 'WRITER_COUNT') return value === 1 ? 'GOOD' : 'CRITICAL';
  const { worse, warn, critical } = bounds ?? BOUNDS[name];
  if (worse === 'ABOVE') return value >= critical ? 'CRITICAL' : value > warn ? 'WARN' : 'GOOD';
  return value < critical ? 'CRITICAL' : value < warn ? 'WARN' : 'GOOD';
}

/** Two adapters may tell of the same, as of disks that two operators carry: the worse is what holds. */
export function worstOfEach(readings: readonly Reading[]): Reading[] {
  const worst = new Map<string, Reading>();
  for (const reading of readings) {
    const key = `${reading.subjectKind}/${reading.subjectId}/${reading.name}/${reading.towards ?? ''}`;
    const before = worst.get(key);
    if (!before || rank(rawLevel(reading)) > rank(rawLevel(before))) worst.set(key, reading);
  }
  return [...worst.values()];
}

const rank = (level: SignalLevel): number => SIGNAL_LEVELS.indexOf(level);

/** @param before null = it is read for the first time. */
export function held(before: HeldSignal | null, raw: SignalLevel, at: Date, damping: Damping): HeldSignal {
  if (before === null || !before.settled) return first(before, raw, at, damping);
  if (raw === before.level) return { ...before, pending: null, pendingSince: null };
  const worse = rank(raw) > rank(before.level);
  // Pending is which way it goes, not how far: WARN after CRITICAL does not begin the waiting anew.
  const sameWay = before.pending !== null && rank(before.pending) > rank(before.level) === worse;
  const since = sameWay && before.pendingSince ? before.pendingSince : at;
  const waited = at.getTime() - since.getTime();
  if (waited >= (worse ? damping.worseAfterMs : damping.betterAfterMs))
    return { level: raw, levelSince: at, pending: null, pendingSince: null, settled: true };
  return { ...before, pending: raw, pendingSince: since };
}

/** Good is believed at once: there is nothing that it could flap from. Bad counts once it has stayed, from its first reading on. */
function first(before: HeldSignal | null, raw: SignalLevel, at: Date, { firstAfterMs = 0 }: Damping): HeldSignal {
  const since = before?.levelSince ?? at;
  return raw === 'GOOD'
    ? { level: raw, levelSince: at, pending: null, pendingSince: null, settled: true }
    : {
        ...{ level: raw, levelSince: since, pending: null, pendingSince: null },
        settled: at.getTime() - since.getTime() >= firstAfterMs,
      };
}

/** What is seen now is better than what still holds. */
export function isRecovering({ level, pending }: { level: SignalLevel; pending?: SignalLevel | null }): boolean {
  return pending !== undefined && pending !== null && rank(pending) < rank(level);
}

export interface Aged {
  readonly level: SignalLevel;
  readonly observedAt: Date;
  readonly maxAgeSeconds: number;
  /** false = a first level that is not believed yet. Left out = it is. */
  readonly settled?: boolean;
}

/** Of these another value alone is no news: they grow with the time, and only their level says anything. */
const MOVED_BY_TIME: ReadonlySet<SignalName> = new Set([
  'CLUSTER_SILENCE',
  'WATCH_SILENCE',
  'CERTIFICATE_DAYS',
  'REPLICATION_LAG',
  'DRILL_DAYS',
  'RESTORE_TEST_DAYS',
  'BACKUP_LATE_HOURS',
  'CONSOLE_BACKUP_AGE',
]);

type Kept = Pick<HeldSignal, 'level' | 'pending'> &
  Aged & {
    readonly subjectKind: SignalSubject;
    readonly subjectId: string;
    readonly name: SignalName;
    /** '' = it has no direction. */
    readonly towards: string;
    readonly value: number | null;
  };

/** Of what was read that by which anything could be judged otherwise than by what is kept. */
export function newsOf(readings: readonly Reading[], kept: readonly Kept[], now: Date): Reading[] {
  const keyOf = (one: Pick<Reading, 'subjectKind' | 'subjectId' | 'name'> & { readonly towards: string | null }) =>
    `${one.subjectKind}/${one.subjectId}/${one.name}/${one.towards ?? ''}`;
  const known = new Map(kept.map((one) => [keyOf(one), one]));
  return readings.filter((reading) => {
    const before = known.get(keyOf(reading));
    if (!before || before.pending !== null || shownLevel(before, now) === 'UNKNOWN') return true;
    return rawLevel(reading) !== before.level || (reading.value !== before.value && !MOVED_BY_TIME.has(reading.name));
  });
}

const SECOND_MS = 1_000;

/** Older than it may be is UNKNOWN, never green; so is what says that it comes from the future, beyond what clocks differ by. */
export function shownLevel(aged: Aged, now: Date): ShownLevel {
  return isOld(aged, now) || aged.settled === false ? 'UNKNOWN' : aged.level;
}

/** Read lately for the first time, and bad: whether that stays nobody can say yet. */
export function isSettling(aged: Aged, now: Date): boolean {
  return aged.settled === false && !isOld(aged, now);
}

/** It says nothing of now. */
export function isOld({ maxAgeSeconds, observedAt }: Pick<Aged, 'maxAgeSeconds' | 'observedAt'>, now: Date): boolean {
  const ageMs = now.getTime() - observedAt.getTime();
  return ageMs > maxAgeSeconds * SECOND_MS || ageMs < -maxAgeSeconds * SECOND_MS;
}

/** 5-minute roll-ups are kept for so long, hourly ones after. */
export const FINE_DAYS = 30;
export const FINE_MINUTES = 5;
export const COARSE_MINUTES = 60;

export function slotOf(at: Date, minutes: number): Date {
  const width = minutes * MINUTE_MS;
  return new Date(Math.floor(at.getTime() / width) * width);
}
