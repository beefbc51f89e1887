/** Decides how late the console's own backups are: of the three kinds the one that has used up most of the time that it may be old. */
import { BACKUP_TERMS, type BackupKind } from '../../../backups/domain/backup-age.js';
import type { Reading } from '../dr-signal.js';
import type { SignalGround, SignalSource } from './ground.js';

/** Reckoned from the database at every look. */
const MAX_AGE_S = 300;
const PERCENT = 100;
/** What never succeeded is later than any that did. */
const NEVER_PERCENT = 1_000;

export interface OwnBackup {
  readonly kind: BackupKind;
  /** null = it never succeeded. */
  readonly lastDoneAt: Date | null;
}

export class ConsoleBackupAge implements SignalSource {
  read({ centers, now, ownBackups }: SignalGround): Reading[] {
    const target = centers.find(({ role }) => role === 'RECOVERY');
    // Nobody was told to make any: that is a matter of how the console was set up, and is said where it is.
    if (!target || ownBackups.length === 0) return [];
    const ages = ownBackups.map(({ kind, lastDoneAt }) => {
      const { criticalMs, overdueMs } = BACKUP_TERMS[kind];
      const critical = Math.floor((criticalMs * PERCENT) / overdueMs);
      const percent =
        lastDoneAt === null
          ? NEVER_PERCENT
          : Math.floor(((now.getTime() - lastDoneAt.getTime()) * PERCENT) / overdueMs);
      return { kind, critical, value: Math.min(NEVER_PERCENT, percent) };
    });
    const [worst] = ages.toSorted((one, other) => other.value - one.value);
    if (!worst) return [];
    return [
      {
        ...({ subjectKind: 'CENTER', subjectId: target.id, name: 'CONSOLE_BACKUP_AGE', towards: null } as const),
        ...{ source: `console backup ${worst.kind}`, value: worst.value, observedAt: now, maxAgeSeconds: MAX_AGE_S },
        bounds: { worse: 'ABOVE', warn: PERCENT, critical: worst.critical },
      },
    ];
  }
}
