import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { EditionColumns } from '../platform/database/edition-columns.js';
import type { EditionContent } from './domain/chain.js';
import { ROUND_STATES, type RoundState, STEP_STATES, type StepState, VERDICTS, type Verdict } from './domain/round.js';
import type { StepRole } from './domain/step-roles.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const name = { type: 'varchar', length: 100 } as const;
const title = { type: 'varchar', length: 60 } as const;
const oneOf = (column: string, values: readonly string[]): string =>
  `${column} in (${values.map((value) => `'${value}'`).join(', ')})`;

/** Rules and chains as they were published together; a draft has no number, and there is one draft at most. */
@Entity('approval_edition')
@Index('uq_approval_edition_number', ['number'], { unique: true })
@Index('uq_approval_edition_draft', ['openDraft'], { unique: true })
@Check('ck_approval_edition_number', '(number is null) = (published_at is null)')
@Check('ck_approval_edition_publisher', 'published_by_id is null or published_by_id <> changed_by_id')
export class ApprovalEditionEntity extends EditionColumns<EditionContent> {}

@Entity('approval_round')
@Index('uq_approval_round_number', ['subjectId', 'number'], { unique: true })
@Index('uq_approval_round_running', ['runningSubjectId'], { unique: true })
@Check('ck_approval_round_state', oneOf('state', ROUND_STATES))
@Check('ck_approval_round_running', "(state = 'RUNNING') = (running_subject_id is not null)")
@Check('ck_approval_round_current', "(state = 'RUNNING') = (current_step_id is not null)")
export class ApprovalRoundEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  subjectId!: string;
  @Column({ type: 'int' })
  number!: number;
  @Column(uuidColumn)
  editionId!: string;
  @ManyToOne(() => ApprovalEditionEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'edition_id', foreignKeyConstraintName: 'fk_approval_round_edition' })
  edition!: Relation<ApprovalEditionEntity>;
  @Column(word(40))
  chainKey!: string;
  /** What the rules looked at, so that it is asked again only where that has changed. */
  @Column(word(100))
  chosenBy!: string;
  @Column(title)
  chainTitleZh!: string;
  @Column(title)
  chainTitleEn!: string;
  @Column(word(12))
  state!: RoundState;
  /** The subject while the round runs: one running round a subject. */
  @Column({ ...uuidColumn, nullable: true })
  runningSubjectId!: string | null;
  /** One, by its place here; a key on the steps would make neighbours wait for each other. */
  @Column({ ...uuidColumn, nullable: true })
  currentStepId!: string | null;
  @Column(timeColumn)
  startedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
}

@Entity('approval_step')
@Index('uq_approval_step_position', ['roundId', 'position'], { unique: true })
@Index('ix_approval_step_due', ['state', 'dueAt'])
@Check('ck_approval_step_state', oneOf('state', STEP_STATES))
export class ApprovalStepEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  roundId!: string;
  @ManyToOne(() => ApprovalRoundEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'round_id', foreignKeyConstraintName: 'fk_approval_step_round' })
  round!: Relation<ApprovalRoundEntity>;
  @Column({ type: 'int' })
  position!: number;
  @Column(word(50))
  stepKey!: string;
  @Column(title)
  titleZh!: string;
  @Column(title)
  titleEn!: string;
  @Column(word(12))
  state!: StepState;
  @Column({ type: 'tinyint' })
  deadlineWorkingDays!: number;
  @Column({ type: 'boolean' })
  needsFile!: boolean;
  @Column({ type: 'boolean', default: false })
  needsSeal!: boolean;
  @Column({ type: 'boolean' })
  holdsCapacity!: boolean;
  @Column(word(30))
  escalatesTo!: StepRole;
  @Column({ ...uuidColumn, nullable: true })
  addedById!: string | null;
  @Column({ ...name, nullable: true })
  addedByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  since!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  dueAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  escalatedAt!: Date | null;
}

/** One signature that a step waits for. */
@Entity('approval_seat')
@Index('uq_approval_seat_number', ['stepId', 'number'], { unique: true })
@Index('ix_approval_seat_person', ['personId'])
@Check('ck_approval_seat_verdict', `verdict is null or ${oneOf('verdict', VERDICTS)}`)
@Check('ck_approval_seat_decided', '(verdict is null) = (decided_by_id is null)')
@Check('ck_approval_seat_name', 'on_behalf_of_id is null or on_behalf_of_id <> decided_by_id')
@Check('ck_approval_seat_whose', "roles <> '' or person_id is not null")
export class ApprovalSeatEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  stepId!: string;
  @ManyToOne(() => ApprovalStepEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'step_id', foreignKeyConstraintName: 'fk_approval_seat_step' })
  step!: Relation<ApprovalStepEntity>;
  @Column({ type: 'int' })
  number!: number;
  /** Joined by commas; empty = the person alone. */
  @Column(word(200))
  roles!: string;
  @Column({ ...uuidColumn, nullable: true })
  personId!: string | null;
  @Column({ ...name, nullable: true })
  personName!: string | null;
  @Column({ ...word(10), nullable: true })
  verdict!: Verdict | null;
  @Column({ ...uuidColumn, nullable: true })
  decidedById!: string | null;
  @Column({ ...name, nullable: true })
  decidedByName!: string | null;
  @Column({ ...word(30), nullable: true })
  decidedRole!: StepRole | null;
  @Column({ ...uuidColumn, nullable: true })
  onBehalfOfId!: string | null;
  @Column({ ...name, nullable: true })
  onBehalfOfName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  fileId!: string | null;
}

/** Who has had his part in a round: the key forbids the applicant to decide, and anybody to decide twice. */
@Entity('approval_participant')
export class ApprovalParticipantEntity {
  @PrimaryColumn(uuidColumn)
  roundId!: string;
  @PrimaryColumn(uuidColumn)
  personId!: string;
  @ManyToOne(() => ApprovalRoundEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'round_id', foreignKeyConstraintName: 'fk_approval_participant_round' })
  round!: Relation<ApprovalRoundEntity>;
}

export const NOTICE_KINDS = ['REMINDED', 'ESCALATED'] as const;

/** What somebody should be told about a step; delivered by whoever delivers. The key: once a working day, and once. */
@Entity('approval_notice')
@Index('uq_approval_notice', ['stepId', 'kind', 'day'], { unique: true })
@Check('ck_approval_notice_kind', oneOf('kind', NOTICE_KINDS))
export class ApprovalNoticeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  stepId!: string;
  @ManyToOne(() => ApprovalStepEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'step_id', foreignKeyConstraintName: 'fk_approval_notice_step' })
  step!: Relation<ApprovalStepEntity>;
  @Column(word(10))
  kind!: (typeof NOTICE_KINDS)[number];
  /** The working day that it counts for (reminder); the day of the deadline (escalation). */
  @Column({ type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  day!: string;
  @Column({ ...uuidColumn, nullable: true })
  byId!: string | null;
  @Column(name)
  byName!: string;
  @Column(timeColumn)
  at!: Date;
}

@Entity('delegation')
@Index('ix_delegation_delegator', ['delegatorId', 'until'])
@Index('ix_delegation_delegate', ['delegateId', 'until'])
@Check('ck_delegation_two', 'delegator_id <> delegate_id')
@Check('ck_delegation_period', 'from_at < until_at')
export class DelegationEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  delegatorId!: string;
  @Column(name)
  delegatorName!: string;
  @Column(uuidColumn)
  delegateId!: string;
  @Column(name)
  delegateName!: string;
  @Column({ ...timeColumn, name: 'from_at' })
  from!: Date;
  @Column({ ...timeColumn, name: 'until_at' })
  until!: Date;
  @Column({ type: 'varchar', length: 200 })
  reason!: string;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  revokedAt!: Date | null;
}
