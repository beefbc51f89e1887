import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import { LINE_KINDS, type LineKind } from '../allocation/domain/line-kind.js';
import type { Candidate, Check as PlacementCheck } from '../allocation/domain/placement-facts.js';
import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Role } from '../kernel/viewer.js';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import type { LineRelation, ServiceAnswer } from './domain/content.js';
import { REQUEST_STATES, type RequestState } from './domain/request-state.js';
import type { UnitsReserved } from './domain/service-change.js';
import type { LineSource, RequestNature } from './requests.types.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

@Entity('request')
@Unique('uq_request_code', ['code'])
@Index('ix_request_department', ['departmentId', 'createdAt', 'id'])
@Index('ix_request_created', ['createdAt', 'id'])
@Index('ix_request_state', ['state', 'stateSince', 'id'])
@Index('ix_request_system', ['systemId'])
@Index('ix_request_due', ['dueAt', 'id'])
@Index('ix_request_hold_expiry', ['holdExpiresAt', 'id'])
@Check('ck_request_nature', "nature in ('NEW', 'CHANGE')")
@Check('ck_request_state', `state in (${REQUEST_STATES.map((s) => `'${s}'`).join(', ')})`)
export class RequestEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(30))
  code!: string;
  /** CHANGE: another size or DR mode of what runs already (request-changes.entity.ts). */
  @Column({ ...asciiText(8), default: 'NEW' })
  nature!: RequestNature;
  @Column(asciiText(20))
  state!: RequestState;
  @Column(timeColumn)
  stateSince!: Date;
  @Column({ type: 'int' })
  version!: number;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  projectId!: string;
  @Column({ type: 'varchar', length: 500 })
  purpose!: string;
  /** The last day of what is asked for, YYYY-MM-DD in Shanghai; null = long-term. */
  @Column({ ...asciiText(10), type: 'char', nullable: true })
  temporaryUntil!: string | null;
  /** CHANGE: its machines may be started anew for it. */
  @Column({ type: 'boolean', default: false })
  restartAgreed!: boolean;
  @Column(uuidColumn)
  applicantId!: string;
  @Column({ type: 'varchar', length: 100 })
  applicantName!: string;
  /** Who drafted it and had it since, before it was handed over. */
  @Column({ ...jsonColumn, nullable: true })
  formerApplicantIds!: string[] | null;
  /** All lines; null while a price is missing. */
  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  monthlyFen!: bigint | null;
  @Column({ type: 'int' })
  machineCount!: number;
  @Column({ type: 'int', default: 0 })
  serverCount!: number;
  @Column({ type: 'int', default: 0 })
  cabinetCount!: number;
  @Column({ type: 'int', default: 0 })
  serviceCount!: number;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  submittedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  heldSince!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  holdExpiresAt!: Date | null;
  /** Of the current step of its approval; null = none waits. */
  @Column({ ...timeColumn, nullable: true })
  dueAt!: Date | null;
  /** Tables that lines came from. */
  @Column({ ...jsonColumn, nullable: true })
  lineSources!: LineSource[] | null;
}

@Entity('request_line')
@Unique('uq_request_line_position', ['requestId', 'position'])
@Index('ix_request_line_changed', ['changedLineId'])
@Index('ix_request_line_change', ['openChangeId'])
@Check('ck_request_line_count', 'item_count > 0')
@Check('ck_request_line_kind', `kind in (${LINE_KINDS.map((kind) => `'${kind}'`).join(', ')})`)
@Check(
  'ck_request_line_vm',
  "kind <> 'VM' or (image_id is not null and zone is not null and storage_tier is not null and disk_gib > 0)",
)
@Check(
  'ck_request_line_cabinet',
  "kind <> 'CABINET' or (height_half_units > 0 and power_w is not null and weight_grams is not null)",
)
@Check('ck_request_line_service', "kind <> 'SERVICE' or definition_id is not null")
@Check('ck_request_line_center', "local_mode <> 'DUAL_ACTIVE' or center_id is null")
export class RequestLineEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  /** CHANGE: the line that the changed resources came of. */
  @Column({ ...uuidColumn, nullable: true })
  changedLineId!: string | null;
  @ManyToOne(() => RequestEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_request_line_request' })
  request!: Relation<RequestEntity>;
  @Column({ type: 'int' })
  position!: number;
  @Column({ ...asciiText(8), default: 'VM' })
  kind!: LineKind;
  @Column(asciiText(40))
  name!: string;
  @Column({ type: 'int' })
  itemCount!: number;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column({ ...asciiText(12), default: 'SINGLE' })
  localMode!: LocalMode;
  @Column({ ...asciiText(12), default: 'NONE' })
  remoteMode!: RemoteMode;
  /** CHANGE: its modes before. */
  @Column({ ...asciiText(12), nullable: true })
  fromLocalMode!: LocalMode | null;
  @Column({ ...asciiText(12), nullable: true })
  fromRemoteMode!: RemoteMode | null;
  /** CHANGE of a service: how many there were, and what was answered. */
  @Column({ type: 'int', nullable: true })
  fromCount!: number | null;
  @Column({ ...jsonColumn, nullable: true })
  fromAnswers!: ServiceAnswer[] | null;
  /** CHANGE of places in cabinets: what each had. */
  @Column({ type: 'int', nullable: true })
  fromHalfUnits!: number | null;
  @Column({ type: 'int', nullable: true })
  fromPowerW!: number | null;
  @Column({ type: 'int', nullable: true })
  fromWeightGrams!: number | null;
  /** Of what is no machine and runs: the request that changes it. */
  @Column({ ...uuidColumn, nullable: true })
  openChangeId!: string | null;
  @Column({ ...asciiText(30), nullable: true })
  openChangeCode!: string | null;
  @Column(uuidColumn)
  offerId!: string;
  @Column({ ...uuidColumn, nullable: true })
  imageId!: string | null;
  @Column({ ...asciiText(20), nullable: true })
  zone!: NetworkZone | null;
  @Column({ ...asciiText(8), nullable: true })
  storageTier!: StorageTier | null;
  @Column({ type: 'int', nullable: true })
  diskGib!: number | null;
  @Column({ type: 'int', nullable: true })
  heightHalfUnits!: number | null;
  @Column({ type: 'int', nullable: true })
  powerW!: number | null;
  @Column({ type: 'int', nullable: true })
  weightGrams!: number | null;
  /** Of places in cabinets: each in one of its own. */
  @Column({ type: 'boolean', default: false })
  placesApart!: boolean;
  @Column({ ...uuidColumn, nullable: true })
  definitionId!: string | null;
  @Column({ ...jsonColumn, nullable: true })
  answers!: ServiceAnswer[] | null;
  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  monthlyFen!: bigint | null;
  /** Of a service: what its units were reserved at, in their order; what came last is given back first. */
  @Column({ ...jsonColumn, nullable: true })
  unitPrices!: UnitsReserved[] | null;
  /** Chosen at submit, with the criteria that it passed. */
  @Column(jsonColumn)
  shares!: PlacedShare[];
  @Column(jsonColumn)
  checks!: PlacementCheck[];
  /** Pools that were compared for it; null = from before they were kept. */
  @Column({ ...jsonColumn, nullable: true })
  candidates!: Candidate[] | null;
  @Column({ ...jsonColumn, nullable: true })
  relations!: LineRelation[] | null;
  @Column({ ...timeColumn, nullable: true })
  fulfilledAt!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  evidence!: string | null;
  /** Of a service or of places: since when they are given back. */
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
}

/** Every act on a request, append-only. */
@Entity('request_step')
@Index('ix_request_step_request', ['requestId', 'at', 'id'])
export class RequestStepEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @ManyToOne(() => RequestEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_request_step_request' })
  request!: Relation<RequestEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column({ ...uuidColumn, nullable: true })
  actorId!: string | null;
  @Column({ type: 'varchar', length: 100 })
  actorName!: string;
  @Column({ ...asciiText(30), nullable: true })
  actorRole!: Role | null;
  @Column(asciiText(30))
  action!: string;
  /** What was said, with what the console tells of the act: whom it went to, which pools were chosen. */
  @Column({ type: 'varchar', length: 3000, nullable: true })
  opinion!: string | null;
  @Column({ ...asciiText(20), nullable: true })
  fromState!: RequestState | null;
  @Column(asciiText(20))
  toState!: RequestState;
}
