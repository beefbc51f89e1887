import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Architecture, CenterLife, CenterRole, ClusterReach, NetworkZone, PoolKind } from './domain/facility.js';

const codeColumn = { type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity('center')
@Index('uq_center_code', ['code'], { unique: true })
@Check('ck_center_role', "role in ('ACTIVE_A', 'ACTIVE_B', 'RECOVERY')")
@Check('ck_center_life', "life in ('PLANNED', 'BUILDING', 'TRIAL', 'IN_SERVICE', 'STOPPED')")
export class CenterEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(codeColumn)
  code!: string;

  @Column({ type: 'varchar', length: 60 })
  name!: string;

  @Column({ type: 'varchar', length: 20 })
  role!: CenterRole;

  @Column({ type: 'varchar', length: 20 })
  life!: CenterLife;
}

@Entity('cluster')
@Index('uq_cluster_center', ['centerId'], { unique: true })
@Check('ck_cluster_reach', "reach in ('REACHABLE', 'STALE', 'UNREACHABLE', 'UNKNOWN')")
export class ClusterEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(uuidColumn)
  centerId!: string;

  @ManyToOne(() => CenterEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'center_id', foreignKeyConstraintName: 'fk_cluster_center' })
  center?: Relation<CenterEntity>;

  @Column({ type: 'varchar', length: 60 })
  name!: string;

  @Column({ type: 'varchar', length: 20 })
  reach!: ClusterReach;

  @Column({ ...timeColumn, nullable: true })
  observedAt!: Date | null;
}

/** The present_ and largest_machine_ columns are what provisioning last counted; each group is whole or null. */
@Entity('pool')
@Index('uq_pool_code', ['code'], { unique: true })
@Index('ix_pool_cluster', ['clusterId'])
@Check('ck_pool_kind', "kind in ('DRIVEN', 'RECORDED')")
@Check('ck_pool_architecture', "architecture in ('AMD64', 'ARM64')")
@Check('ck_pool_zone', "zone in ('GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE')")
@Check('ck_pool_overcommit', 'vcpu_overcommit_percent between 100 and 1000')
export class PoolEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(codeColumn)
  code!: string;

  @Column(uuidColumn)
  clusterId!: string;

  @ManyToOne(() => ClusterEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'fk_pool_cluster' })
  cluster?: Relation<ClusterEntity>;

  @Column({ type: 'varchar', length: 20 })
  kind!: PoolKind;

  @Column({ type: 'varchar', length: 10 })
  architecture!: Architecture;

  @Column({ type: 'varchar', length: 30 })
  zone!: NetworkZone;

  @Column({ type: 'varchar', length: 60 })
  processor!: string;

  @Column({ type: 'smallint' })
  vcpuOvercommitPercent!: number;

  @Column({ type: 'int', nullable: true })
  presentVcpu!: number | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  presentMemoryMib!: bigint | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  presentSsdGib!: bigint | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  presentHddGib!: bigint | null;

  @Column({ type: 'int', nullable: true })
  largestMachineVcpu!: number | null;

  @Column({ type: 'int', nullable: true })
  largestMachineMemoryMib!: number | null;
}
