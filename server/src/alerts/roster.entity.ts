import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { DutyRole } from './domain/escalation.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** A desk: one role of one center. Whoever changes its shifts locks it, so that no two can be made to overlap. */
@Entity('duty_desk')
export class DutyDeskEntity {
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @PrimaryColumn(word(10))
  role!: DutyRole;
}

/** 值班: who answers for a desk, from when to when. */
@Entity('duty_shift')
@Index('ix_duty_shift_desk', ['centerId', 'role', 'fromAt'])
@Index('ix_duty_shift_time', ['toAt', 'fromAt'])
@Index('ix_duty_shift_user', ['userId', 'toAt'])
@Check('ck_duty_shift_role', "role in ('ENGINEER', 'BACKUP', 'LEADER')")
@Check('ck_duty_shift_span', 'from_at < to_at')
export class DutyShiftEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column(word(10))
  role!: DutyRole;
  @Column(uuidColumn)
  userId!: string;
  @Column(timeColumn)
  fromAt!: Date;
  @Column(timeColumn)
  toAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  madeBy!: string;
  @Column(timeColumn)
  madeAt!: Date;
  @Column({ type: 'int' })
  version!: number;
}

/** 交接班: offered by whoever has the shift, and his until the other takes it; open ones have `openKey` 1. */
@Entity('duty_hand_over')
@Index('uq_duty_hand_over_open', ['shiftId', 'openKey'], { unique: true })
@Index('ix_duty_hand_over_given', ['givenAt', 'id'])
@Check('ck_duty_hand_over_end', '(taken_at is null and withdrawn_at is null) = (open_key is not null)')
export class DutyHandOverEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  shiftId!: string;
  @ManyToOne(() => DutyShiftEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'shift_id', foreignKeyConstraintName: 'fk_duty_hand_over_shift' })
  shift!: Relation<DutyShiftEntity>;
  @Column({ type: 'tinyint', nullable: true })
  openKey!: number | null;
  @Column(uuidColumn)
  toUserId!: string;
  @Column({ type: 'varchar', length: 500 })
  note!: string;
  /** How many alerts were open when it was written. */
  @Column({ type: 'int' })
  openAlerts!: number;
  @Column({ type: 'varchar', length: 100 })
  givenBy!: string;
  @Column(timeColumn)
  givenAt!: Date;
  @Column(optionalTime)
  takenAt!: Date | null;
  @Column(optionalTime)
  withdrawnAt!: Date | null;
}
