import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ReviewStage } from '../resources/domain/review.js';
import type { TakenInKind } from './line-terms.types.js';

const day = { type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 8, charset: 'ascii', collation: 'ascii_bin' } as const;

/** How long a line of servers, places or services may be used, from its hand-over on: a last day, or a yearly review. */
@Entity('request_line_term')
@Index('ix_request_line_term_request', ['requestId'])
@Index('ix_request_line_term_until', ['temporaryUntil', 'lineId'])
@Index('ix_request_line_term_review', ['reviewStage', 'reviewFrom', 'lineId'])
@Index('ix_request_line_term_reclaimed', ['reclaimedAt', 'lineId'])
@Check('ck_request_line_term_one', '(temporary_until is null) = (review_from is not null)')
@Check(
  'ck_request_line_term_taken_in',
  "(taken_in_kind is null) = (taken_in_name is null) and (taken_in_kind is null) = (taken_in_code is null) and (taken_in_kind is null) = (subject_id is null) and (taken_in_kind is null or taken_in_kind in ('SERVER', 'CABINET'))",
)
@Check('ck_request_line_term_stage', "review_stage in ('NONE', 'OWNER', 'HEAD', 'CENTER', 'CASE')")
export class RequestLineTermEntity {
  /** A line's, or of what was taken in without one the intake's entry. */
  @PrimaryColumn(uuidColumn)
  lineId!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  /** null = long-term. */
  @Column({ ...day, nullable: true })
  temporaryUntil!: string | null;
  @Column({ type: 'int', nullable: true })
  remindedDays!: number | null;
  @Column({ ...timeColumn, nullable: true })
  termOverAt!: Date | null;
  @Column({ type: 'int', default: 0 })
  extensionsUsed!: number;
  @Column({ ...timeColumn, nullable: true })
  reviewFrom!: Date | null;
  @Column({ ...word, default: 'NONE' })
  reviewStage!: ReviewStage;
  /** Of the newest review; those before stand in the audit. */
  @Column({ type: 'varchar', length: 100, nullable: true })
  reviewedBy!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reviewNote!: string | null;
  /** Since when all of it is back. */
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  /** Since when it is decided that it is taken back, which waits to be carried out. */
  @Column({ ...timeColumn, nullable: true })
  reclaimedAt!: Date | null;
  @Column({ type: 'int', default: 1 })
  version!: number;
  /** Of what was taken in: there is no line to say what it is. */
  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  takenInKind!: TakenInKind | null;
  @Column({ type: 'varchar', length: 60, nullable: true })
  takenInName!: string | null;
  /** Of the intake. */
  @Column({ type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  takenInCode!: string | null;
  /** The server, or what stands in the cabinet. */
  @Column({ ...uuidColumn, nullable: true })
  subjectId!: string | null;
}
