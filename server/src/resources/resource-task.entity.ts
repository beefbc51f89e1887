import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Bilingual } from '../kernel/bilingual.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { TaskKind, TaskState } from './domain/task.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 任务: one wish of a driven resource, and how its carrying out goes. Kept by the worker, read by everybody. */
@Entity('resource_task')
@Unique('uq_resource_task_wish', ['resourceId', 'generation'])
@Index('ix_resource_task_center', ['centerId', 'state', 'id'])
@Index('ix_resource_task_department', ['departmentId', 'id'])
@Index('ix_resource_task_ended', ['endedAt', 'id'])
@Check('ck_resource_task_end', "(ended_at is not null) = (state in ('DONE', 'SUPERSEDED'))")
export class ResourceTaskEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column('int')
  generation!: number;
  @Column(asciiText(10))
  kind!: TaskKind;
  @Column(asciiText(12))
  state!: TaskState;
  @Column({ type: 'int', nullable: true })
  progressPercent!: number | null;
  @Column(jsonColumn)
  text!: Bilingual;
  /** Of the last call that failed; null again once one has worked. */
  @Column({ ...asciiText(20), nullable: true })
  failureClass!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  failureMessage!: string | null;
  /** Failures in a row. */
  @Column('int')
  failures!: number;
  @Column({ ...timeColumn, nullable: true })
  retryAt!: Date | null;
  @Column(timeColumn)
  queuedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  begunAt!: Date | null;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
}
