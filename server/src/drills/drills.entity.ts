import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import { DatedEditionColumns, type DatedEditionRow } from '../platform/database/edition-columns.js';
import {
  DRILL_MARKS,
  type DrillMark,
  ITEM_CODES,
  ITEM_KINDS,
  ITEM_STATES,
  type ItemCode,
  type ItemKind,
  type ItemState,
} from './domain/drill-items.js';
import {
  DEVIATION_CODES,
  type DeviationCode,
  DRILL_OUTCOMES,
  type DrillOutcome,
  type DrillTargets,
} from './domain/drill-outcome.js';
import type { DrillRuleContent } from './domain/drill-rule.js';
import { DRILL_KINDS, DRILL_STATES, type DrillKind, type DrillState, HOLDING_STATES } from './domain/drill-state.js';
import { COPY_STATES, type CopyState } from './domain/rehearsal.js';
import type { BorrowedByCopy, DrillReport, Precheck } from './drills.types.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const text = (length: number) => ({ type: 'varchar', length }) as const;
const optionalTime = { ...timeColumn, nullable: true } as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const kept = { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' } as const;
const oneOf = (words: readonly string[]) => words.map((one) => `'${one}'`).join(', ');

/** 演练计划规则: by which drills are due; an edition is never changed. */
@Entity('dr_drill_rule_edition')
@Index('uq_dr_drill_rule_edition_number', ['number'], { unique: true })
@Index('uq_dr_drill_rule_edition_draft', ['openDraft'], { unique: true })
@Check('ck_dr_drill_rule_edition_number', '(number is null) = (published_at is null)')
@Check('ck_dr_drill_rule_edition_second', 'published_by_id is null or published_by_id <> changed_by_id')
export class DrDrillRuleEditionEntity extends DatedEditionColumns<DrillRuleContent> {}

export type DrillRuleRow = DatedEditionRow<DrillRuleContent>;

/** 演练. From its precheck until all of it is gone it has its group to itself: by its own key here, and beside executions by `dr_group_occupation`. */
@Entity('dr_drill')
@Unique('uq_dr_drill_code', ['code'])
@Unique('uq_dr_drill_held', ['heldGroupId'])
@Index('ix_dr_drill_created', ['createdAt', 'id'])
@Index('ix_dr_drill_group', ['groupId', 'createdAt', 'id'])
@Index('ix_dr_drill_state', ['state', 'createdAt', 'id'])
@Check('ck_dr_drill_kind', `kind in (${oneOf(DRILL_KINDS)})`)
@Check('ck_dr_drill_state', `state in (${oneOf(DRILL_STATES)})`)
@Check(
  'ck_dr_drill_held',
  `(held_group_id is not null) = (state in (${oneOf(HOLDING_STATES)})) and (held_group_id is null or held_group_id = group_id)`,
)
@Check('ck_dr_drill_place', "(kind = 'TABLETOP') = (center_id is null)")
@Check('ck_dr_drill_two', 'approved_by_id is null or approved_by_id <> planned_by_id')
@Check('ck_dr_drill_closed', "(state = 'CLOSED') = (report is not null)")
@Check('ck_dr_drill_outcome', `outcome is null or outcome in (${oneOf(DRILL_OUTCOMES)})`)
export class DrDrillEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(20))
  code!: string;
  @Column(uuidColumn)
  groupId!: string;
  @Column(optionalId)
  heldGroupId!: string | null;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  /** The group's, as it was called then. */
  @Column(text(120))
  groupName!: string;
  @Column(word(10))
  kind!: DrillKind;
  @Column(word(16))
  state!: DrillState;
  /** 演练场景: what is assumed to have happened. */
  @Column(text(500))
  scenario!: string;
  /** Where the copies stand; null = nothing is copied. */
  @Column(optionalId)
  centerId!: string | null;
  @Column(timeColumn)
  plannedAt!: Date;
  /** So long after its precheck all of it is taken away, whoever is in the midst of it. */
  @Column({ type: 'int' })
  cleanupHours!: number;
  @Column(optionalTime)
  cleanupDueAt!: Date | null;
  @Column({ type: 'int' })
  cleanups!: number;
  @Column(optionalTime)
  cleanupBegunAt!: Date | null;
  @Column({ ...text(500), nullable: true })
  trouble!: string | null;
  @Column({ ...text(500), nullable: true })
  troubleEn!: string | null;
  @Column(jsonColumn)
  targets!: DrillTargets;
  @Column({ ...jsonColumn, nullable: true })
  precheck!: Precheck[] | null;
  /** Of when the data is that is brought back, judged as the drill begins; null = nothing tells it, or there is none. */
  @Column(optionalTime)
  dataPoint!: Date | null;
  @Column({ type: 'boolean' })
  hasData!: boolean;
  @Column({ ...text(500), nullable: true })
  abortReason!: string | null;
  /** Where the console broke it off. */
  @Column({ ...text(500), nullable: true })
  abortReasonEn!: string | null;
  @Column({ ...word(10), nullable: true })
  outcome!: DrillOutcome | null;
  @Column({ ...jsonColumn, nullable: true })
  report!: DrillReport | null;
  @Column({ ...word(64), nullable: true })
  reportHash!: string | null;
  /** SM2 over the hash, and with which key. */
  @Column({ ...word(200), nullable: true })
  signature!: string | null;
  @Column({ ...word(64), nullable: true })
  signatureKeyId!: string | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column(uuidColumn)
  plannedById!: string;
  @Column(text(100))
  plannedBy!: string;
  @Column(optionalId)
  approvedById!: string | null;
  @Column({ ...text(100), nullable: true })
  approvedBy!: string | null;
  @Column(optionalTime)
  approvedAt!: Date | null;
  @Column(optionalTime)
  closedAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
}

@Entity('dr_drill_item')
@Check('ck_dr_drill_item_code', `code in (${oneOf(ITEM_CODES)})`)
@Check('ck_dr_drill_item_kind', `kind in (${oneOf(ITEM_KINDS)})`)
@Check('ck_dr_drill_item_state', `state in (${oneOf(ITEM_STATES)})`)
@Check('ck_dr_drill_item_title', "(code = 'OWN') = (title is not null)")
export class DrDrillItemEntity {
  @PrimaryColumn(uuidColumn)
  drillId!: string;
  @PrimaryColumn({ type: 'int' })
  number!: number;
  @ManyToOne(() => DrDrillEntity, kept)
  @JoinColumn({ name: 'drill_id', foreignKeyConstraintName: 'fk_dr_drill_item_drill' })
  drill!: Relation<DrDrillEntity>;
  @Column(word(12))
  code!: ItemCode;
  @Column(word(10))
  kind!: ItemKind;
  @Column({ ...text(200), nullable: true })
  title!: string | null;
  @Column({ type: 'int' })
  limitSeconds!: number;
  @Column({ ...word(2), nullable: true })
  mark!: DrillMark | null;
  @Column(word(8))
  state!: ItemState;
  @Column(optionalTime)
  begunAt!: Date | null;
  @Column(optionalTime)
  doneAt!: Date | null;
  @Column(optionalId)
  doneById!: string | null;
  @Column({ ...text(100), nullable: true })
  doneBy!: string | null;
  @Column({ ...text(500), nullable: true })
  note!: string | null;
  /** Where the console wrote it. */
  @Column({ ...text(500), nullable: true })
  noteEn!: string | null;
}

/** T0 to T7: taken once each, by the console's clock, and never written again. */
@Entity('dr_drill_mark')
@Check('ck_dr_drill_mark', `mark in (${oneOf(DRILL_MARKS)})`)
export class DrDrillMarkEntity {
  @PrimaryColumn(uuidColumn)
  drillId!: string;
  @PrimaryColumn(word(2))
  mark!: DrillMark;
  @ManyToOne(() => DrDrillEntity, kept)
  @JoinColumn({ name: 'drill_id', foreignKeyConstraintName: 'fk_dr_drill_mark_drill' })
  drill!: Relation<DrDrillEntity>;
  @Column(timeColumn)
  at!: Date;
  /** Who pressed; null = read at the cluster. */
  @Column({ ...text(100), nullable: true })
  byName!: string | null;
}

/** The copy of one machine. */
@Entity('dr_drill_machine')
@Check('ck_dr_drill_machine_state', `state in (${oneOf(COPY_STATES)})`)
export class DrDrillMachineEntity {
  @PrimaryColumn(uuidColumn)
  drillId!: string;
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @ManyToOne(() => DrDrillEntity, kept)
  @JoinColumn({ name: 'drill_id', foreignKeyConstraintName: 'fk_dr_drill_machine_drill' })
  drill!: Relation<DrDrillEntity>;
  @Column(text(120))
  name!: string;
  @Column(word(63))
  objectNamespace!: string;
  @Column(word(63))
  objectName!: string;
  @Column({ type: 'int' })
  diskGib!: number;
  @Column(uuidColumn)
  identity!: string;
  /** What its disks are called there; null = not looked at yet. */
  @Column({ ...jsonColumn, nullable: true })
  volumes!: string[] | null;
  /** Data before what stands on it. */
  @Column({ type: 'int' })
  wave!: number;
  /** What of a pool it has while the drill has its group; null = nothing was taken for it. */
  @Column({ ...jsonColumn, nullable: true })
  borrowed!: BorrowedByCopy | null;
  @Column(word(10))
  state!: CopyState;
  @Column({ ...text(500), nullable: true })
  trouble!: string | null;
  @Column({ ...text(500), nullable: true })
  troubleEn!: string | null;
  @Column(optionalTime)
  readyAt!: Date | null;
}

/** 整改项. */
@Entity('dr_drill_ticket')
@Unique('uq_dr_drill_ticket_code', ['code'])
@Index('ix_dr_drill_ticket_drill', ['drillId'])
@Index('ix_dr_drill_ticket_state', ['state', 'dueOn', 'id'])
@Check('ck_dr_drill_ticket_kind', `deviation in (${oneOf(DEVIATION_CODES)})`)
@Check('ck_dr_drill_ticket_done', "(state = 'DONE') = (done_at is not null) and state in ('OPEN', 'DONE')")
export class DrDrillTicketEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(20))
  code!: string;
  @Column(uuidColumn)
  drillId!: string;
  @ManyToOne(() => DrDrillEntity, kept)
  @JoinColumn({ name: 'drill_id', foreignKeyConstraintName: 'fk_dr_drill_ticket_drill' })
  drill!: Relation<DrDrillEntity>;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(word(16))
  deviation!: DeviationCode;
  @Column({ type: 'int', nullable: true })
  target!: number | null;
  @Column({ type: 'int', nullable: true })
  measured!: number | null;
  @Column({ ...text(500), nullable: true })
  subject!: string | null;
  @Column(text(100))
  ownerName!: string;
  @Column({ type: 'date' })
  dueOn!: string;
  @Column(word(4))
  state!: 'OPEN' | 'DONE';
  @Column(optionalTime)
  doneAt!: Date | null;
  @Column({ ...text(100), nullable: true })
  doneBy!: string | null;
  @Column({ ...text(500), nullable: true })
  doneNote!: string | null;
  @Column({ type: 'int' })
  version!: number;
}
