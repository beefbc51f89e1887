import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { StorageTier } from './domain/capacity.js';
import { type ClaimState, quotaIdsText } from './domain/claim.js';
import type { ShareName, Standing } from './domain/dr-shares.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;

/** One machine's capacity, or that of one machine's data. */
@Entity('claim')
@Index('ix_claim_request', ['requestId', 'state'])
@Index('ix_claim_pool', ['poolId', 'state'])
@Index('ix_claim_department', ['departmentId', 'state'])
@Index('ix_claim_expiry', ['state', 'expiresAt'])
@Check('ck_claim_state', "state in ('HELD', 'ALLOCATED', 'RELEASED')")
@Check('ck_claim_size', 'vcpu >= 0 and memory_mib >= 0 and storage_gib >= 0')
@Index('ix_claim_line', ['lineId', 'state'])
@Check('ck_claim_compute', "grows_claim_id is not null or standing <> 'RUNNING' or (vcpu > 0 and memory_mib > 0)")
@Check('ck_claim_growth', 'grows_claim_id is null or vcpu + memory_mib + storage_gib > 0')
@Check('ck_claim_data', "standing <> 'DATA' or (vcpu = 0 and memory_mib = 0 and storage_gib > 0)")
@Check('ck_claim_share', "share in ('MAIN', 'MAIN_A', 'MAIN_B', 'RECOVERY')")
@Check('ck_claim_standing', "standing in ('RUNNING', 'STANDBY', 'DATA')")
@Check('ck_claim_expiry', "(state = 'HELD') = (expires_at is not null)")
export class ClaimEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(uuidColumn)
  lineId!: string;
  /** The claim whose machine becomes bigger by this one; null = it stands for itself. */
  @Column({ ...uuidColumn, nullable: true })
  growsClaimId!: string | null;
  @Column(uuidColumn)
  poolId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...asciiText, length: 8, default: 'MAIN' })
  share!: ShareName;
  @Column({ ...asciiText, length: 8, default: 'RUNNING' })
  standing!: Standing;
  @Column({ ...asciiText, length: 12 })
  state!: ClaimState;
  @Column({ type: 'int' })
  vcpu!: number;
  @Column({ type: 'int' })
  memoryMib!: number;
  @Column({ type: 'int' })
  storageGib!: number;
  @Column({ ...asciiText, length: 8 })
  storageTier!: StorageTier;
  /** Pieces by class. */
  @Column({ ...jsonColumn, nullable: true })
  accelerators!: { readonly [name: string]: number } | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  expiresAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  allocatedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  releasedAt!: Date | null;
  @Column({ ...asciiText, length: 400, transformer: quotaIdsText })
  quotaIds!: string[];
  /** Its department pays for it itself: it draws no quota. */
  @Column({ type: 'boolean', default: false })
  beyondQuota!: boolean;
}
