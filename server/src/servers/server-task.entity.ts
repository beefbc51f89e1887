import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { Bilingual } from '../kernel/bilingual.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ServerTaskKind, ServerTaskState } from './domain/server-task.js';
import { ServerEntity } from './servers.entity.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 任务: one wish of a server's host, and how its carrying out goes. Kept by the worker, read by everybody. */
@Entity('server_task')
@Unique('uq_server_task_wish', ['serverId', 'wish'])
@Index('ix_server_task_center', ['centerId', 'state', 'id'])
@Index('ix_server_task_department', ['departmentId', 'id'])
@Index('ix_server_task_ended', ['endedAt', 'id'])
@Check('ck_server_task_end', "(ended_at is not null) = (state in ('DONE', 'SUPERSEDED'))")
export class ServerTaskEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  serverId!: string;
  @ManyToOne(() => ServerEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'fk_server_task_server' })
  server?: Relation<ServerEntity>;
  /** Whose it was when the wish was made; null = nobody's. */
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column(uuidColumn)
  centerId!: string;
  @Column(word(60))
  wish!: string;
  @Column(word(10))
  kind!: ServerTaskKind;
  @Column(word(12))
  state!: ServerTaskState;
  @Column({ type: 'smallint', nullable: true })
  progressPercent!: number | null;
  @Column(jsonColumn)
  text!: Bilingual;
  /** Failed installations of the present image. */
  @Column('int')
  tries!: number;
  @Column(timeColumn)
  begunAt!: Date;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
}
