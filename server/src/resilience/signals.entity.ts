import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { SignalLevel, SignalName, SignalSubject } from './domain/dr-signal.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 信号: what was last read of something, and the level that holds. UNKNOWN is never written: it is read off the age. */
@Entity('dr_signal')
@Unique('uq_dr_signal', ['subjectKind', 'subjectId', 'name', 'towards'])
@Check('ck_dr_signal_subject', "subject_kind in ('CENTER', 'GROUP', 'TIER', 'PROBE')")
@Check('ck_dr_signal_level', "level in ('GOOD', 'WARN', 'CRITICAL')")
@Check('ck_dr_signal_pending', '(pending is null) = (pending_since is null)')
export class DrSignalEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(8))
  subjectKind!: SignalSubject;
  @Column(uuidColumn)
  subjectId!: string;
  @Column(word(24))
  name!: SignalName;
  /** A center's role, or nothing. */
  @Column(word(12))
  towards!: string;
  @Column({ type: 'varchar', length: 120 })
  source!: string;
  @Column({ type: 'double', nullable: true })
  value!: number | null;
  @Column(timeColumn)
  observedAt!: Date;
  @Column({ type: 'int' })
  maxAgeSeconds!: number;
  @Column(word(10))
  level!: SignalLevel;
  @Column(timeColumn)
  levelSince!: Date;
  @Column({ ...word(10), nullable: true })
  pending!: SignalLevel | null;
  @Column({ ...timeColumn, nullable: true })
  pendingSince!: Date | null;
  /** false = it was never good, and not bad for long enough to be believed. */
  @Column({ type: 'boolean', default: true })
  settled!: boolean;
}

/** A change of the level that holds; kept. */
@Entity('dr_signal_change')
@Index('ix_dr_signal_change', ['signalId', 'at'])
export class DrSignalChangeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  signalId!: string;
  @ManyToOne(() => DrSignalEntity, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'signal_id', foreignKeyConstraintName: 'fk_dr_signal_change' })
  signal!: Relation<DrSignalEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column({ ...word(10), nullable: true })
  fromLevel!: SignalLevel | null;
  @Column(word(10))
  toLevel!: SignalLevel;
  @Column({ type: 'double', nullable: true })
  value!: number | null;
}

/** What was read within five minutes, and, of what is older than thirty days, within an hour. */
@Entity('dr_signal_rollup')
@Index('ix_dr_signal_rollup_age', ['minutes', 'startsAt'])
@Check('ck_dr_signal_rollup_width', 'minutes in (5, 60)')
export class DrSignalRollupEntity {
  @PrimaryColumn(uuidColumn)
  signalId!: string;
  @PrimaryColumn({ type: 'int' })
  minutes!: number;
  @PrimaryColumn(timeColumn)
  startsAt!: Date;
  @ManyToOne(() => DrSignalEntity, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'signal_id', foreignKeyConstraintName: 'fk_dr_signal_rollup' })
  signal!: Relation<DrSignalEntity>;
  @Column({ type: 'double' })
  least!: number;
  @Column({ type: 'double' })
  most!: number;
  @Column({ type: 'double' })
  total!: number;
  @Column({ type: 'int' })
  readings!: number;
}
