import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ExecutionState } from './domain/execution-state.js';
import type {
  ExecutionKind,
  ExecutionMoment,
  ExecutionOutcome,
  StepAction,
  StepKind,
  StepStage,
} from './domain/execution-words.js';
import type { StepParams } from './domain/runbook.js';
import type { StepState } from './domain/step-state.js';
import { DrStandingOrderEntity } from './runbooks.entity.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const text = (length: number) => ({ type: 'varchar', length }) as const;
const optional = <C extends object>(column: C) => ({ ...column, nullable: true }) as const;
const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const flag = { type: 'tinyint' } as const;
const int = { type: 'int' } as const;
const kept = { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' } as const;

/** 切换、回切: one run of it. */
@Entity('dr_execution')
@Unique('uq_dr_execution_code', ['code'])
@Unique('uq_dr_execution_open', ['groupId', 'open'])
@Unique('uq_dr_execution_requester', ['id', 'requestedById'])
@Unique('uq_dr_execution_target', ['id', 'toCenterId'])
@Index('ix_dr_execution_created', ['createdAt', 'id'])
@Index('ix_dr_execution_group', ['groupId', 'createdAt', 'id'])
@Index('ix_dr_execution_department', ['departmentId', 'createdAt', 'id'])
@Check('ck_dr_execution_kind', "kind in ('SWITCHOVER', 'FAILOVER', 'FAILBACK')")
@Check(
  'ck_dr_execution_state',
  "state in ('DRAFT', 'APPROVED', 'PRECHECKED', 'RUNNING', 'VALIDATING', 'ROLLING_BACK', 'CLEANING_UP', 'CLEANUP_FAILED', 'CLOSED', 'CANCELLED')",
)
@Check('ck_dr_execution_open', "(state in ('CLOSED', 'CANCELLED')) = (open is null) and (open is null or open = 1)")
@Check('ck_dr_execution_outcome', "outcome is null or outcome in ('COMMITTED', 'ROLLED_BACK', 'ABANDONED')")
@Check('ck_dr_execution_centers', 'from_center_id <> to_center_id')
@Check(
  'ck_dr_execution_confirmed',
  '(confirmed_by_id is null) = (confirmed_at is null) and (standing_order_id is null or confirm_due_at is not null)',
)
@Check('ck_dr_execution_confirmer', 'confirmed_by_id is null or confirmed_by_id <> requested_by_id')
@Check('ck_dr_execution_planned', "planned_at is null or kind <> 'FAILOVER'")
@Check('ck_dr_execution_paused', '(paused_at is null) = (paused_why is null)')
export class DrExecutionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column(uuidColumn)
  groupId!: string;
  /** As the group was called then. */
  @Column(text(120))
  groupName!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(word(12))
  kind!: ExecutionKind;
  @Column(word(14))
  state!: ExecutionState;
  /** 1 or null: one of a group is open. */
  @Column({ ...flag, nullable: true, default: 1 })
  open!: number | null;
  @Column(optional(word(12)))
  outcome!: ExecutionOutcome | null;
  @Column(optional(uuidColumn))
  runbookId!: string | null;
  @Column(optional(int))
  runbookNumber!: number | null;
  /** Of the text that its steps were made of. */
  @Column(optional(hash))
  runbookHash!: string | null;
  /** Whoever asked knew that nobody had verified that version. */
  @Column({ ...flag, default: 0 })
  unverifiedAccepted!: number;
  @Column(uuidColumn)
  fromCenterId!: string;
  @Column(uuidColumn)
  toCenterId!: string;
  /** The placement that it makes; null = it has made none. */
  @Column(optional(int))
  epoch!: number | null;
  @Column(text(500))
  reason!: string;
  /** What was shown to be lost when it was asked for; null = it was not known. */
  @Column(optional(int))
  shownLossSeconds!: number | null;
  @Column({ ...flag, default: 0 })
  shownLossKnown!: number;
  @Column(uuidColumn)
  requestedById!: string;
  @Column(text(200))
  requestedBy!: string;
  @Column(optional(uuidColumn))
  requestedDepartmentId!: string | null;
  @Column(optional(uuidColumn))
  standingOrderId!: string | null;
  @ManyToOne(() => DrStandingOrderEntity, kept)
  @JoinColumn({ name: 'standing_order_id', foreignKeyConstraintName: 'fk_dr_execution_order' })
  standingOrder?: Relation<DrStandingOrderEntity> | null;
  @Column(optional(timeColumn))
  confirmDueAt!: Date | null;
  @Column(optional(uuidColumn))
  confirmedById!: string | null;
  @Column(optional(text(200)))
  confirmedBy!: string | null;
  @Column(optional(uuidColumn))
  confirmedDepartmentId!: string | null;
  @Column(optional(timeColumn))
  confirmedAt!: Date | null;
  @Column(optional(timeColumn))
  pausedAt!: Date | null;
  @Column(optional(text(500)))
  pausedWhy!: string | null;
  /** Where the console says it; what a person typed is his. */
  @Column(optional(text(500)))
  pausedWhyEn!: string | null;
  /** T0 to T7: ISO times by their words. */
  @Column(jsonColumn)
  moments!: { readonly [M in ExecutionMoment]?: string };
  /** Of one that can wait: before that nothing of it begins. */
  @Column(optional(timeColumn))
  plannedAt!: Date | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column(optional(timeColumn))
  closedAt!: Date | null;
  @Column(int)
  version!: number;
}

/** The key to (execution, who asked) lets the CHECK compare with the true one. */
@Entity('dr_approval')
@Unique('uq_dr_approval_department', ['executionId', 'departmentId'])
@Index('ix_dr_approval_requester', ['executionId', 'requestedById'])
@Check('ck_dr_approval_second', 'user_id <> requested_by_id')
export class DrApprovalEntity {
  @PrimaryColumn(uuidColumn)
  executionId!: string;
  @PrimaryColumn(uuidColumn)
  userId!: string;
  @ManyToOne(() => DrExecutionEntity, kept)
  @JoinColumn([
    { name: 'execution_id', referencedColumnName: 'id', foreignKeyConstraintName: 'fk_dr_approval_execution' },
    { name: 'requested_by_id', referencedColumnName: 'requestedById' },
  ])
  execution?: Relation<DrExecutionEntity>;
  @Column(text(200))
  userName!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  requestedById!: string;
  @Column(optional(text(500)))
  opinion!: string | null;
  @Column(timeColumn)
  approvedAt!: Date;
}

@Entity('dr_step')
@Unique('uq_dr_step_number', ['executionId', 'number'])
@Unique('uq_dr_step_under_way', ['executionId', 'underWay'])
@Check('ck_dr_step_stage', "stage in ('PRECHECK', 'RUN', 'VALIDATE', 'ROLL_BACK', 'CLEAN_UP')")
@Check('ck_dr_step_kind', "kind in ('AUTOMATIC', 'MANUAL', 'DECISION')")
@Check('ck_dr_step_state', "state in ('WAITING', 'RUNNING', 'AWAITS_CHECK', 'FAILED', 'DONE', 'LEFT_OUT')")
@Check(
  'ck_dr_step_under_way',
  "(state in ('RUNNING', 'AWAITS_CHECK', 'FAILED')) = (under_way is not null) and (under_way is null or under_way = 1)",
)
@Check(
  'ck_dr_step_stamps',
  "state in ('WAITING', 'LEFT_OUT') or (claimed_at is not null and started_at is not null and started_at >= claimed_at)",
)
@Check('ck_dr_step_finished', "state <> 'DONE' or (finished_at is not null and finished_at >= started_at)")
@Check('ck_dr_step_second', 'checked_by_id is null or checked_by_id <> done_by_id')
@Check('ck_dr_step_checked', "state <> 'DONE' or second_check = 0 or checked_by_id is not null")
export class DrStepEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  executionId!: string;
  @ManyToOne(() => DrExecutionEntity, kept)
  @JoinColumn({ name: 'execution_id', foreignKeyConstraintName: 'fk_dr_step_execution' })
  execution?: Relation<DrExecutionEntity>;
  @Column(int)
  number!: number;
  @Column(word(10))
  stage!: StepStage;
  @Column(word(10))
  kind!: StepKind;
  @Column(word(20))
  action!: StepAction;
  @Column(text(60))
  title!: string;
  @Column(text(1_000))
  instruction!: string;
  /** Where the console wrote it; a runbook's is its author's. */
  @Column(optional(text(2_000)))
  instructionEn!: string | null;
  @Column(int)
  timeoutSeconds!: number;
  @Column(int)
  retries!: number;
  @Column(flag)
  needsEvidence!: number;
  @Column(flag)
  secondCheck!: number;
  @Column(jsonColumn)
  params!: StepParams;
  @Column(word(12))
  state!: StepState;
  /** 1 or null: of an execution one step is under way. */
  @Column(optional(flag))
  underWay!: number | null;
  @Column({ ...int, default: 0 })
  attempts!: number;
  @Column(optional(timeColumn))
  claimedAt!: Date | null;
  /** The worker that began it; another may end it. */
  @Column(optional(word(120)))
  claimedBy!: string | null;
  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  claimedEpoch!: bigint | null;
  @Column(optional(timeColumn))
  startedAt!: Date | null;
  @Column(optional(timeColumn))
  finishedAt!: Date | null;
  @Column(optional(word(12)))
  choice!: string | null;
  @Column(optional(uuidColumn))
  doneById!: string | null;
  @Column(optional(text(200)))
  doneBy!: string | null;
  @Column(optional(uuidColumn))
  checkedById!: string | null;
  @Column(optional(text(200)))
  checkedBy!: string | null;
  @Column(optional(jsonColumn))
  output!: unknown;
  @Column(optional(hash))
  outputHash!: string | null;
  @Column(optional(text(1_000)))
  problem!: string | null;
  @Column(optional(text(1_000)))
  problemEn!: string | null;
  @Column(int)
  version!: number;
}

/** 隔离: where the old side is kept from writing. */
@Entity('dr_fence')
@Unique('uq_dr_fence_center', ['subject', 'centerId', 'live'])
@Unique('uq_dr_fence_same_city', ['subject', 'sameCity'])
@Unique('uq_dr_fence_beside', ['subject', 'centerId', 'sameCity'])
@Index('ix_dr_fence_execution', ['executionId'])
@Index('ix_dr_fence_beside', ['besideSubject', 'besideCenterId', 'besideSameCity'])
@Index('ix_dr_fence_target', ['executionId', 'toCenterId'])
@Check('ck_dr_fence_live', '(live is null) = (lifted_at is not null) and (live is null or live = 1)')
@Check('ck_dr_fence_same_city', 'same_city is null or (same_city in (1, 2) and live = 1)')
@Check(
  'ck_dr_fence_beside',
  '(same_city <=> 2) = (beside_same_city <=> 1) and (beside_same_city is null or beside_same_city = 1)',
)
@Check(
  'ck_dr_fence_second',
  'same_city is null or same_city = 1 or (beside_subject is not null and beside_center_id is not null and to_center_id is not null and acceptance_id is not null and beside_center_id <> center_id and to_center_id <> center_id and to_center_id <> beside_center_id)',
)
export class DrFenceEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  /** The group; or, of a fence that keeps a whole center out, WHOLE_CENTER. */
  @Column(uuidColumn)
  subject!: string;
  @Column(uuidColumn)
  centerId!: string;
  /** Of a live fence of A or B: 1, of which there is one; 2 stands beside it, and only for the recovery center (ADR 0096). */
  @Column(optional(flag))
  sameCity!: number | null;
  @Column(uuidColumn)
  executionId!: string;
  @ManyToOne(() => DrExecutionEntity, kept)
  @JoinColumn({ name: 'execution_id', foreignKeyConstraintName: 'fk_dr_fence_execution' })
  execution?: Relation<DrExecutionEntity>;
  @Column(uuidColumn)
  proofId!: string;
  @Column(timeColumn)
  raisedAt!: Date;
  @Column(optional(timeColumn))
  liftedAt!: Date | null;
  /** Of one that stands beside another: where its execution goes, by a key to it, and what was typed of the loss. */
  @Column(optional(uuidColumn))
  toCenterId!: string | null;
  @ManyToOne(() => DrExecutionEntity, kept)
  @JoinColumn([
    { name: 'execution_id', referencedColumnName: 'id', foreignKeyConstraintName: 'fk_dr_fence_target' },
    { name: 'to_center_id', referencedColumnName: 'toCenterId' },
  ])
  target?: Relation<DrExecutionEntity> | null;
  @Column(optional(uuidColumn))
  acceptanceId!: string | null;
  /** The first of the city: not lifted while this one stands beside it. */
  @Column(optional(uuidColumn))
  besideSubject!: string | null;
  @Column(optional(uuidColumn))
  besideCenterId!: string | null;
  @Column(optional(flag))
  besideSameCity!: number | null;
  @ManyToOne(() => DrFenceEntity, kept)
  @JoinColumn([
    { name: 'beside_subject', referencedColumnName: 'subject', foreignKeyConstraintName: 'fk_dr_fence_beside' },
    { name: 'beside_center_id', referencedColumnName: 'centerId' },
    { name: 'beside_same_city', referencedColumnName: 'sameCity' },
  ])
  beside?: Relation<DrFenceEntity> | null;
  @Column({ ...flag, nullable: true, default: 1 })
  live!: number | null;
}
