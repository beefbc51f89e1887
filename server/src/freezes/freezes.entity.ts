import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ReleaseSubject } from './domain/freeze.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 封网: from when to when nothing is changed but what a leader lets through. */
@Entity('change_freeze')
@Unique('uq_change_freeze_code', ['code'])
@Index('ix_change_freeze_time', ['toAt', 'fromAt'])
@Check('ck_change_freeze_span', 'from_at < to_at')
export class ChangeFreezeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column({ type: 'varchar', length: 100 })
  title!: string;
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(timeColumn)
  fromAt!: Date;
  @Column(timeColumn)
  toAt!: Date;
  @Column(optionalTime)
  endedAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  endedBy!: string | null;
  @Column({ type: 'varchar', length: 100 })
  madeBy!: string;
  @Column(timeColumn)
  madeAt!: Date;
  @Column({ type: 'int' })
  version!: number;
}

/** The centers of a freeze; none = all of the province. */
@Entity('change_freeze_center')
export class ChangeFreezeCenterEntity {
  @PrimaryColumn(uuidColumn)
  freezeId!: string;
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @ManyToOne(() => ChangeFreezeEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'freeze_id', foreignKeyConstraintName: 'fk_change_freeze_center' })
  freeze!: Relation<ChangeFreezeEntity>;
}

/** 放行: what a leader lets through, until when, and why; kept. */
@Entity('change_freeze_release')
@Index('ix_change_freeze_release', ['freezeId', 'until'])
@Check(
  'ck_change_freeze_release_subject',
  "subject_type in ('System', 'Request', 'Resource', 'Server', 'Change', 'Drill', 'Drift')",
)
export class ChangeFreezeReleaseEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  freezeId!: string;
  @ManyToOne(() => ChangeFreezeEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'freeze_id', foreignKeyConstraintName: 'fk_change_freeze_release' })
  freeze!: Relation<ChangeFreezeEntity>;
  @Column(word(10))
  subjectType!: ReleaseSubject;
  @Column(uuidColumn)
  subjectId!: string;
  @Column({ type: 'varchar', length: 200 })
  subjectName!: string;
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(timeColumn)
  until!: Date;
  @Column({ type: 'varchar', length: 100 })
  givenBy!: string;
  @Column(timeColumn)
  givenAt!: Date;
  @Column(optionalTime)
  revokedAt!: Date | null;
}
