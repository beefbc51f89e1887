import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { DutyNoticeKind } from './domain/duty-notice.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 通告: what the duty desk tells the departments that a ticket concerns; never changed once it is sent. */
@Entity('duty_notice')
@Unique('uq_duty_notice_code', ['code'])
@Index('ix_duty_notice_sent', ['sentAt', 'id'])
@Index('ix_duty_notice_ticket', ['ticketId', 'sentAt'])
@Index('ix_duty_notice_telling', ['telling'])
@Check('ck_duty_notice_kind', "kind in ('FAULT', 'PROGRESS', 'RESTORED', 'CHANGE')")
export class DutyNoticeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column(optionalId)
  ticketId!: string | null;
  @Column(word(10))
  kind!: DutyNoticeKind;
  @Column({ type: 'varchar', length: 120 })
  title!: string;
  @Column({ type: 'varchar', length: 2000 })
  body!: string;
  @Column(timeColumn)
  sentAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  sentBy!: string;
  @Column(optionalTime)
  remindedAt!: Date | null;
  /** 1 until every department has been told, or reminded. */
  @Column({ type: 'tinyint', nullable: true })
  telling!: number | null;
  @Column({ type: 'int' })
  version!: number;
}

/** 回执: one department that was told, of which of its systems, and who read it first. */
@Entity('duty_notice_receipt')
@Index('ix_duty_notice_receipt_department', ['departmentId', 'readAt'])
@Check('ck_duty_notice_receipt_read', '(read_at is null) = (read_by is null)')
export class DutyNoticeReceiptEntity {
  @PrimaryColumn(uuidColumn)
  noticeId!: string;
  @PrimaryColumn(uuidColumn)
  departmentId!: string;
  @ManyToOne(() => DutyNoticeEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'notice_id', foreignKeyConstraintName: 'fk_duty_notice_receipt' })
  notice!: Relation<DutyNoticeEntity>;
  /** Of its own systems those that it concerns; none = what it has there besides. */
  @Column(jsonColumn)
  systemIds!: readonly string[];
  /** Of which version of the notice it was told last; 0 = of none yet. */
  @Column({ type: 'int', default: 0 })
  toldVersion!: number;
  @Column(optionalTime)
  readAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  readBy!: string | null;
}
