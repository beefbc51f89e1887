import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ClaimState } from './domain/claim.js';
import type { ShareName } from './domain/dr-shares.js';
import type { LineKind } from './domain/line-kind.js';

const ascii = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** One thing that a line has: a server, a place in a cabinet, or what a service is counted by. */
@Entity('item_claim')
@Unique('uq_item_claim_live', ['liveSubjectId'])
@Index('ix_item_claim_department', ['departmentId', 'state'])
@Index('ix_item_claim_request', ['requestId', 'state'])
@Index('ix_item_claim_line', ['lineId'])
@Check('ck_item_claim_kind', "kind in ('SERVER', 'CABINET', 'SERVICE')")
@Check('ck_item_claim_state', "state in ('HELD', 'ALLOCATED', 'RELEASED')")
@Check('ck_item_claim_live', "(state = 'RELEASED') = (live_subject_id is null)")
export class ItemClaimEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(uuidColumn)
  lineId!: string;
  @Column(ascii(8))
  kind!: Exclude<LineKind, 'VM'>;
  @Column(ascii(8))
  share!: ShareName;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  /** The server, the holder of the place, or the line of the service: also whose quotas were taken under that name. */
  @Column(uuidColumn)
  subjectId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(ascii(12))
  state!: ClaimState;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  allocatedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  releasedAt!: Date | null;
  /** The subject while the claim lives: one thing has one claim. */
  @Column({ ...uuidColumn, nullable: true })
  liveSubjectId!: string | null;
  /** Its department pays for it itself: it draws no quota. */
  @Column({ type: 'boolean', default: false })
  beyondQuota!: boolean;
}
