import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { BackupObject, BackupResult, BackupState } from './domain/backup.js';
import type { BackupCycle } from './domain/backup-schedule.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const asciiDay = { type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin' } as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 备份: what of a system is copied, how often, for how long, where to, and how the last copy and the last restore went. */
@Entity('backup')
@Unique('uq_backup_code', ['code'])
@Unique('uq_backup_line', ['lineId'])
@Index('ix_backup_department', ['departmentId', 'createdAt', 'id'])
@Index('ix_backup_system', ['systemId', 'createdAt', 'id'])
@Index('ix_backup_created', ['createdAt', 'id'])
@Index('ix_backup_deadline', ['state', 'deadlineAt'])
@Index('ix_backup_restore', ['state', 'nextRestoreTestOn'])
@Check('ck_backup_state', "state in ('PREPARING', 'ACTIVE', 'SUSPENDED', 'ENDED')")
@Check('ck_backup_end', "(state = 'ENDED') = (ended_at is not null)")
@Check('ck_backup_weekday', "(cycle = 'WEEKLY') = (weekday is not null)")
@Check('ck_backup_last', '(last_result is null) = (last_ended_at is null)')
export class BackupEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(30))
  code!: string;
  @Column(asciiText(10))
  state!: BackupState;
  @Column(timeColumn)
  stateSince!: Date;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 120 })
  name!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  /** The granted line that asked for it; it ends with the request. */
  @Column(optionalId)
  lineId!: string | null;
  @Column(optionalId)
  requestId!: string | null;
  @Column({ ...asciiText(30), nullable: true })
  requestCode!: string | null;
  @Column(asciiText(8))
  object!: BackupObject;
  @Column({ type: 'varchar', length: 500 })
  contents!: string;
  @Column(asciiText(6))
  cycle!: BackupCycle;
  @Column({ type: 'int', nullable: true })
  weekday!: number | null;
  @Column({ type: 'int' })
  startMinute!: number;
  @Column({ type: 'int' })
  keepDays!: number;
  @Column({ type: 'int' })
  keepCopies!: number;
  /** 异地副本: the copies are kept in another center than the machines. */
  @Column({ type: 'boolean' })
  remote!: boolean;
  @Column(optionalId)
  targetCenterId!: string | null;
  @Column({ type: 'boolean' })
  encrypted!: boolean;
  /** null = nobody has set it up yet. */
  @Column({ type: 'varchar', length: 300, nullable: true })
  encryptionNote!: string | null;
  @Column({ type: 'int' })
  restoreTestMonths!: number;
  @Column({ ...asciiDay, nullable: true })
  lastRestoreTestOn!: string | null;
  @Column({ ...asciiDay, nullable: true })
  nextRestoreTestOn!: string | null;
  /** Since when copies are owed: it came into force, or went on after a pause. */
  @Column(optionalTime)
  activeSince!: Date | null;
  @Column({ ...asciiText(9), nullable: true })
  lastResult!: BackupResult | null;
  @Column(optionalTime)
  lastEndedAt!: Date | null;
  @Column(optionalTime)
  lastGoodAt!: Date | null;
  @Column({ type: 'int', nullable: true })
  lastSizeMib!: number | null;
  /** By when the next good copy is owed; null = none is. */
  @Column(optionalTime)
  deadlineAt!: Date | null;
  /** 漏备: the first start that no good copy followed. */
  @Column(optionalTime)
  missedSince!: Date | null;
  /** Which overdue restore test was told of. */
  @Column({ ...asciiDay, nullable: true })
  toldRestoreOn!: string | null;
  @Column(optionalTime)
  endedAt!: Date | null;
  @Column({ type: 'varchar', length: 300, nullable: true })
  reason!: string | null;
  @Column(timeColumn)
  createdAt!: Date;
}

@Entity('backup_resource')
@Index('ix_backup_resource', ['resourceId'])
export class BackupResourceEntity {
  @PrimaryColumn(uuidColumn)
  backupId!: string;
  @ManyToOne(() => BackupEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'backup_id', foreignKeyConstraintName: 'fk_backup_resource_backup' })
  backup?: Relation<BackupEntity>;
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
}

/** One copy that was made, or was not; append-only. The same copy told twice is one. */
@Entity('backup_run')
@Unique('uq_backup_run', ['backupId', 'endedAt'])
@Check('ck_backup_run_result', "result in ('SUCCEEDED', 'FAILED')")
export class BackupRunEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  backupId!: string;
  @ManyToOne(() => BackupEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'backup_id', foreignKeyConstraintName: 'fk_backup_run_backup' })
  backup?: Relation<BackupEntity>;
  @Column(timeColumn)
  endedAt!: Date;
  @Column(asciiText(9))
  result!: BackupResult;
  @Column({ type: 'int', nullable: true })
  sizeMib!: number | null;
  @Column({ type: 'varchar', length: 300, nullable: true })
  note!: string | null;
  /** SIGNAL: the backup platform told it. ENTERED: a person did. */
  @Column(asciiText(7))
  source!: 'ENTERED' | 'SIGNAL';
  @Column({ type: 'varchar', length: 100 })
  toldBy!: string;
  @Column(timeColumn)
  at!: Date;
}
