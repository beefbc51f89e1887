import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { EquipmentState } from './domain/equipment.js';
import type { PortKind } from './domain/ports.js';
import { WorkOrderEntity } from './workorders.entity.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 托管设备: a department's own thing in the province's rooms, from the order that named it to its leaving. */
@Entity('hosted_equipment')
@Unique('uq_hosted_equipment_serial', ['liveSerial'])
@Index('ix_hosted_equipment_department', ['departmentId', 'createdAt', 'id'])
@Index('ix_hosted_equipment_holder', ['holderId'])
@Index('ix_hosted_equipment_cabinet', ['cabinetId'])
@Index('ix_hosted_equipment_busy', ['busyOrderId'])
@Check('ck_hosted_equipment_state', "state in ('EXPECTED', 'ON_SITE', 'PLANNED', 'STANDING', 'GONE')")
@Check(
  'ck_hosted_equipment_place',
  "(state in ('PLANNED', 'STANDING')) = (holder_id is not null and start_half_unit is not null)",
)
@Check('ck_hosted_equipment_size', 'height_half_units > 0 and power_w >= 0 and weight_grams > 0')
export class HostedEquipmentEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(optionalId)
  systemId!: string | null;
  @Column(optionalId)
  centerId!: string | null;
  @Column(asciiText(10))
  state!: EquipmentState;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 60 })
  owner!: string;
  @Column({ type: 'varchar', length: 60 })
  label!: string;
  @Column({ type: 'varchar', length: 60 })
  serial!: string;
  /** In its one spelling, while the thing is in the house: no two things there have one serial. */
  @Column({ type: 'varchar', length: 60, nullable: true })
  liveSerial!: string | null;
  @Column({ type: 'int' })
  heightHalfUnits!: number;
  @Column({ type: 'int' })
  powerW!: number;
  @Column({ type: 'int' })
  weightGrams!: number;
  @Column({ type: 'boolean' })
  domestic!: boolean;
  /** The space that it was put into, and where in it, in half-units from the space's own bottom. */
  @Column(optionalId)
  holderId!: string | null;
  @Column(optionalId)
  cabinetId!: string | null;
  @Column({ type: 'int', nullable: true })
  startHalfUnit!: number | null;
  /** The live order that is about it: two orders never move one thing. */
  @Column(optionalId)
  busyOrderId!: string | null;
  /** null = not seen in the house yet. */
  @Column(optionalTime)
  arrivedAt!: Date | null;
  @Column(timeColumn)
  since!: Date;
  @Column(timeColumn)
  createdAt!: Date;
}

@Entity('work_order_equipment')
@Unique('uq_work_order_equipment', ['orderId', 'equipmentId'])
@Index('ix_work_order_equipment', ['equipmentId'])
export class WorkOrderEquipmentEntity {
  @PrimaryColumn(uuidColumn)
  orderId!: string;
  @ManyToOne(() => WorkOrderEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_work_order_equipment_order' })
  order?: Relation<WorkOrderEntity>;
  @PrimaryColumn({ type: 'int' })
  position!: number;
  @Column(uuidColumn)
  equipmentId!: string;
  @ManyToOne(() => HostedEquipmentEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'equipment_id', foreignKeyConstraintName: 'fk_work_order_equipment_thing' })
  equipment?: Relation<HostedEquipmentEntity>;
  @Column(optionalId)
  targetHolderId!: string | null;
  @Column({ type: 'int', nullable: true })
  targetUnitHalves!: number | null;
}

/** The owner row of what stands in a space: two placings into one are decided one after the other. */
@Entity('given_space')
export class GivenSpaceEntity {
  @PrimaryColumn(uuidColumn)
  holderId!: string;
  @Column({ type: 'int' })
  version!: number;
}

/** Ports of one kind of a switch, or sockets of one kind of a strip: what is claimed never exceeds what there is. */
@Entity('port_set')
@Unique('uq_port_set', ['cabinetId', 'label', 'kind'])
@Check('ck_port_set_claimed', 'claimed >= 0 and claimed <= port_count')
export class PortSetEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  cabinetId!: string;
  /** The switch or strip in the cabinet; null = those of the cabinet as a whole. */
  @Column(optionalId)
  deviceHolderId!: string | null;
  @Column(asciiText(14))
  kind!: PortKind;
  @Column({ type: 'varchar', length: 60 })
  label!: string;
  @Column({ type: 'int' })
  portCount!: number;
  @Column({ type: 'int' })
  claimed!: number;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  createdAt!: Date;
}

@Entity('port_claim')
@Unique('uq_port_claim', ['orderId', 'portSetId'])
@Index('ix_port_claim_set', ['portSetId', 'state'])
@Index('ix_port_claim_department', ['departmentId', 'state'])
@Check('ck_port_claim_state', "state in ('WISHED', 'ALLOCATED', 'RELEASED')")
@Check('ck_port_claim_asked', 'asked > 0')
export class PortClaimEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  /** No foreign key to what is counted: each change of a claim would lock the counter's row, and claimers deadlock. */
  @Column(uuidColumn)
  portSetId!: string;
  @Column(uuidColumn)
  orderId!: string;
  @ManyToOne(() => WorkOrderEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_port_claim_order' })
  order?: Relation<WorkOrderEntity>;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ type: 'int' })
  asked!: number;
  @Column(asciiText(10))
  state!: 'WISHED' | 'ALLOCATED' | 'RELEASED';
  @Column(optionalTime)
  claimedAt!: Date | null;
  @Column(optionalTime)
  releasedAt!: Date | null;
}
