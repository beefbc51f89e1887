import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ExecutionKind } from './domain/execution-words.js';
import type { RunbookState } from './domain/runbook.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const name = { type: 'varchar', length: 200 } as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;
const optionalName = { ...name, nullable: true } as const;
const kept = { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' } as const;

/** 预案: how one group is switched, failed over or brought back. */
@Entity('dr_runbook')
@Unique('uq_dr_runbook_name', ['groupId', 'kind', 'name'])
@Index('ix_dr_runbook_created', ['createdAt', 'id'])
@Check('ck_dr_runbook_kind', "kind in ('SWITCHOVER', 'FAILOVER', 'FAILBACK')")
export class DrRunbookEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  groupId!: string;
  @Column(word(12))
  kind!: ExecutionKind;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column({ type: 'int' })
  latestNumber!: number;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ type: 'int' })
  version!: number;
}

/** What has been said of a version; its text stands in the audit schema. */
@Entity('dr_runbook_version')
@Check(
  'ck_dr_runbook_version_state',
  "state in ('NEEDS_VERIFIED', 'VERIFIED') and (state = 'VERIFIED') = (verified_by_id is not null)",
)
@Check('ck_dr_runbook_version_how', "verified_how is null or verified_how in ('REVIEW', 'EXECUTION')")
@Check('ck_dr_runbook_version_second', 'verified_by_id is null or verified_by_id <> authored_by_id')
export class DrRunbookVersionEntity {
  @PrimaryColumn(uuidColumn)
  runbookId!: string;
  @PrimaryColumn({ type: 'int' })
  number!: number;
  @ManyToOne(() => DrRunbookEntity, kept)
  @JoinColumn({ name: 'runbook_id', foreignKeyConstraintName: 'fk_dr_runbook_version' })
  runbook?: Relation<DrRunbookEntity>;
  @Column(word(16))
  state!: RunbookState;
  @Column(uuidColumn)
  authoredById!: string;
  @Column(name)
  authoredBy!: string;
  @Column(timeColumn)
  authoredAt!: Date;
  @Column({ ...word(10), nullable: true })
  verifiedHow!: 'REVIEW' | 'EXECUTION' | null;
  @Column(optionalId)
  verifiedById!: string | null;
  @Column(optionalName)
  verifiedBy!: string | null;
  @Column(optionalTime)
  verifiedAt!: Date | null;
}

/** 预授权: signed by a leader in advance. */
@Entity('dr_standing_order')
@Index('ix_dr_standing_order_holder', ['holderId', 'validUntil'])
@Index('ix_dr_standing_order_signed', ['signedAt', 'id'])
@Check('ck_dr_standing_order_second', 'holder_id <> signed_by_id')
@Check('ck_dr_standing_order_period', 'valid_until > valid_from and valid_until <= valid_from + interval 92 day')
@Check('ck_dr_standing_order_revoked', '(revoked_by is null) = (revoked_at is null)')
export class DrStandingOrderEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  /** null = of every group. */
  @Column({ ...jsonColumn, nullable: true })
  groupIds!: string[] | null;
  @Column(jsonColumn)
  kinds!: ExecutionKind[];
  @Column({ type: 'varchar', length: 500 })
  triggerText!: string;
  @Column(uuidColumn)
  holderId!: string;
  @Column(name)
  holder!: string;
  @Column(uuidColumn)
  signedById!: string;
  @Column(name)
  signedBy!: string;
  @Column(timeColumn)
  signedAt!: Date;
  @Column(timeColumn)
  validFrom!: Date;
  @Column(timeColumn)
  validUntil!: Date;
  @Column(optionalName)
  revokedBy!: string | null;
  @Column(optionalTime)
  revokedAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
}
