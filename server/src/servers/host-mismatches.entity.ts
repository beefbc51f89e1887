import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import {
  MISMATCH_STATES,
  type MismatchProblem,
  type MismatchSide,
  type MismatchState,
} from './domain/host-mismatch.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const text = (length: number) => ({ type: 'varchar', length, nullable: true }) as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 主机账实不符: a BareMetalHost without an asset, or an asset without a host. */
@Entity('host_mismatch')
@Unique('uq_host_mismatch_live', ['centerId', 'subjectId', 'live'])
@Index('ix_host_mismatch_live', ['centerId', 'live'])
@Index('ix_host_mismatch_seen', ['firstSeenAt', 'id'])
@Check('ck_host_mismatch_side', "side in ('HOST', 'SERVER')")
@Check('ck_host_mismatch_state', `state in (${MISMATCH_STATES.map((state) => `'${state}'`).join(', ')})`)
@Check('ck_host_mismatch_live', "(live is null) = (state = 'ENDED')")
@Check('ck_host_mismatch_host', "(side = 'HOST') = (host_name is not null)")
export class HostMismatchEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column(word(6))
  side!: MismatchSide;
  @Column(word(64))
  subjectId!: string;
  @Column({ ...word(63), nullable: true })
  hostNamespace!: string | null;
  @Column({ ...word(253), nullable: true })
  hostName!: string | null;
  /** The asset without a host, or the one that the host contradicts. */
  @Column({ ...uuidColumn, nullable: true })
  serverId!: string | null;
  @Column(word(20))
  problem!: MismatchProblem;
  @Column(text(100))
  serial!: string | null;
  @Column(text(200))
  hardware!: string | null;
  @Column(text(200))
  bmcAddress!: string | null;
  @Column(text(300))
  message!: string | null;
  @Column(timeColumn)
  firstSeenAt!: Date;
  @Column(word(8))
  state!: MismatchState;
  @Column(text(100))
  decidedBy!: string | null;
  @Column(optionalTime)
  decidedAt!: Date | null;
  @Column(text(300))
  reason!: string | null;
  @Column(optionalTime)
  endedAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
  /** 1 or null: a thing stands once at a time. */
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
}
