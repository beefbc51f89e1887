/** Decides what the console keeps of a VolSync ReplicationSource and of a csi-addons VolumeReplication. */

export const REPLICATION_KINDS = ['ReplicationSource', 'VolumeReplication'] as const;
export type ReplicationKind = (typeof REPLICATION_KINDS)[number];

export const REPLICATION_ROLES = ['PRIMARY', 'SECONDARY', 'UNKNOWN'] as const;
export type ReplicationRole = (typeof REPLICATION_ROLES)[number];

export interface ReplicationObject {
  readonly kind: ReplicationKind;
  readonly namespace: string;
  readonly name: string;
  /** The claim whose data it carries. */
  readonly volume: string;
  /** Code of the center that it goes to, where the object says so. */
  readonly towards: string | null;
  readonly role: ReplicationRole;
  /** null = never yet, or, of a secondary, not known there. */
  readonly lastSyncAt: Date | null;
  /** null = not by a schedule. */
  readonly intervalSeconds: number | null;
  /** In the words of its operator; null = it says of none. */
  readonly problem: string | null;
}

export function sameObject(a: ReplicationObject, b: ReplicationObject): boolean {
  return carriesAlike(a, b) && a.problem === b.problem && a.lastSyncAt?.getTime() === b.lastSyncAt?.getTime();
}

/**
 * Whether it does the same: that it has done it once more is no news, nor are other words of a trouble that is known. Some
 * operators count in them, and every group would be judged anew at each.
 */
export function carriesAlike(a: ReplicationObject | undefined, b: ReplicationObject | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.volume === b.volume &&
    a.towards === b.towards &&
    a.role === b.role &&
    a.intervalSeconds === b.intervalSeconds &&
    (a.problem === null) === (b.problem === null)
  );
}

const MINUTE_S = 60;
const EVERY_MINUTES = /^\*\/(\d+) \* \* \* \*$/;
const USUAL: { readonly [word: string]: number } = { '@hourly': 60, '@daily': 1_440, '@weekly': 10_080 };
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 10_080;

/** Of a cron schedule, the longest time between two of its runs that is told apart: minutes, hours, days, weeks. null = unreadable. */
export function intervalOf(schedule: string): number | null {
  const named = USUAL[schedule];
  if (named !== undefined) return named * MINUTE_S;
  const every = EVERY_MINUTES.exec(schedule)?.[1];
  if (every !== undefined) return Math.max(1, Number(every)) * MINUTE_S;
  const parts = schedule.trim().split(/\s+/);
  const [minute, hour, day, , weekday] = parts;
  if (parts.length !== 5 || minute === undefined) return null;
  if (minute === '*') return MINUTE_S;
  const hours = /^\*\/(\d+)$/.exec(hour ?? '')?.[1];
  if (hours !== undefined) return Number(hours) * HOUR_MINUTES * MINUTE_S;
  if (hour === '*') return HOUR_MINUTES * MINUTE_S;
  return (weekday === '*' && day === '*' ? DAY_MINUTES : WEEK_MINUTES) * MINUTE_S;
}
