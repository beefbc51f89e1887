import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { BackupKind } from './domain/backup-age.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** A backup of the console's own database that was begun; ended when it says so, made when it succeeded. */
@Entity('console_backup')
@Index('ix_console_backup_kind', ['kind', 'succeeded', 'startedAt'])
@Index('ix_console_backup_started', ['startedAt'])
@Check('ck_console_backup_kind', "kind in ('DUMP', 'BINLOG', 'RESTORE_TEST')")
@Check('ck_console_backup_succeeded', 'succeeded = 0 or ended_at is not null')
export class ConsoleBackupEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(20))
  kind!: BackupKind;
  @Column(timeColumn)
  startedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  @Column({ type: 'boolean', default: false })
  succeeded!: boolean;
  @Column({ type: 'varchar', length: 200, nullable: true })
  fileName!: string | null;
  @Column({ type: 'bigint', nullable: true })
  bytes!: string | null;
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  sm3!: string | null;
  @Column({ ...word(100), nullable: true })
  binlogFile!: string | null;
  @Column({ type: 'bigint', nullable: true })
  binlogPosition!: string | null;
  @Column({ type: 'varchar', length: 1000, nullable: true })
  said!: string | null;
}
