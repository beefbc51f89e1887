import type { BackupEntity, BackupRunEntity } from './backups.entity.js';
import type { BackupObject, BackupState } from './domain/backup.js';
import type { BackupHealth } from './domain/backup-schedule.js';

export type BackupRow = BackupEntity;
export type BackupRunRow = Omit<BackupRunEntity, 'backup'>;

export interface BackupFilter {
  readonly states?: readonly BackupState[] | null;
  readonly objects?: readonly BackupObject[] | null;
  readonly health?: BackupHealth | null;
  /** Whose restore test was due before that day. */
  readonly restoreTestBefore?: string | null;
  readonly departmentId?: string | null;
  readonly systemId?: string | null;
  readonly resourceId?: string | null;
  readonly search?: string | null;
}

/** A backup of the time before, with what it copies and what was told of it. */
export interface PastBackup {
  readonly backup: BackupRow;
  readonly resourceIds: readonly string[];
  readonly runs: readonly BackupRunRow[];
}
