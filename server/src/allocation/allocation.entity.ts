import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { StorageTier } from './domain/capacity.js';
import { type ClaimState, quotaIdsText } from './domain/claim.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;

/** One machine's capacity. */
@Entity('claim')
@Index('ix_claim_request', ['requestId', 'state'])
@Index('ix_claim_pool', ['poolId', 'state'])
@Index('ix_claim_expiry', ['state', 'expiresAt'])
@Check('ck_claim_state', "state in ('HELD', 'ALLOCATED', 'RELEASED')")
@Check('ck_claim_size', 'vcpu > 0 and memory_mib > 0 and storage_gib >= 0')
@Check('ck_claim_expiry', "(state = 'HELD') = (expires_at is not null)")
export class ClaimEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(uuidColumn)
  lineId!: string;
  @Column(uuidColumn)
  poolId!: string;
  @Column(uuidColumn)
  departmentId!: string;
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
}
