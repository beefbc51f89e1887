import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { Architecture } from '../facilities/domain/facility.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Book, ClosedKind, ClosingState } from './domain/closing.js';
import type { Check as ChecklistCheck } from './domain/closing-checklist.js';
import type { CorrectionCause } from './domain/corrections.js';
import type { DisputeState } from './domain/line-dispute.js';
import type { IssueState } from './domain/statement-issue.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const month = { type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' } as const;
const fen = { type: 'bigint', transformer: bigintText } as const;
const personName = { type: 'varchar', length: 200 } as const;
const longText = { type: 'varchar', length: 500 } as const;

/** 结账申请, and what became of it. What it closed stands in the schema that nobody changes. */
@Entity('closing')
@Index('uq_closing_live', ['book', 'ofMonth', 'kind', 'live'], { unique: true })
@Index('ix_closing_state', ['state'])
@Index('ix_closing_month', ['month', 'book'])
@Check('ck_closing_kind', "kind in ('STATEMENT', 'REVERSAL') and (kind = 'REVERSAL') = (reverses_id is not null)")
@Check(
  'ck_closing_state',
  "state in ('REQUESTED', 'RETURNED', 'WITHDRAWN', 'FREEZING', 'STOPPED', 'CLOSED', 'REVERSED')",
)
@Check('ck_closing_live', 'live is null or live = 1')
@Check('ck_closing_second', "decided_by_id is null or state = 'WITHDRAWN' or decided_by_id <> requested_by_id")
export class ClosingEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  book!: Book;
  @Column(word(10))
  kind!: ClosedKind;
  /** In whose statement it stands: of a reversal the open month that takes it. */
  @Column(month)
  month!: string;
  @Column({ type: 'smallint', unsigned: true })
  round!: number;
  /** What it closes, or opens again. */
  @Column(month)
  ofMonth!: string;
  @Column({ ...uuidColumn, nullable: true })
  reversesId!: string | null;
  @Column(word(10))
  state!: ClosingState;
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  live!: number | null;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'int' })
  lineCount!: number;
  @Column(fen)
  amountFen!: bigint;
  @Column(jsonColumn)
  checklist!: readonly ChecklistCheck[];
  @Column(longText)
  reason!: string;
  @Column(uuidColumn)
  requestedById!: string;
  @Column(personName)
  requestedByName!: string;
  @Column(timeColumn)
  requestedAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  decidedById!: string | null;
  @Column({ ...personName, nullable: true })
  decidedByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  decidedAt!: Date | null;
  @Column({ ...longText, nullable: true })
  opinion!: string | null;
  @Column({ ...timeColumn, nullable: true })
  closedAt!: Date | null;
  /** Whether what follows from it (corrections, notices) is done. */
  @Column({ type: 'boolean' })
  settled!: boolean;
}

/** What an open month owes to a closed one as known today; frozen with the month that it stands in. */
@Entity('correction_line')
@Index('ix_correction_line_month', ['month', 'book', 'departmentId'])
@Index('ix_correction_line_resource', ['resourceId', 'ofMonth'])
@Check('ck_correction_line_cause', "cause in ('LATE_FACT', 'PRICE', 'OWNER', 'DISPUTE')")
@Check('ck_correction_line_amount', 'amount_fen <> 0')
export class CorrectionLineEntity {
  @PrimaryColumn(month)
  ofMonth!: string;
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @PrimaryColumn(word(60))
  meter!: string;
  @PrimaryColumn({ type: 'smallint', unsigned: true })
  part!: number;
  @Column(uuidColumn)
  book!: Book;
  @Column(month)
  month!: string;
  @Column(word(12))
  cause!: CorrectionCause;
  /** Decided by people; not made anew from the rated lines. */
  @Column({ type: 'boolean' })
  adjustment!: boolean;
  @Column(timeColumn)
  startAt!: Date;
  @Column(timeColumn)
  endAt!: Date;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  subjectId!: string;
  @Column(word(8))
  kind!: MeteredKind;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  projectId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column({ ...word(10), nullable: true })
  architecture!: Architecture | null;
  @Column(word(8))
  share!: ShareName;
  @Column(fen)
  beforeFen!: bigint;
  @Column(fen)
  amountFen!: bigint;
}

/** By which prices one source's uses were rated when its last pass began. */
@Entity('rating_basis')
export class RatingBasisEntity {
  @PrimaryColumn(word(10))
  source!: string;
  @Column({ type: 'longtext' })
  prices!: string;
}

/** 明细异议: one line of a statement that its department does not accept; while it is open, the line is not charged. */
@Entity('line_dispute')
@Index('uq_line_dispute_code', ['code'], { unique: true })
@Index('uq_line_dispute_open', ['month', 'resourceId', 'meter', 'startAt', 'tier', 'open'], { unique: true })
@Index('ix_line_dispute_department', ['departmentId', 'state'])
@Index('ix_line_dispute_state', ['state', 'raisedAt'])
@Check(
  'ck_line_dispute_state',
  "state in ('OPEN', 'WITHDRAWN', 'KEPT', 'CORRECTED') and (open is null) = (state <> 'OPEN')",
)
@Check(
  'ck_line_dispute_answer',
  `(corrected_fen is not null) = (state = 'CORRECTED')
        and (corrected_fen is null or corrected_fen >= 0)`,
)
@Check('ck_line_dispute_second', "answered_by_id is null or state = 'WITHDRAWN' or answered_by_id <> raised_by_id")
export class LineDisputeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(20))
  code!: string;
  @Column(month)
  month!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @Column(word(60))
  meter!: string;
  @Column(timeColumn)
  startAt!: Date;
  @Column({ type: 'smallint', unsigned: true, default: 0 })
  tier!: number;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(word(10))
  state!: DisputeState;
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  open!: number | null;
  @Column({ type: 'int' })
  version!: number;
  /** What the line came to when it was disputed. */
  @Column(fen)
  amountFen!: bigint;
  @Column({ ...fen, nullable: true })
  correctedFen!: bigint | null;
  @Column(longText)
  reason!: string;
  @Column(uuidColumn)
  raisedById!: string;
  @Column(personName)
  raisedByName!: string;
  @Column(timeColumn)
  raisedAt!: Date;
  @Column({ ...longText, nullable: true })
  answer!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  answeredById!: string | null;
  @Column({ ...personName, nullable: true })
  answeredByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  answeredAt!: Date | null;
}

/** An answer that was corrected again. */
@Entity('line_dispute_answer')
export class LineDisputeAnswerEntity {
  @PrimaryColumn(uuidColumn)
  disputeId!: string;
  /** The dispute's, as it had this answer. */
  @PrimaryColumn({ type: 'int' })
  version!: number;
  @Column(fen)
  correctedFen!: bigint;
  @Column(longText)
  answer!: string;
  @Column(uuidColumn)
  answeredById!: string;
  @Column(personName)
  answeredByName!: string;
  @Column(timeColumn)
  answeredAt!: Date;
}

/** 出单: what a department was asked to confirm for a month that is over, and whether it has. */
@Entity('statement_issue')
@Index('ix_statement_issue_due', ['state', 'dueAt'])
@Check('ck_statement_issue_state', "state in ('ISSUED', 'CONFIRMED', 'DEFAULTED')")
export class StatementIssueEntity {
  @PrimaryColumn(month)
  month!: string;
  @PrimaryColumn(uuidColumn)
  departmentId!: string;
  @Column(word(10))
  state!: IssueState;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'int' })
  lineCount!: number;
  @Column(fen)
  amountFen!: bigint;
  @Column(timeColumn)
  issuedAt!: Date;
  @Column(timeColumn)
  dueAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  confirmedById!: string | null;
  @Column({ ...personName, nullable: true })
  confirmedByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  confirmedAt!: Date | null;
}

/** 视同确认规则, from a month on. */
@Entity('confirmation_rule')
@Check('ck_confirmation_rule_month', 'char_length(from_month) = 7')
@Check('ck_confirmation_rule_days', 'working_days between 1 and 60')
export class ConfirmationRuleEntity {
  @PrimaryColumn(month)
  fromMonth!: string;
  @Column({ type: 'smallint', unsigned: true })
  workingDays!: number;
  @Column({ type: 'varchar', length: 200 })
  reason!: string;
}
