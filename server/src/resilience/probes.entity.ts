import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { CenterRole } from '../facilities/domain/facility.js';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ProbeFamily, ProbeKind, SqlEngine } from './domain/probes/probe.js';
import { DrTierEntity } from './resilience.entity.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 探测: what is asked of a tier, of whom and how often, and how it went the last time. Its password goes in sealed. */
@Entity('dr_probe')
@Unique('uq_dr_probe_name', ['tierId', 'name'])
@Unique('uq_dr_probe_data', ['tierId', 'dataKey'])
@Index('ix_dr_probe_due', ['enabled', 'nextAt', 'id'])
@Check('ck_dr_probe_kind', "kind in ('HTTP', 'TCP', 'DNS', 'TLS', 'SQL_REPLICATION', 'HEARTBEAT', 'REST_REPLICATION')")
@Check('ck_dr_probe_family', "family in ('ANY', 'IPV4', 'IPV6')")
@Check(
  'ck_dr_probe_secret',
  "(sealed_secret is not null) = (kind in ('SQL_REPLICATION', 'HEARTBEAT', 'REST_REPLICATION'))",
)
export class DrProbeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  tierId!: string;
  @ManyToOne(() => DrTierEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'tier_id', foreignKeyConstraintName: 'fk_dr_probe_tier' })
  tier!: Relation<DrTierEntity>;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(word(20))
  kind!: ProbeKind;
  @Column({ ...word(12), nullable: true })
  towards!: CenterRole | null;
  /** Its direction, of those that measure data: two of one direction would write over one another. */
  @Column({ ...word(12), nullable: true })
  dataKey!: string | null;
  @Column(word(300))
  target!: string;
  @Column({ ...word(300), nullable: true })
  server!: string | null;
  @Column({ ...word(253), nullable: true })
  expect!: string | null;
  @Column({ ...word(200), nullable: true })
  statePointer!: string | null;
  @Column({ ...word(200), nullable: true })
  lagPointer!: string | null;
  @Column(word(4))
  family!: ProbeFamily;
  @Column({ ...word(10), nullable: true })
  engine!: SqlEngine | null;
  @Column({ ...word(80), nullable: true })
  account!: string | null;
  @Column({ ...word(64), nullable: true, name: 'database_name' })
  database!: string | null;
  @Column({ type: 'longtext', nullable: true })
  sealedSecret!: string | null;
  @Column({ type: 'int' })
  everySeconds!: number;
  @Column({ type: 'int' })
  timeoutMs!: number;
  @Column({ type: 'boolean' })
  enabled!: boolean;
  @Column(timeColumn)
  nextAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  lastAt!: Date | null;
  @Column({ type: 'boolean', nullable: true })
  lastOk!: boolean | null;
  @Column({ type: 'varchar', length: 200, nullable: true })
  lastDetail!: string | null;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 100 })
  changedBy!: string;
  @Column(timeColumn)
  changedAt!: Date;
}
