import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { LogKind, LogWords } from './domain/shift-log.js';
import { DutyHandOverEntity } from './roster.entity.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 值班日志: one line of the shift, in its order; kept. An open point is carried over until somebody has settled it. */
@Entity('duty_log_entry')
@Index('ix_duty_log_entry_at', ['at', 'id'])
@Index('ix_duty_log_entry_open', ['open', 'at'])
@Index('ix_duty_log_entry_ticket', ['ticketId'])
@Check('ck_duty_log_entry_kind', "kind in ('NOTE', 'ROUND', 'CALL', 'TICKET', 'HAND_OVER')")
@Check(
  'ck_duty_log_entry_settled',
  '(settled_at is null) = (settled_by is null) and (open is null or settled_at is null)',
)
export class DutyLogEntryEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  /** null = of the whole desk. */
  @Column(optionalId)
  centerId!: string | null;
  @Column(timeColumn)
  at!: Date;
  @Column(word(10))
  kind!: LogKind;
  @Column({ type: 'varchar', length: 500 })
  text!: string;
  /** Of what the console itself wrote; `text` is what is searched. */
  @Column({ ...jsonColumn, nullable: true })
  words!: LogWords | null;
  @Column({ type: 'varchar', length: 100 })
  byName!: string;
  /** 1 = an open point. */
  @Column({ type: 'tinyint', nullable: true })
  open!: number | null;
  @Column(optionalTime)
  settledAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  settledBy!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  settledNote!: string | null;
  @Column(optionalId)
  ticketId!: string | null;
}

/** 移交事项: an open point as it was when the shift was offered; who takes the shift takes these. */
@Entity('duty_hand_over_point')
@Index('ix_duty_hand_over_point_entry', ['entryId'])
export class DutyHandOverPointEntity {
  @PrimaryColumn(uuidColumn)
  handOverId!: string;
  @PrimaryColumn(uuidColumn)
  entryId!: string;
  @ManyToOne(() => DutyHandOverEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'hand_over_id', foreignKeyConstraintName: 'fk_duty_hand_over_point' })
  handOver!: Relation<DutyHandOverEntity>;
  @Column({ type: 'varchar', length: 500 })
  text!: string;
  @Column(timeColumn)
  since!: Date;
}
