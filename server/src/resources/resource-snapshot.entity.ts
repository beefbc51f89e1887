import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import { SNAPSHOT_STATES, type SnapshotState } from './domain/snapshots.js';
import { ResourceEntity } from './resources.entity.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** The disks of a machine as they were at a moment. */
@Entity('resource_snapshot')
@Unique('uq_resource_snapshot_number', ['resourceId', 'number'])
@Index('ix_resource_snapshot_state', ['state', 'resourceId'])
@Check('ck_resource_snapshot_state', `state in (${SNAPSHOT_STATES.map((state) => `'${state}'`).join(', ')})`)
export class ResourceSnapshotEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @ManyToOne(() => ResourceEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'resource_id', foreignKeyConstraintName: 'fk_resource_snapshot_resource' })
  resource!: Relation<ResourceEntity>;
  /** Counts from 1 for each machine; its object is named by it. */
  @Column({ type: 'int' })
  number!: number;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(asciiText(20))
  state!: SnapshotState;
  /** Size of the machine's disk when it was taken. */
  @Column({ type: 'int' })
  diskGib!: number;
  /** What the cluster says of how it was taken, e.g. with a running guest; null = it has not said. */
  @Column({ ...jsonColumn, nullable: true })
  indications!: string[] | null;
  /** Why it failed, or what hinders it now, in the cluster's words. */
  @Column({ type: 'varchar', length: 300, nullable: true })
  trouble!: string | null;
  /** How often it was restored: each one is an object of its own. */
  @Column({ type: 'int', default: 0 })
  restores!: number;
  /** The restore that is under way shall end; null = it shall not, or there is none. */
  @Column({ ...timeColumn, nullable: true })
  restoreGivenUpAt!: Date | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  createdBy!: string;
  @Column({ ...timeColumn, nullable: true })
  readyAt!: Date | null;
}
