import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { QuotaLevel } from '../kernel/refusal.js';
import { uuidColumn } from '../platform/database/columns.js';

/** Its limits and what is live of them are counters of kind QUOTA under the same id. */
@Entity('quota')
@Index('ix_quota_department', ['departmentId'])
@Check('ck_quota_level', "level in ('DEPARTMENT', 'SYSTEM', 'PROJECT')")
export class QuotaEntity {
  /** The department's, system's or project's own id. */
  @PrimaryColumn(uuidColumn)
  subjectId!: string;

  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  level!: QuotaLevel;

  @Column(uuidColumn)
  departmentId!: string;

  /** Of the limits; what is taken moves counters only. */
  @Column({ type: 'int' })
  version!: number;

  /** On the top department's row: bumped first by whoever sets a limit anywhere beneath it, so that they take turns. */
  @Column({ type: 'int' })
  treeVersion!: number;
}
