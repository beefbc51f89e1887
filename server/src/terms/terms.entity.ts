import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ReviewOutcome } from '../resources/domain/review.js';
import type { ExtensionState } from './domain/extension.js';

const word = { type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin' } as const;
const day = { type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin' } as const;

/** One wish to lengthen a term. By rule it is granted as it is asked; else it waits for the center. */
@Entity('term_extension')
@Unique('uq_term_extension_open', ['resourceId', 'open'])
@Unique('uq_term_extension_line_open', ['lineId', 'open'])
@Index('ix_term_extension_resource', ['resourceId', 'askedAt', 'id'])
@Index('ix_term_extension_line', ['lineId', 'askedAt', 'id'])
@Index('ix_term_extension_state', ['state', 'askedAt', 'id'])
@Check('ck_term_extension_state', "state in ('ASKED', 'GRANTED', 'REFUSED', 'WITHDRAWN')")
@Check('ck_term_extension_open', "(state = 'ASKED') = (open is not null)")
@Check('ck_term_extension_of', '(resource_id is null) = (line_id is not null)')
export class TermExtensionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  /** null = of a line of servers, places or services. */
  @Column({ ...uuidColumn, nullable: true })
  resourceId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  lineId!: string | null;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(word)
  state!: ExtensionState;
  @Column(day)
  fromUntil!: string;
  /** null = long-term. */
  @Column({ ...day, nullable: true })
  toUntil!: string | null;
  @Column({ type: 'boolean' })
  byRule!: boolean;
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(timeColumn)
  askedAt!: Date;
  @Column(uuidColumn)
  askedById!: string;
  @Column({ type: 'varchar', length: 100 })
  askedByName!: string;
  @Column({ ...timeColumn, nullable: true })
  decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  decidedByName!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
  @Column({ type: 'int' })
  version!: number;
  /** 1 or null: one wish of a resource waits at a time. */
  @Column({ type: 'tinyint', nullable: true })
  open!: number | null;
}

/** One yearly review, append-only. */
@Entity('resource_review')
@Index('ix_resource_review_resource', ['resourceId', 'at', 'id'])
@Check('ck_resource_review_outcome', "outcome in ('IN_USE', 'SHRINK', 'GIVE_BACK')")
export class ResourceReviewEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @Column(timeColumn)
  at!: Date;
  @Column(uuidColumn)
  byId!: string;
  @Column({ type: 'varchar', length: 100 })
  byName!: string;
  @Column(word)
  outcome!: ReviewOutcome;
  @Column({ type: 'varchar', length: 500 })
  note!: string;
  /** SHRINK: the change request that was begun for it. */
  @Column({ ...uuidColumn, nullable: true })
  changeId!: string | null;
}
