import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import { CASE_STATES, type CaseCause, type CaseMove, type CaseState } from './domain/case-state.js';
import type { Figure } from './domain/evidence.js';

const word = { type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin' } as const;

/** 闲置回收: one resource that seems idle, from notice to decision. */
@Entity('reclaim_case')
@Unique('uq_reclaim_case_code', ['code'])
@Unique('uq_reclaim_case_open', ['resourceId', 'open'])
@Unique('uq_reclaim_case_line_open', ['lineId', 'open'])
@Index('ix_reclaim_case_line', ['lineId', 'openedAt', 'id'])
@Index('ix_reclaim_case_opened', ['openedAt', 'id'])
@Index('ix_reclaim_case_due', ['state', 'dueAt', 'id'])
@Index('ix_reclaim_case_department', ['departmentId', 'openedAt', 'id'])
@Check('ck_reclaim_case_state', `state in (${CASE_STATES.map((state) => `'${state}'`).join(', ')})`)
@Check('ck_reclaim_case_of', '(resource_id is null) = (line_id is not null)')
@Check('ck_reclaim_case_open', "(open is null) = (state in ('RECLAIMED', 'CLOSED'))")
export class ReclaimCaseEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ ...word, length: 30 })
  code!: string;
  /** null = it is about a line of servers, places or services. */
  @Column({ ...uuidColumn, nullable: true })
  resourceId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  lineId!: string | null;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(word)
  state!: CaseState;
  @Column(word)
  cause!: CaseCause;
  @Column({ type: 'varchar', length: 2000 })
  evidence!: string;
  @Column(jsonColumn)
  figures!: Figure[];
  @Column({ ...uuidColumn, nullable: true })
  openedById!: string | null;
  @Column({ type: 'varchar', length: 100 })
  openedByName!: string;
  @Column(timeColumn)
  openedAt!: Date;
  @Column(timeColumn)
  dueAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  closedAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
  /** 1 or null: a resource has one case that waits at most. */
  @Column({ type: 'tinyint', nullable: true })
  open!: number | null;
}

/** Every step of a case, append-only. */
@Entity('reclaim_event')
@Index('ix_reclaim_event_case', ['caseId', 'at', 'id'])
export class ReclaimEventEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  caseId!: string;
  @ManyToOne(() => ReclaimCaseEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'fk_reclaim_event_case' })
  case!: Relation<ReclaimCaseEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column({ ...uuidColumn, nullable: true })
  actorId!: string | null;
  @Column({ type: 'varchar', length: 100 })
  actorName!: string;
  @Column(word)
  action!: CaseMove | 'OPEN';
  @Column(word)
  toState!: CaseState;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;
  @Column(jsonColumn)
  fileIds!: string[];
}
