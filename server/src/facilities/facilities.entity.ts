import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { CloudCount, CloudKind } from './domain/consolidation.js';
import type {
  Architecture,
  CenterLife,
  CenterRole,
  ClusterReach,
  NetworkZone,
  PoolKind,
  PoolProtectionLevel,
} from './domain/facility.js';
import type { Feed, MaintenanceExtent, MaintenanceState } from './domain/maintenance.js';
import type { PoolSize } from './domain/promised.js';

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

  @Column({ type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  opensOn?: CalendarDate | null;

  @Column({ type: 'int', default: 1 })
  version!: number;
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
@Index('ix_pool_center', ['centerId'])
@Check('ck_pool_kind', "kind in ('DRIVEN', 'RECORDED')")
@Check('ck_pool_architecture', "architecture in ('AMD64', 'ARM64')")
@Check('ck_pool_zone', "zone in ('GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE')")
@Check('ck_pool_protection', 'protection_level_max between 1 and 3')
@Check('ck_pool_overcommit', 'vcpu_overcommit_percent between 100 and 1000')
@Check('ck_pool_reserve', 'reserve_percent between 0 and 50 and reserve_nodes >= 0')
@Check('ck_pool_driven', "kind = 'RECORDED' or (cluster_id is not null and center_id is not null)")
@Check('ck_pool_cloud', '(cloud_kind is null) = (owner_department_id is null)')
@Check(
  'ck_pool_cloud_kind',
  "cloud_kind in ('CITY_CLOUD', 'DEPARTMENT_CLOUD', 'DEPARTMENT_DATA_CENTER', 'PRIVATE_NETWORK', 'FOREIGN_PLATFORM')",
)
export class PoolEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(codeColumn)
  code!: string;

  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;

  @ManyToOne(() => CenterEntity, { nullable: true, onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'center_id', foreignKeyConstraintName: 'fk_pool_center' })
  center?: Relation<CenterEntity> | null;

  @Column({ ...uuidColumn, nullable: true })
  clusterId!: string | null;

  @ManyToOne(() => ClusterEntity, { nullable: true, onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'fk_pool_cluster' })
  cluster?: Relation<ClusterEntity> | null;

  @Column({ type: 'varchar', length: 20 })
  kind!: PoolKind;

  @Column({ type: 'varchar', length: 10 })
  architecture!: Architecture;

  @Column({ type: 'varchar', length: 30 })
  zone!: NetworkZone;

  @Column({ type: 'varchar', length: 60 })
  processor!: string;

  @Column({ type: 'boolean', default: false })
  domesticCpu!: boolean;

  @Column({ type: 'tinyint', default: 2 })
  protectionLevelMax!: PoolProtectionLevel;

  @Column({ type: 'smallint' })
  vcpuOvercommitPercent!: number;

  @Column({ type: 'smallint', default: 0 })
  reservePercent!: number;

  @Column({ type: 'smallint', default: 0 })
  reserveNodes!: number;

  @Column({ ...jsonColumn, nullable: true })
  size!: PoolSize | null;

  @Column({ type: 'boolean', default: false })
  inMaintenance!: boolean;

  @Column({ type: 'varchar', length: 80, nullable: true })
  platformName!: string | null;

  @Column({ type: 'varchar', length: 30, nullable: true })
  cloudKind!: CloudKind | null;

  /** No foreign key: departments are another feature's. */
  @Column({ ...uuidColumn, nullable: true })
  ownerDepartmentId!: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  migrationPlan!: string | null;

  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  migrationTarget!: string | null;

  @Column({ type: 'int', nullable: true })
  servers!: number | null;

  @Column({ type: 'int', nullable: true })
  rackUnits!: number | null;

  @Column({ type: 'int', default: 1 })
  version!: number;

  @Column({ type: 'int', nullable: true })
  presentNodes!: number | null;

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

@Entity('maintenance_window')
@Index('uq_maintenance_code', ['code'], { unique: true })
@Index('ix_maintenance_pool', ['poolId', 'state'])
@Index('ix_maintenance_from', ['fromAt', 'id'])
@Check('ck_maintenance_state', "state in ('PLANNED', 'RUNNING', 'ENDED', 'CANCELLED')")
@Check(
  'ck_maintenance_extent',
  "(extent = 'WHOLE_POOL' and nodes is null and pool_id is not null and place_id is null and feed is null) or (extent = 'POOL_NODES' and nodes > 0 and pool_id is not null and place_id is null and feed is null) or (extent in ('ROOM', 'CABINET_ROW', 'CABINET') and nodes is null and pool_id is null and place_id is not null)",
)
@Check('ck_maintenance_feed', "feed in ('A', 'B')")
@Index('ix_maintenance_place', ['placeId', 'state'])
@Index('ix_maintenance_center', ['centerId', 'state'])
@Check('ck_maintenance_period', 'to_at > from_at')
export class MaintenanceWindowEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(codeColumn)
  code!: string;

  @Column(uuidColumn)
  centerId!: string;

  @Column({ ...uuidColumn, nullable: true })
  poolId!: string | null;

  @ManyToOne(() => PoolEntity, { nullable: true, onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'pool_id', foreignKeyConstraintName: 'fk_maintenance_pool' })
  pool?: Relation<PoolEntity> | null;

  /** No foreign key: rooms and cabinets are another feature's. */
  @Column({ ...uuidColumn, nullable: true })
  placeId!: string | null;

  @Column({ type: 'varchar', length: 120, nullable: true })
  placeLabel!: string | null;

  @Column({ type: 'char', length: 1, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  feed!: Feed | null;

  @Column({ type: 'varchar', length: 100 })
  title!: string;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  @Column({ type: 'varchar', length: 20 })
  extent!: MaintenanceExtent;

  @Column({ type: 'smallint', nullable: true })
  nodes!: number | null;

  @Column(timeColumn)
  fromAt!: Date;

  @Column(timeColumn)
  toAt!: Date;

  @Column({ type: 'varchar', length: 20 })
  state!: MaintenanceState;

  @Column({ ...jsonColumn, nullable: true })
  uncovered!: { [meter: string]: number } | null;

  @Column({ type: 'varchar', length: 100 })
  plannedBy!: string;

  @Column({ ...timeColumn, nullable: true })
  startedAt!: Date | null;

  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'int', default: 1 })
  version!: number;
}

/** The yearly count as it was taken: what changes later in a pool does not change it. */
@Entity('consolidation_count')
export class ConsolidationCountEntity {
  @PrimaryColumn({ type: 'smallint' })
  year!: number;

  @Column(timeColumn)
  takenAt!: Date;

  @Column({ type: 'varchar', length: 100 })
  takenBy!: string;

  @Column(jsonColumn)
  clouds!: CloudCount[];
}
