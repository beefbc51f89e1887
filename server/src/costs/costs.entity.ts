import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const month = { type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' } as const;

/** From where cells came: each closed document once and for ever, and all that is still drafted, which is made anew. */
@Entity('cost_source')
@Check('ck_cost_source_kind', "kind in ('CLOSED', 'DRAFT')")
export class CostSourceEntity {
  /** The document's id; DRAFT of what is drafted. */
  @PrimaryColumn(word(36))
  id!: string;
  @Column(word(6))
  kind!: 'CLOSED' | 'DRAFT';
  @Column(timeColumn)
  takenAt!: Date;
}

/** What one source says of one grouping: some thousand a month, whatever the number of resources. */
@Entity('cost_cell')
@Index('ix_cost_cell_charged', ['month', 'departmentId'])
@Index('ix_cost_cell_used', ['ofMonth', 'departmentId'])
export class CostCellEntity {
  @PrimaryColumn(word(36))
  sourceId!: string;
  @PrimaryColumn({ type: 'int', unsigned: true })
  position!: number;
  /** The statement that it stands on. */
  @Column(month)
  month!: string;
  /** The month whose use it is of. */
  @Column(month)
  ofMonth!: string;
  /** null = of the province's own book. */
  @Column({ ...uuidColumn, nullable: true })
  cityId!: string | null;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  projectId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column(word(8))
  kind!: MeteredKind;
  @Column(word(8))
  share!: ShareName;
  @Column({ type: 'bigint', transformer: bigintText })
  amountFen!: bigint;
}

/** How much was in use, as the cells say what it cost: vCPU × seconds of one department in one center and month. */
@Entity('cost_vcpu')
export class CostVcpuEntity {
  @PrimaryColumn(month)
  month!: string;
  @PrimaryColumn({ type: 'int', unsigned: true })
  position!: number;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column({ type: 'bigint', transformer: bigintText })
  vcpuSeconds!: bigint;
}
