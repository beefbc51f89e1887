import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Bilingual } from '../kernel/bilingual.js';
import type { Origin } from '../kernel/origin.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { CpuMaker, ServerArchitecture } from './domain/processor.js';
import type { AcceleratorKind, Disk, NetworkCard } from './domain/server.js';
import type { ServerState } from './domain/server-state.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { ...asciiText, length: 20 } as const;

@Entity('hardware_model')
@Index('uq_hardware_model_slug', ['slug'], { unique: true })
@Check('ck_hardware_model_size', 'height_half_units >= 0 and (weight_grams is null or weight_grams >= 0)')
@Check('ck_hardware_model_power', 'nameplate_power_w is null or nameplate_power_w >= 0')
export class HardwareModelEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'varchar', length: 60 })
  manufacturer!: string;
  @Column({ type: 'varchar', length: 120 })
  model!: string;
  @Column({ ...asciiText, length: 100 })
  slug!: string;
  @Column({ type: 'smallint' })
  heightHalfUnits!: number;
  @Column({ type: 'boolean' })
  fullDepth!: boolean;
  @Column({ type: 'int', nullable: true })
  weightGrams!: number | null;
  @Column({ type: 'int', nullable: true })
  nameplatePowerW!: number | null;
  @Column(jsonColumn)
  keptAside!: Record<string, unknown>;
}

@Entity('server')
@Index('uq_server_asset_number', ['assetNumber'], { unique: true })
@Index('uq_server_serial', ['serial'], { unique: true })
@Index('uq_server_holder', ['holderId'], { unique: true })
@Index('uq_server_cluster_host', ['centerId', 'clusterHostNamespace', 'clusterHostName'], { unique: true })
@Index('ix_server_state', ['state', 'centerId', 'assetNumber'])
@Index('ix_server_department', ['departmentId', 'assetNumber'])
@Index('ix_server_system', ['systemId', 'assetNumber'])
@Index('ix_server_model', ['modelId'])
@Index('ix_server_hold', ['holdSubject'])
@Index('ix_server_pool', ['poolId'])
@Check(
  'ck_server_state',
  "state in ('PLANNED', 'ONBOARDING', 'FREE', 'HELD', 'IN_USE', 'CLEANING', 'MAINTENANCE', 'RETIRED')",
)
@Check('ck_server_architecture', "architecture in ('AMD64', 'ARM64', 'LOONGARCH64')")
@Check('ck_server_size', 'sockets > 0 and cores >= sockets and threads >= cores and memory_mib > 0')
@Check('ck_server_hold', "(state = 'HELD') = (hold_subject is not null)")
@Check('ck_server_user', 'department_id is null or pool_id is null')
@Check(
  'ck_server_use',
  "state = 'MAINTENANCE' or (state = 'IN_USE') = (department_id is not null or pool_id is not null)",
)
@Check('ck_server_origin', "origin is null or (origin in ('REQUEST', 'INTAKE') and department_id is not null)")
@Check('ck_server_used_since', '(used_since is null) = (department_id is null and pool_id is null)')
@Check('ck_server_system', 'system_id is null or department_id is not null')
@Check('ck_server_place', "holder_id is null or state <> 'RETIRED'")
@Check('ck_server_host', '(cluster_host_namespace is null) = (cluster_host_name is null)')
export class ServerEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ ...asciiText, length: 40 })
  assetNumber!: string;
  @Column({ ...asciiText, length: 64 })
  serial!: string;
  @Column(uuidColumn)
  modelId!: string;
  @ManyToOne(() => HardwareModelEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'model_id', foreignKeyConstraintName: 'fk_server_model' })
  model?: Relation<HardwareModelEntity>;
  @Column(uuidColumn)
  centerId!: string;
  @Column(word)
  state!: ServerState;
  @Column({ type: 'int' })
  version!: number;
  @Column(word)
  architecture!: ServerArchitecture;
  /** A code of domain/processor.ts; makers are data, so that the database does not list them a second time. */
  @Column(word)
  cpuMaker!: CpuMaker;
  @Column({ type: 'varchar', length: 60 })
  cpuModel!: string;
  @Column({ type: 'int' })
  sockets!: number;
  @Column({ type: 'int' })
  cores!: number;
  @Column({ type: 'int' })
  threads!: number;
  @Column({ type: 'int' })
  memoryMib!: number;
  @Column({ type: 'int', nullable: true })
  powerW!: number | null;
  @Column({ type: 'int', nullable: true })
  weightGrams!: number | null;
  @Column(jsonColumn)
  disks!: Disk[];
  @Column(jsonColumn)
  nics!: NetworkCard[];
  @Column({ type: 'varchar', length: 200, nullable: true })
  bmcAddress!: string | null;
  @Column({ type: 'varchar', length: 64, nullable: true })
  bmcUsername!: string | null;
  /** SM4, base64; bound to this row, so that it cannot be moved to another server. */
  @Column({ ...asciiText, length: 1000, nullable: true })
  bmcSealedPassword!: string | null;
  /** What this server is called among the holders of cabinets; null = it stands nowhere. */
  @Column({ ...uuidColumn, nullable: true })
  holderId!: string | null;
  /** Whom it is held for (a claim or line of a request). */
  @Column({ ...uuidColumn, nullable: true })
  holdSubject!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  poolId!: string | null;
  /** Of the present use: since when, asked for here or taken in, and from where. */
  @Column({ ...timeColumn, nullable: true })
  usedSince!: Date | null;
  @Column({ ...word, nullable: true })
  origin!: Origin | null;
  @Column({ type: 'varchar', length: 60, nullable: true })
  sourcePlatform!: string | null;
  @Column({ ...asciiText, length: 63, nullable: true })
  clusterHostNamespace!: string | null;
  @Column({ ...asciiText, length: 253, nullable: true })
  clusterHostName!: string | null;
  @Column({ type: 'date', nullable: true })
  purchasedOn!: string | null;
  @Column({ type: 'date', nullable: true })
  warrantyUntil!: string | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column(timeColumn)
  changedAt!: Date;
}

@Entity('server_accelerator')
@Index('ix_server_accelerator_name', ['name', 'serverId'])
@Check('ck_server_accelerator_kind', "kind in ('GPU', 'NPU')")
@Check('ck_server_accelerator_count', 'amount > 0')
export class ServerAcceleratorEntity {
  @PrimaryColumn(uuidColumn)
  serverId!: string;
  @PrimaryColumn({ type: 'varchar', length: 60 })
  name!: string;
  @ManyToOne(() => ServerEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'fk_server_accelerator_server' })
  server?: Relation<ServerEntity>;
  @Column(word)
  kind!: AcceleratorKind;
  @Column({ type: 'int' })
  amount!: number;
}

/** Append-only: what happened to the server, from when on it was what. */
@Entity('server_event')
@Index('ix_server_event_server', ['serverId', 'at', 'id'])
export class ServerEventEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  serverId!: string;
  @ManyToOne(() => ServerEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'fk_server_event_server' })
  server?: Relation<ServerEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column(word)
  kind!: string;
  @Column(word)
  state!: ServerState;
  @Column(jsonColumn)
  text!: Bilingual;
  @Column({ type: 'varchar', length: 100 })
  actorName!: string;
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
}
