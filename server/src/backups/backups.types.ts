import type { BackupKind, BackupLevel } from './domain/backup-age.js';

export interface ConsoleBackup {
  readonly id: string;
  readonly kind: BackupKind;
  readonly startedAt: Date;
  /** null = it is under way, or its process died. */
  readonly endedAt: Date | null;
  readonly succeeded: boolean;
  readonly fileName: string | null;
  readonly bytes: number | null;
  /** SM3 of the file, hexadecimal. */
  readonly sm3: string | null;
  /** Place in the node's binlog at which the dump was taken. */
  readonly binlogFile: string | null;
  readonly binlogPosition: number | null;
  /** What was found, or why it failed. */
  readonly said: string | null;
}

export interface BackupStanding {
  readonly kind: BackupKind;
  readonly level: BackupLevel;
  readonly last: ConsoleBackup | null;
  readonly lastDone: ConsoleBackup | null;
}
