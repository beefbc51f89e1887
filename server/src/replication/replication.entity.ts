import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ReplicationKind, ReplicationRole } from './domain/replication-object.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** When the worker of a center last knew all of its replication objects. */
@Entity('replication_report')
export class ReplicationReportEntity {
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @Column(timeColumn)
  reportedAt!: Date;
  @Column({ type: 'int' })
  objects!: number;
}

/** One object by which data goes to another center, as its cluster last showed it. */
@Entity('replication_object')
@Index('ix_replication_object_volume', ['centerId', 'namespace', 'volume'])
@Check('ck_replication_object_kind', "kind in ('ReplicationSource', 'VolumeReplication')")
@Check('ck_replication_object_role', "role in ('PRIMARY', 'SECONDARY', 'UNKNOWN')")
export class ReplicationObjectEntity {
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @PrimaryColumn(word(24))
  kind!: ReplicationKind;
  @PrimaryColumn(word(63))
  namespace!: string;
  @PrimaryColumn(word(253))
  name!: string;
  @Column(word(253))
  volume!: string;
  @Column({ ...word(63), nullable: true })
  towards!: string | null;
  @Column(word(12))
  role!: ReplicationRole;
  @Column({ ...timeColumn, nullable: true })
  lastSyncAt!: Date | null;
  @Column({ type: 'int', nullable: true })
  intervalSeconds!: number | null;
  @Column({ type: 'varchar', length: 300, nullable: true })
  problem!: string | null;
}
