import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { PackContent } from './domain/self-evaluation.js';
import type { UsageContent } from './domain/usage-notice.js';

const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const personName = { type: 'varchar', length: 200 } as const;

/** 资源使用通报 of one department and month, as it was sent. */
@Entity('usage_notice')
@Index('uq_usage_notice', ['departmentId', 'month'], { unique: true })
@Index('ix_usage_notice_month', ['month', 'id'])
@Check('ck_usage_notice_read', '(read_at is null) = (read_by is null)')
export class UsageNoticeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' })
  month!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ type: 'varchar', length: 160 })
  departmentName!: string;
  @Column(jsonColumn)
  content!: UsageContent;
  @Column(hash)
  hash!: string;
  @Column(timeColumn)
  madeAt!: Date;
  @Column({ ...personName, nullable: true })
  readBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  readAt!: Date | null;
}

export const SELF_EVALUATION_STATES = ['OPEN', 'HANDED_IN'] as const;
export type SelfEvaluationState = (typeof SELF_EVALUATION_STATES)[number];

/** 自评价 of a system that went live: the task, and what was handed in. */
@Entity('self_evaluation')
@Index('uq_self_evaluation_system', ['systemId', 'liveSince'], { unique: true })
@Index('ix_self_evaluation_due', ['state', 'dueTo', 'id'])
@Index('ix_self_evaluation_department', ['departmentId', 'dueTo', 'id'])
@Check('ck_self_evaluation_state', "state in ('OPEN', 'HANDED_IN')")
@Check(
  'ck_self_evaluation_handed',
  "(state = 'HANDED_IN') = (handed_in_at is not null and hash is not null and content is not null)",
)
export class SelfEvaluationEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column({ type: 'varchar', length: 120 })
  systemName!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  state!: SelfEvaluationState;
  @Column({ type: 'date' })
  liveSince!: string;
  @Column({ type: 'date' })
  dueFrom!: string;
  /** The first day on which it is too late. */
  @Column({ type: 'date' })
  dueTo!: string;
  /** How many of its reminders were told. */
  @Column({ type: 'tinyint' })
  toldStage!: number;
  @Column(timeColumn)
  openedAt!: Date;
  @Column({ type: 'varchar', length: 2000, nullable: true })
  statement!: string | null;
  @Column({ ...jsonColumn, nullable: true })
  content!: PackContent | null;
  @Column({ ...hash, nullable: true })
  hash!: string | null;
  @Column({ ...personName, nullable: true })
  handedInBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  handedInAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
}
