/** Decides what of the console's own backups is overdue, and when the next is to be made. */

/** DUMP: all rows at one moment. BINLOG: every transaction since. RESTORE_TEST: both made into a database again, and looked at. */
export const BACKUP_KINDS = ['DUMP', 'BINLOG', 'RESTORE_TEST'] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

export const BACKUP_LEVELS = ['FRESH', 'OVERDUE', 'CRITICAL', 'NEVER'] as const;
export type BackupLevel = (typeof BACKUP_LEVELS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A restore test is overdue after 30 days and critical after 90 (resilience §1.3); it is made weekly, so that a failed one is no alarm yet. */
export const BACKUP_TERMS: {
  readonly [K in BackupKind]: { readonly everyMs: number; readonly overdueMs: number; readonly criticalMs: number };
} = {
  DUMP: { everyMs: DAY_MS, overdueMs: 26 * HOUR_MS, criticalMs: 50 * HOUR_MS },
  BINLOG: { everyMs: 5 * MINUTE_MS, overdueMs: 15 * MINUTE_MS, criticalMs: HOUR_MS },
  RESTORE_TEST: { everyMs: 7 * DAY_MS, overdueMs: 30 * DAY_MS, criticalMs: 90 * DAY_MS },
};
/** After a failure: soon enough to matter, seldom enough not to fill a disk that is full. */
const AGAIN_AFTER_MS = { DUMP: HOUR_MS, BINLOG: MINUTE_MS, RESTORE_TEST: 6 * HOUR_MS } as const;

export interface BackupFacts {
  /** End of the last one that succeeded; null = none ever did. */
  readonly lastDoneAt: Date | null;
  /** Beginning of the last one, however it ended; null = none was tried. */
  readonly lastTriedAt: Date | null;
}

export function levelOf(kind: BackupKind, { lastDoneAt }: Pick<BackupFacts, 'lastDoneAt'>, now: Date): BackupLevel {
  if (lastDoneAt === null) return 'NEVER';
  const age = now.getTime() - lastDoneAt.getTime();
  const { criticalMs, overdueMs } = BACKUP_TERMS[kind];
  if (age > criticalMs) return 'CRITICAL';
  return age > overdueMs ? 'OVERDUE' : 'FRESH';
}

export function isDue(kind: BackupKind, { lastDoneAt, lastTriedAt }: BackupFacts, now: Date): boolean {
  const failedLast = lastTriedAt !== null && (lastDoneAt === null || lastTriedAt > lastDoneAt);
  if (failedLast) return now.getTime() - lastTriedAt.getTime() >= AGAIN_AFTER_MS[kind];
  return lastDoneAt === null || now.getTime() - lastDoneAt.getTime() >= BACKUP_TERMS[kind].everyMs;
}

/** Dumps that are kept: of each of the last days one, and of each of the months before the first. */
export const DAYS_KEPT = 14;
const MONTHS_KEPT = 12;

/** Names of the files that may go: `files` newest first. The newest is never among them. */
export function outlived(files: readonly { readonly name: string; readonly madeAt: Date }[]): string[] {
  const monthOf = ({ madeAt }: { madeAt: Date }) => madeAt.toISOString().slice(0, 7);
  const older = files.slice(DAYS_KEPT);
  const firstOfMonth = new Map(older.map((file) => [monthOf(file), file.name]));
  const kept = new Set(
    [...firstOfMonth.entries()]
      .toSorted()
      .reverse()
      .slice(0, MONTHS_KEPT)
      .map(([, name]) => name),
  );
  return older.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
}

/**
 * Binlogs that may go: before all in which the dumps of the last days begin, none of them goes on there. @param beginnings of
 * those dumps; null = it named no place. [] = there is no dump, and nothing goes.
 */
export function outlivedBinlogs(files: readonly string[], beginnings: readonly (string | null)[]): string[] {
  const [first] = beginnings.flatMap((file) => file ?? []).toSorted();
  return first === undefined ? [] : files.filter((file) => file < first);
}

/**
 * Whether the node counts its binlogs anew: a dump begins in the newest, which cannot be older than what was fetched before.
 * So it is after the node took the whole state of another, and with it the other's numbers.
 */
export function countsAnew(files: readonly string[], beginning: string): boolean {
  return files.some((file) => file > beginning);
}
