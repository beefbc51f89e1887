import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { WORK_ORDER_STATES, type WorkOrderKind, type WorkOrderState } from './domain/work-order.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** A company that runs the place; its people see the orders that are assigned to it, and nobody else's. */
@Entity('provider_company')
@Unique('uq_provider_company_name', ['name'])
export class ProviderCompanyEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column({ type: 'boolean' })
  active!: boolean;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  createdAt!: Date;
}

/** One company a person. No foreign key to users: they are another feature's. */
@Entity('provider_member')
@Index('ix_provider_member_company', ['companyId'])
export class ProviderMemberEntity {
  @PrimaryColumn(uuidColumn)
  userId!: string;
  @Column(uuidColumn)
  companyId!: string;
  @ManyToOne(() => ProviderCompanyEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'company_id', foreignKeyConstraintName: 'fk_provider_member_company' })
  company?: Relation<ProviderCompanyEntity>;
  @Column(timeColumn)
  since!: Date;
}

@Entity('work_order')
@Unique('uq_work_order_code', ['code'])
@Unique('uq_work_order_line', ['lineId'])
@Unique('uq_work_order_policy', ['policyId', 'kind', 'centerId'])
@Unique('uq_work_order_resource', ['resourceId'])
@Unique('uq_work_order_ended_line', ['endedLineId'])
@Unique('uq_work_order_slip', ['slipNumber'])
@Index('ix_work_order_created', ['createdAt', 'id'])
@Index('ix_work_order_department', ['departmentId', 'createdAt', 'id'])
@Index('ix_work_order_company', ['companyId', 'state'])
@Index('ix_work_order_assignee', ['assigneeId', 'state'])
@Index('ix_work_order_state', ['state', 'dueAt', 'id'])
@Index('ix_work_order_system', ['systemId'])
@Index('ix_work_order_request', ['requestId'])
@Index('ix_work_order_backup', ['backupId'])
@Check('ck_work_order_state', `state in (${WORK_ORDER_STATES.map((s) => `'${s}'`).join(', ')})`)
@Check('ck_work_order_window', 'window_from is null or window_from < window_to')
@Check('ck_work_order_slip', '(slip_number is null) = (slip_at is null)')
export class WorkOrderEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(30))
  code!: string;
  @Column(asciiText(20))
  kind!: WorkOrderKind;
  @Column(asciiText(12))
  state!: WorkOrderState;
  @Column(timeColumn)
  stateSince!: Date;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 120 })
  title!: string;
  @Column({ type: 'varchar', length: 1000 })
  instructions!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(optionalId)
  systemId!: string | null;
  @Column(optionalId)
  requestId!: string | null;
  @Column({ ...asciiText(30), nullable: true })
  requestCode!: string | null;
  /** The granted line that it fulfils: one order a line, however often the grant is told. */
  @Column(optionalId)
  lineId!: string | null;
  /** The service that was given back and that it takes down: one order a line. */
  @Column(optionalId)
  endedLineId!: string | null;
  /** The network policy that it opens, or removes, by hand: one order of each in every center. */
  @Column(optionalId)
  policyId!: string | null;
  /** The machine on a foreign platform that it removes. */
  @Column(optionalId)
  resourceId!: string | null;
  /** The backup that it sets up, or restores from. */
  @Column(optionalId)
  backupId!: string | null;
  @Column(optionalId)
  centerId!: string | null;
  /** null = made by the console of a granted line. */
  @Column(optionalId)
  applicantId!: string | null;
  @Column({ type: 'varchar', length: 100 })
  applicantName!: string;
  @Column(optionalId)
  companyId!: string | null;
  @ManyToOne(() => ProviderCompanyEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'company_id', foreignKeyConstraintName: 'fk_work_order_company' })
  company?: Relation<ProviderCompanyEntity>;
  @Column(optionalId)
  assigneeId!: string | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  assigneeName!: string | null;
  @Column(optionalTime)
  windowFrom!: Date | null;
  @Column(optionalTime)
  windowTo!: Date | null;
  /** Why it may disturb another in the same room at the same time. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  overlapReason!: string | null;
  @Column(optionalTime)
  dueAt!: Date | null;
  /** What was reminded of last, of the term that stands now. */
  @Column({ ...asciiText(4), nullable: true })
  toldStage!: 'SOON' | 'LATE' | null;
  @Column({ type: 'varchar', length: 40, nullable: true })
  escort!: string | null;
  /** 出门条 */
  @Column({ ...asciiText(30), nullable: true })
  slipNumber!: string | null;
  @Column(optionalTime)
  slipAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  slipBy!: string | null;
  @Column(optionalId)
  finishedById!: string | null;
  @Column(optionalTime)
  finishedAt!: Date | null;
  @Column(timeColumn)
  createdAt!: Date;
}

@Entity('work_order_room')
@Index('ix_work_order_room', ['roomId'])
export class WorkOrderRoomEntity {
  @PrimaryColumn(uuidColumn)
  orderId!: string;
  @ManyToOne(() => WorkOrderEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_work_order_room_order' })
  order?: Relation<WorkOrderEntity>;
  @PrimaryColumn(uuidColumn)
  roomId!: string;
}

/** The owner row of a room's windows: two of them are never decided on at the same time. */
@Entity('room_calendar')
export class RoomCalendarEntity {
  @PrimaryColumn(uuidColumn)
  roomId!: string;
  @Column({ type: 'int' })
  version!: number;
}

@Entity('work_order_entrant')
@Unique('uq_work_order_entrant', ['orderId', 'position'])
export class WorkOrderEntrantEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  orderId!: string;
  @ManyToOne(() => WorkOrderEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_work_order_entrant_order' })
  order?: Relation<WorkOrderEntity>;
  @Column({ type: 'int' })
  position!: number;
  @Column({ type: 'varchar', length: 40 })
  name!: string;
  @Column({ type: 'char', length: 4, charset: 'ascii', collation: 'ascii_bin' })
  idLastFour!: string;
  @Column({ type: 'varchar', length: 60 })
  vendor!: string;
}

@Entity('work_order_step')
@Unique('uq_work_order_step', ['orderId', 'position'])
export class WorkOrderStepEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  orderId!: string;
  @ManyToOne(() => WorkOrderEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_work_order_step_order' })
  order?: Relation<WorkOrderEntity>;
  @Column({ type: 'int' })
  position!: number;
  @Column(asciiText(20))
  stepKey!: string;
  @Column({ type: 'varchar', length: 60 })
  titleZh!: string;
  @Column({ type: 'varchar', length: 80 })
  titleEn!: string;
  @Column({ type: 'boolean' })
  needsEvidence!: boolean;
  @Column({ type: 'varchar', length: 500, nullable: true })
  note!: string | null;
  @Column(optionalTime)
  doneAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  doneBy!: string | null;
}

/** Every act on an order, append-only. */
@Entity('work_order_event')
@Index('ix_work_order_event_order', ['orderId', 'at', 'id'])
export class WorkOrderEventEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  orderId!: string;
  @ManyToOne(() => WorkOrderEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_work_order_event_order' })
  order?: Relation<WorkOrderEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column(optionalId)
  actorId!: string | null;
  @Column({ type: 'varchar', length: 100 })
  actorName!: string;
  @Column(asciiText(20))
  action!: string;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
  @Column({ ...asciiText(12), nullable: true })
  fromState!: WorkOrderState | null;
  @Column(asciiText(12))
  toState!: WorkOrderState;
}
