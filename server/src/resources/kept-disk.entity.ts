import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { KEPT_DISK_ENDS, KEPT_DISK_STATES, type KeptDiskEnd, type KeptDiskState } from './domain/kept-disks.js';
import { ResourceEntity } from './resources.entity.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const among = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');

/** The disk of a machine that is gone. Its storage stays claimed until the cluster has it no longer. */
@Entity('kept_disk')
@Unique('uq_kept_disk_resource', ['resourceId'])
@Unique('uq_kept_disk_claim', ['claimId'])
@Index('ix_kept_disk_department', ['departmentId', 'keptAt', 'id'])
@Index('ix_kept_disk_kept', ['keptAt', 'id'])
@Index('ix_kept_disk_until', ['untilAt', 'id'])
@Index('ix_kept_disk_center', ['centerId', 'state', 'id'])
@Index('ix_kept_disk_attached', ['attachedToId'])
@Check('ck_kept_disk_state', `state in (${among(KEPT_DISK_STATES)})`)
@Check('ck_kept_disk_until', "(state = 'KEPT') = (until_at is not null)")
@Check('ck_kept_disk_attached', "(state = 'ATTACHED') = (attached_to_id is not null)")
@Check(
  'ck_kept_disk_end',
  `(state in ('ENDING', 'GONE')) = (end_cause is not null) and (end_cause is null or end_cause in (${among(KEPT_DISK_ENDS)}))`,
)
@Check('ck_kept_disk_gone', "(state = 'GONE') = (ended_at is not null)")
export class KeptDiskEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  /** The machine that it was the disk of. */
  @Column(uuidColumn)
  resourceId!: string;
  @ManyToOne(() => ResourceEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'resource_id', foreignKeyConstraintName: 'fk_kept_disk_resource' })
  resource!: Relation<ResourceEntity>;
  @Column(uuidColumn)
  claimId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column({ type: 'int' })
  diskGib!: number;
  @Column(asciiText(8))
  storageTier!: 'SSD' | 'HDD';
  @Column(asciiText(20))
  state!: KeptDiskState;
  @Column(timeColumn)
  keptAt!: Date;
  /** When it ends by itself. */
  @Column({ ...timeColumn, nullable: true })
  untilAt!: Date | null;
  /** When people were told that it soon ends. */
  @Column({ ...timeColumn, nullable: true })
  remindedAt!: Date | null;
  /** The machine that has it now. */
  @Column({ ...uuidColumn, nullable: true })
  attachedToId!: string | null;
  /** What is wrong with it in the cluster. */
  @Column({ type: 'varchar', length: 300, nullable: true })
  trouble!: string | null;
  @Column({ ...asciiText(20), nullable: true })
  endCause!: KeptDiskEnd | null;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
}
