import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { REPLACE_TASK_STATES, type ReplaceTaskState } from './domain/replace-task.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 改放任务: a granted machine that no node of its cluster takes, until it is placed elsewhere or finds one. */
@Entity('replace_task')
@Unique('uq_replace_task_live', ['resourceId', 'live'])
@Index('ix_replace_task_opened', ['openedAt', 'id'])
@Index('ix_replace_task_state', ['state', 'openedAt', 'id'])
@Check('ck_replace_task_state', `state in (${REPLACE_TASK_STATES.map((state) => `'${state}'`).join(', ')})`)
@Check('ck_replace_task_live', "(live is null) = (state <> 'OPEN') and (live is null or live = 1)")
@Check('ck_replace_task_closed', "(closed_at is null) = (state = 'OPEN')")
@Check('ck_replace_task_placed', "(state = 'PLACED') = (to_pool_id is not null)")
export class ReplaceTaskEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  /** Where no node takes it. */
  @Column(uuidColumn)
  centerId!: string;
  @Column(uuidColumn)
  poolId!: string;
  @Column(word(12))
  state!: ReplaceTaskState;
  @Column({ type: 'varchar', length: 500 })
  schedulerText!: string;
  @Column(timeColumn)
  refusedSince!: Date;
  @Column(timeColumn)
  openedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  closedAt!: Date | null;
  @Column({ ...uuidColumn, nullable: true })
  toCenterId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  toPoolId!: string | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  decidedBy!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;
  @Column({ type: 'int' })
  version!: number;
  /** 1 or null: a machine has one at a time. */
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
}
