import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { Check as PlacementCheck, Share } from '../allocation/domain/placement-facts.js';
import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Role } from '../kernel/viewer.js';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import { REQUEST_STATES, type RequestState } from './domain/request-state.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

@Entity('request')
@Unique('uq_request_code', ['code'])
@Index('ix_request_department', ['departmentId', 'createdAt', 'id'])
@Index('ix_request_created', ['createdAt', 'id'])
@Index('ix_request_state', ['state', 'stateSince', 'id'])
@Index('ix_request_system', ['systemId'])
@Index('ix_request_due', ['dueAt', 'id'])
@Check('ck_request_state', `state in (${REQUEST_STATES.map((s) => `'${s}'`).join(', ')})`)
export class RequestEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(30))
  code!: string;
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
}

@Entity('request_line')
@Unique('uq_request_line_position', ['requestId', 'position'])
@Check('ck_request_line_count', 'machine_count > 0 and disk_gib > 0')
export class RequestLineEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @ManyToOne(() => RequestEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_request_line_request' })
  request!: Relation<RequestEntity>;
  @Column({ type: 'int' })
  position!: number;
  @Column(asciiText(40))
  name!: string;
  @Column(uuidColumn)
  offerId!: string;
  @Column(uuidColumn)
  imageId!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column(asciiText(20))
  zone!: NetworkZone;
  @Column(asciiText(8))
  storageTier!: StorageTier;
  @Column({ type: 'int' })
  diskGib!: number;
  @Column({ type: 'int' })
  machineCount!: number;
  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  monthlyFen!: bigint | null;
  /** Chosen at submit, with the criteria that it passed. */
  @Column(jsonColumn)
  placements!: Share[];
  @Column(jsonColumn)
  checks!: PlacementCheck[];
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
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
  @Column({ ...asciiText(20), nullable: true })
  fromState!: RequestState | null;
  @Column(asciiText(20))
  toState!: RequestState;
}
