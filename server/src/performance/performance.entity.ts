import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Grade, GradedKind } from '../grades/domain/grade.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import { DatedEditionColumns } from '../platform/database/edition-columns.js';
import type { AppealState } from './domain/appeal.js';
import type { EvaluationContent } from './domain/evaluation.js';
import type { PerformanceRule } from './domain/rule.js';
import type { RunState } from './domain/run-state.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const month = { type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' } as const;
const personName = { type: 'varchar', length: 200 } as const;

/** 绩效评价规则 as it was put in force; a draft has no number, and there is one draft at most. */
@Entity('performance_edition')
@Index('uq_performance_edition_number', ['number'], { unique: true })
@Index('uq_performance_edition_draft', ['openDraft'], { unique: true })
@Check('ck_performance_edition_number', '(number is null) = (published_at is null)')
@Check('ck_performance_edition_publisher', 'published_by_id is null or published_by_id <> changed_by_id')
export class PerformanceEditionEntity extends DatedEditionColumns<PerformanceRule> {}

/** 绩效评价批次: all systems and departments, for one period. */
@Entity('performance_run')
@Index('uq_performance_run_code', ['code'], { unique: true })
@Index('uq_performance_run_live', ['period', 'live'], { unique: true })
@Index('ix_performance_run_state', ['state'])
@Index('ix_performance_run_prepared', ['preparedAt', 'id'])
@Check('ck_performance_run_state', "state in ('GATHERING', 'PREPARED', 'PUBLISHED', 'RETURNED', 'WITHDRAWN')")
@Check('ck_performance_run_live', "(live is null) = (state in ('RETURNED', 'WITHDRAWN'))")
@Check('ck_performance_run_second', "decided_by_id is null or state = 'WITHDRAWN' or decided_by_id <> prepared_by_id")
export class PerformanceRunEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column(word(8))
  period!: string;
  @Column({ type: 'date' })
  fromDay!: string;
  @Column({ type: 'date' })
  toDay!: string;
  @Column(uuidColumn)
  editionId!: string;
  @ManyToOne(() => PerformanceEditionEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'edition_id', foreignKeyConstraintName: 'fk_performance_run_edition' })
  edition!: Relation<PerformanceEditionEntity>;
  @Column({ type: 'int' })
  editionNumber!: number;
  @Column(word(10))
  state!: RunState;
  /** 1 or null: a period has one run that was neither returned nor withdrawn. */
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  live!: number | null;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'int' })
  subjects!: number;
  @Column(uuidColumn)
  preparedById!: string;
  @Column(personName)
  preparedBy!: string;
  @Column(timeColumn)
  preparedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  gatheredAt!: Date | null;
  @Column({ ...uuidColumn, nullable: true })
  decidedById!: string | null;
  @Column({ ...personName, nullable: true })
  decidedBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
}

/** 绩效评价 of one system or department, in the version of this row; a re-grade is another row. */
@Entity('performance_evaluation')
@Index('uq_performance_evaluation_code', ['code', 'version'], { unique: true })
@Index('uq_performance_evaluation_newest', ['runId', 'subjectId', 'newest'], { unique: true })
@Index('ix_performance_evaluation_subject', ['subjectId', 'publishedAt'])
@Index('ix_performance_evaluation_department', ['departmentId', 'publishedAt'])
@Index('ix_performance_evaluation_settled', ['settled', 'publishedAt'])
@Check('ck_performance_evaluation_kind', "kind in ('SYSTEM', 'DEPARTMENT')")
@Check('ck_performance_evaluation_grade', "grade in ('EXCELLENT', 'GOOD', 'FAIR', 'POOR')")
@Check('ck_performance_evaluation_points', 'points between 0 and 10000')
@Check('ck_performance_evaluation_newest', 'newest is null or newest = 1')
export class PerformanceEvaluationEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  runId!: string;
  @ManyToOne(() => PerformanceRunEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'fk_performance_evaluation_run' })
  run!: Relation<PerformanceRunEntity>;
  @Column(word(30))
  code!: string;
  @Column(word(10))
  kind!: GradedKind;
  @Column(uuidColumn)
  subjectId!: string;
  @Column({ type: 'varchar', length: 160 })
  subjectName!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ type: 'int' })
  version!: number;
  /** 1 or null: one version stands. */
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  newest!: number | null;
  @Column({ ...word(10), nullable: true })
  grade!: Grade | null;
  /** Hundredths of a point. */
  @Column({ type: 'int' })
  points!: number;
  @Column({ type: 'tinyint', unsigned: true })
  evidencePercent!: number;
  @Column(jsonColumn)
  content!: EvaluationContent;
  @Column(hash)
  hash!: string;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  publishedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  appealDueAt!: Date | null;
  /** Whether what follows from it is done. */
  @Column({ type: 'boolean' })
  settled!: boolean;
}

/** 申诉 of a department against one version of an evaluation. */
@Entity('performance_appeal')
@Index('uq_performance_appeal_open', ['evaluationId', 'open'], { unique: true })
@Index('ix_performance_appeal_state', ['state', 'raisedAt'])
@Check('ck_performance_appeal_state', "state in ('OPEN', 'WITHDRAWN', 'KEPT', 'CHANGED')")
@Check('ck_performance_appeal_open', "(open is null) = (state <> 'OPEN')")
@Check('ck_performance_appeal_changed', "(replaced_by_id is not null) = (state = 'CHANGED')")
@Check(
  'ck_performance_appeal_second',
  "answered_by_id is null or state = 'WITHDRAWN' or answered_by_id <> raised_by_id",
)
export class PerformanceAppealEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  evaluationId!: string;
  @ManyToOne(() => PerformanceEvaluationEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'evaluation_id', foreignKeyConstraintName: 'fk_performance_appeal_evaluation' })
  evaluation!: Relation<PerformanceEvaluationEntity>;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(word(10))
  state!: AppealState;
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  open!: number | null;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 1000 })
  reason!: string;
  @Column(uuidColumn)
  raisedById!: string;
  @Column(personName)
  raisedBy!: string;
  @Column(timeColumn)
  raisedAt!: Date;
  @Column({ type: 'varchar', length: 1000, nullable: true })
  answer!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  answeredById!: string | null;
  @Column({ ...personName, nullable: true })
  answeredBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  answeredAt!: Date | null;
  @Column({ ...uuidColumn, nullable: true })
  replacedById!: string | null;
}

export const CONSEQUENCE_KINDS = ['CASE', 'QUOTA_UP', 'QUOTA_DOWN'] as const;

/** What followed from an evaluation, each once. */
@Entity('performance_consequence')
@Check('ck_performance_consequence_kind', "kind in ('CASE', 'QUOTA_UP', 'QUOTA_DOWN')")
export class PerformanceConsequenceEntity {
  @PrimaryColumn(uuidColumn)
  evaluationId!: string;
  @PrimaryColumn(word(12))
  kind!: (typeof CONSEQUENCE_KINDS)[number];
  /** A machine that a case was opened about, or whose quota it is. */
  @PrimaryColumn(uuidColumn)
  objectId!: string;
  @Column({ type: 'varchar', length: 200 })
  label!: string;
  @Column(timeColumn)
  at!: Date;
}

/** By how much limits were raised for a grade, until it is another. */
@Entity('quota_bonus')
export class QuotaBonusEntity {
  @PrimaryColumn(uuidColumn)
  subjectId!: string;
  @Column(uuidColumn)
  evaluationId!: string;
  @Column(jsonColumn)
  amounts!: { readonly [meter: string]: number };
  @Column(timeColumn)
  givenAt!: Date;
}

/** 可用性台账: minutes that a system was down in a month. */
@Entity('availability_reading')
@Index('ix_availability_reading_month', ['month'])
@Check('ck_availability_reading_minutes', 'excused_minutes <= down_minutes and down_minutes <= 44640')
export class AvailabilityReadingEntity {
  @PrimaryColumn(uuidColumn)
  systemId!: string;
  @PrimaryColumn(month)
  month!: string;
  @Column({ type: 'int', unsigned: true })
  downMinutes!: number;
  @Column({ type: 'int', unsigned: true })
  excusedMinutes!: number;
  @Column({ type: 'varchar', length: 200 })
  source!: string;
  @Column(personName)
  enteredBy!: string;
  @Column(timeColumn)
  enteredAt!: Date;
}
