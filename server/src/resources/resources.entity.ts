import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { MachineSize } from '../allocation/domain/capacity.js';
import type { Bilingual } from '../kernel/bilingual.js';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { AttachedDisk } from './domain/kept-disks.js';
import type { LiveRoom } from './domain/live-resize.js';
import type { Presence, ResourceManagement, ResourceOrigin } from './domain/management.js';
import type { OperatingSide } from './domain/operating-side.js';
import type { WishedPower } from './domain/power-actions.js';
import type { BinCause } from './domain/release.js';
import { RESOURCE_STATES, type ResourceState } from './domain/resource-state.js';
import type { ReviewStage } from './domain/review.js';
import type { TakenOver } from './domain/taken-over.js';
import type { Condition, PowerState } from './resources.types.js';

const word = { type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin' } as const;
const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

@Entity('resource')
@Unique('uq_resource_code', ['code'])
@Unique('uq_resource_object', ['centerId', 'objectNamespace', 'objectName', 'live'])
@Unique('uq_resource_claim', ['claimId'])
@Unique('uq_resource_mac', ['macAddress'])
@Index('ix_resource_request', ['requestId'])
@Index('ix_resource_department', ['departmentId', 'createdAt', 'id'])
@Index('ix_resource_created', ['createdAt', 'id'])
@Index('ix_resource_center', ['centerId', 'state', 'id'])
@Index('ix_resource_system', ['systemId'])
@Index('ix_resource_term', ['temporaryUntil', 'id'])
@Index('ix_resource_review', ['reviewFrom', 'id'])
@Index('ix_resource_bin', ['binUntil', 'id'])
@Index('ix_resource_change', ['openChangeId'])
@Index('ix_resource_line', ['lineId'])
@Index('ix_resource_leaving', ['leavingCenterId'])
@Index('ix_resource_released', ['centerId', 'releasedAt'])
@Index('ix_resource_left', ['leftAt'])
@Check('ck_resource_former', '(former_vcpu is null) = (former_memory_mib is null)')
@Check('ck_resource_state', `state in (${RESOURCE_STATES.map((state) => `'${state}'`).join(', ')})`)
@Check('ck_resource_bin', "(state = 'IN_BIN') = (bin_until is not null) and (bin_until is null) = (bin_cause is null)")
@Index('ix_resource_management', ['centerId', 'management', 'presence'])
@Check('ck_resource_size', 'vcpu > 0 and memory_mib > 0 and disk_gib > 0')
@Check('ck_resource_management', "management in ('DRIVEN', 'OBSERVED', 'RECORDED')")
@Check('ck_resource_center', "center_id is not null or management = 'RECORDED'")
@Check('ck_resource_live', "(state = 'RELEASED') = (live is null) and (live is null or live = 1)")
@Check('ck_resource_origin', "origin in ('REQUEST', 'INTAKE')")
@Check('ck_resource_wished_power', "wished_power in ('ON', 'OFF')")
@Check('ck_resource_presence', "presence in ('UNKNOWN', 'SEEN', 'MISSING')")
export class ResourceEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(30))
  code!: string;
  @Column(word)
  kind!: 'VM';
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(asciiText(40))
  departmentCode!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(asciiText(40))
  systemCode!: string;
  @Column(uuidColumn)
  projectId!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(asciiText(30))
  requestCode!: string;
  @Column(uuidColumn)
  lineId!: string;
  /** null = taken in: it was never asked for out of the catalog. */
  @Column({ ...uuidColumn, nullable: true })
  offerId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  imageId!: string | null;
  /** null = in a city's or department's own cloud: on record only. */
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  /** It was placed elsewhere, and the cluster there still has its former objects: there they go before it is made anew. */
  @Column({ ...uuidColumn, nullable: true })
  leavingCenterId!: string | null;
  /** When the cluster where it was before had nothing of it any more, for the last time. */
  @Column({ ...timeColumn, nullable: true })
  leftAt!: Date | null;
  @Column(uuidColumn)
  poolId!: string;
  @Column(uuidColumn)
  claimId!: string;
  @Column(word)
  architecture!: 'AMD64' | 'ARM64';
  @Column(word)
  zone!: string;
  @Column({ type: 'int' })
  vcpu!: number;
  @Column({ type: 'int' })
  memoryMib!: number;
  @Column({ type: 'int' })
  diskGib!: number;
  @Column(asciiText(8))
  storageTier!: 'SSD' | 'HDD';
  /** Pieces by class; null = none. */
  @Column({ ...jsonColumn, nullable: true })
  accelerators!: { readonly [name: string]: number } | null;
  @Column(jsonColumn)
  imageSource!: unknown;
  /** As its image had it when it was granted: a VirtualMachineClusterPreference; null = its devices are written out. */
  @Column({ ...asciiText(253), nullable: true })
  devicePreference!: string | null;
  /** 异地应用级: defined and halted until it is promoted. */
  @Column({ type: 'boolean', default: false })
  standby!: boolean;
  @Column(uuidColumn)
  firmwareUuid!: string;
  @Column(asciiText(17))
  macAddress!: string;
  @Column({ ...asciiText(63), default: '' })
  objectNamespace!: string;
  @Column(asciiText(63))
  objectName!: string;
  @Column({ ...word, default: 'DRIVEN' })
  management!: ResourceManagement;
  @Column({ ...word, default: 'REQUEST' })
  origin!: ResourceOrigin;
  /** 1 or null: the name of a released one's object is free. */
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  live!: number | null;
  /** Where it ran until it was taken in. */
  @Column({ type: 'varchar', length: 60, nullable: true })
  sourcePlatform!: string | null;
  /** Of what is only observed: whether its object was there at the last look, and how large. */
  @Column({ ...word, default: 'UNKNOWN' })
  presence!: Presence;
  @Column({ type: 'int', nullable: true })
  actualVcpu!: number | null;
  @Column({ type: 'int', nullable: true })
  actualMemoryMib!: number | null;
  /** The price agreed at submit, a month. */
  @Column({ type: 'bigint', transformer: bigintText })
  monthlyFen!: bigint;
  @Column(word)
  state!: ResourceState;
  /** Grows with every change of what is desired. */
  @Column({ type: 'int' })
  generation!: number;
  /** The generation that the newest observation belongs to. */
  @Column({ type: 'int' })
  observedGeneration!: number;
  @Column({ type: 'int' })
  placementEpoch!: number;
  @Column({ type: 'int' })
  version!: number;
  @Column(word)
  power!: PowerState;
  @Column({ type: 'varchar', length: 253, nullable: true })
  nodeName!: string | null;
  @Column(jsonColumn)
  addresses!: string[];
  @Column(jsonColumn)
  conditions!: Condition[];
  @Column(jsonColumn)
  statusText!: Bilingual;
  @Column({ type: 'int', nullable: true })
  progressPercent!: number | null;
  @Column({ ...timeColumn, nullable: true })
  observedAt!: Date | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  deliveredAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  releasedAt!: Date | null;
  /** Its last day, YYYY-MM-DD in Shanghai; null = long-term. */
  @Column({ type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  temporaryUntil!: string | null;
  /** Days before its last day of the reminder that was given last. */
  @Column({ type: 'smallint', nullable: true })
  remindedDays!: number | null;
  /** Since when it is kept off because its term is over. */
  @Column({ ...timeColumn, nullable: true })
  termOverAt!: Date | null;
  /** Extensions that the department gave itself by rule. */
  @Column({ type: 'smallint', default: 0 })
  extensionsUsed!: number;
  /** What the next yearly review counts from: delivery, then each review; null = not long-term, or not delivered. */
  @Column({ ...timeColumn, nullable: true })
  reviewFrom!: Date | null;
  @Column({ ...word, default: 'NONE' })
  reviewStage!: ReviewStage;
  @Column({ ...timeColumn, nullable: true })
  binUntil!: Date | null;
  @Column({ ...word, nullable: true })
  binCause!: BinCause | null;
  @Column({ type: 'boolean', default: false })
  deletionProtected!: boolean;
  /** The change request that is under way for it: at most one, and meanwhile it is not released. */
  @Column({ ...uuidColumn, nullable: true })
  openChangeId!: string | null;
  @Column({ ...asciiText(30), nullable: true })
  openChangeCode!: string | null;
  /** What its cluster may still have of it, until a resize has been carried out; null = none is under way. */
  @Column({ type: 'int', nullable: true })
  formerVcpu!: number | null;
  @Column({ type: 'int', nullable: true })
  formerMemoryMib!: number | null;
  /** Whether the resize under way may start it anew. */
  @Column({ type: 'boolean', default: true })
  restartAgreed!: boolean;
  /** What it may become while it runs, as it was seen last; null = any other size is a restart. */
  @Column({ ...jsonColumn, nullable: true })
  liveRoom!: LiveRoom | null;
  /** What whoever operates it last asked for. */
  @Column({ ...word, default: 'ON' })
  wishedPower!: WishedPower;
  /** What runs of it, as it was seen last. */
  @Column({ ...asciiText(64), nullable: true })
  instanceUid!: string | null;
  /** What shall end and be started anew; null again once another runs. */
  @Column({ ...asciiText(64), nullable: true })
  restartUid!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  restoringSnapshotId!: string | null;
  /** It ran before the console, which drives of its object these fields alone; null = the whole object is the console's, or none of it. */
  @Column({ ...jsonColumn, nullable: true })
  takenOver!: TakenOver | null;
  /** Days that its disk shall outlive it, until that disk has ended. */
  @Column({ type: 'smallint', nullable: true })
  keepDiskDays!: number | null;
  /** Disks kept of other machines that it has. */
  @Column({ ...jsonColumn, nullable: true })
  attachedDisks!: readonly AttachedDisk[] | null;
  /** The snapshot that its disk is made of instead of its image; null = its image. */
  @Column({ ...asciiText(253), nullable: true })
  diskSnapshot!: string | null;
  /** The very disk that is not to be used any more, and goes; another is made of that snapshot. */
  @Column({ ...asciiText(64), nullable: true })
  tornDiskUid!: string | null;
}

/** The lifecycle record: append-only. What a resource was, from when; usage, accounts and timelines derive from it. */
@Entity('resource_event')
@Index('ix_resource_event_resource', ['resourceId', 'at', 'id'])
@Check('ck_resource_event_side', "side is null or side in ('DEPARTMENT', 'VENDOR', 'PROVIDER')")
export class ResourceEventEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @ManyToOne(() => ResourceEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'resource_id', foreignKeyConstraintName: 'fk_resource_event_resource' })
  resource!: Relation<ResourceEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column(asciiText(30))
  kind!: string;
  @Column(jsonColumn)
  text!: Bilingual;
  @Column({ type: 'varchar', length: 100 })
  actorName!: string;
  /** Size from here on, where it changes. */
  @Column({ ...jsonColumn, nullable: true })
  size!: MachineSize | null;
  /** Who did it, where a person operated it; null = of before, or nobody's hand. */
  @Column({ ...word, nullable: true })
  side!: OperatingSide | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  organisation!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;
}
