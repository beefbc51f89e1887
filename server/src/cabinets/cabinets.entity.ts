import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { CabinetStatus, RowOrientation } from './domain/cabinet.js';
import type { Face, HolderKind, HolderState } from './domain/holder.js';
import type { Numbering } from './domain/units.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const int = { type: 'int' } as const;
const nullableInt = { type: 'int', nullable: true } as const;

@Entity('room')
@Unique('uq_room_code', ['centerId', 'code'])
@Check('ck_room_plan', 'width_tiles > 0 and depth_tiles > 0')
export class RoomEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column(asciiText(40))
  code!: string;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(int)
  widthTiles!: number;
  @Column(int)
  depthTiles!: number;
  @Column(int)
  version!: number;
}

/** weight_grams is a counter: cabinets and what they hold, kept in the transaction that changes either. */
@Entity('cabinet_row')
@Unique('uq_cabinet_row_code', ['roomId', 'code'])
@Check('ck_cabinet_row_orientation', "orientation in ('ACROSS', 'DOWN')")
@Check('ck_cabinet_row_floor', 'weight_grams >= 0 and (floor_limit_grams is null or weight_grams <= floor_limit_grams)')
export class CabinetRowEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  roomId!: string;
  @ManyToOne(() => RoomEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'room_id', foreignKeyConstraintName: 'fk_cabinet_row_room' })
  room?: Relation<RoomEntity>;
  @Column(asciiText(40))
  code!: string;
  @Column(int)
  planX!: number;
  @Column(int)
  planY!: number;
  @Column(asciiText(12))
  orientation!: RowOrientation;
  @Column(nullableInt)
  floorLimitGrams!: number | null;
  @Column(int)
  weightGrams!: number;
  @Column(int)
  version!: number;
}

/** From used_half_units on: counters, kept in the transaction that changes a holder, and equal to a recount. */
@Entity('cabinet')
@Unique('uq_cabinet_code', ['roomId', 'code'])
@Index('ix_cabinet_row', ['rowId', 'position'])
@Index('ix_cabinet_center', ['centerId', 'zone'])
@Index('ix_cabinet_order', ['code', 'id'])
@Index('ix_cabinet_department', ['departmentId'])
@Check('ck_cabinet_numbering', "numbering in ('ASCENDING', 'DESCENDING')")
@Check('ck_cabinet_status', "status in ('PLANNED', 'IN_SERVICE', 'CLOSED', 'RETIRED')")
@Check('ck_cabinet_zone', "zone in ('GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE')")
@Check('ck_cabinet_frame', 'height_units between 1 and 100 and starting_unit >= 1')
@Check(
  'ck_cabinet_units',
  'used_half_units >= 0 and held_half_units >= 0 and blocked_half_units >= 0 and free_half_units >= 0 and used_half_units + held_half_units + blocked_half_units + free_half_units = height_units * 2',
)
@Check('ck_cabinet_power', 'power_w between 0 and power_limit_w')
@Check('ck_cabinet_weight', 'weight_grams between 0 and weight_limit_grams')
export class CabinetEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column(uuidColumn)
  roomId!: string;
  @Column(uuidColumn)
  rowId!: string;
  @ManyToOne(() => CabinetRowEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'row_id', foreignKeyConstraintName: 'fk_cabinet_row' })
  row?: Relation<CabinetRowEntity>;
  @Column(asciiText(40))
  code!: string;
  @Column(int)
  position!: number;
  @Column(int)
  planX!: number;
  @Column(int)
  planY!: number;
  @Column(int)
  heightUnits!: number;
  @Column(int)
  startingUnit!: number;
  @Column(asciiText(12))
  numbering!: Numbering;
  @Column(int)
  widthMm!: number;
  @Column(int)
  depthMm!: number;
  @Column(nullableInt)
  feedAWatts!: number | null;
  @Column(nullableInt)
  feedBWatts!: number | null;
  @Column(int)
  deratingPercent!: number;
  @Column(int)
  powerLimitW!: number;
  @Column(int)
  weightLimitGrams!: number;
  @Column(int)
  ownWeightGrams!: number;
  @Column(asciiText(30))
  zone!: NetworkZone;
  @Column(asciiText(12))
  status!: CabinetStatus;
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  ownerHolderId!: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true })
  rackType!: string | null;
  @Column(int)
  version!: number;
  @Column(int)
  usedHalfUnits!: number;
  @Column(int)
  heldHalfUnits!: number;
  @Column(int)
  blockedHalfUnits!: number;
  @Column(int)
  freeHalfUnits!: number;
  @Column(int)
  longestFullHalfUnits!: number;
  @Column(int)
  longestFrontHalfUnits!: number;
  @Column(int)
  longestRearHalfUnits!: number;
  @Column(int)
  powerW!: number;
  @Column(int)
  weightGrams!: number;
}

/** What stands or is promised somewhere. Released ones stay as history. */
@Entity('cabinet_holder')
@Unique('uq_cabinet_holder_thing', ['activeSubjectId'])
@Unique('uq_cabinet_holder_plan', ['activePlanForId'])
@Index('ix_cabinet_holder_cabinet', ['cabinetId', 'state'])
@Index('ix_cabinet_holder_department', ['departmentId', 'state'])
@Index('ix_cabinet_holder_subject', ['subjectId'])
@Index('ix_cabinet_holder_expiry', ['state', 'heldUntil'])
@Check('ck_cabinet_holder_state', "state in ('HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED', 'RELEASED')")
@Check('ck_cabinet_holder_face', "face in ('FRONT', 'REAR', 'BOTH')")
@Check(
  'ck_cabinet_holder_size',
  'start_half_unit >= 0 and height_half_units >= 0 and power_w >= 0 and weight_grams >= 0',
)
@Check('ck_cabinet_holder_blocked', "(state <> 'BLOCKED') or (reason is not null)")
@Check('ck_cabinet_holder_ended', "(state = 'RELEASED') = (released_at is not null)")
export class CabinetHolderEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  cabinetId!: string;
  @Column(asciiText(12))
  state!: Exclude<HolderState, 'FREE'>;
  @Column(int)
  startHalfUnit!: number;
  @Column(int)
  heightHalfUnits!: number;
  @Column(asciiText(5))
  face!: Face;
  @Column(int)
  powerW!: number;
  @Column(int)
  weightGrams!: number;
  @Column({ type: 'varchar', length: 100 })
  label!: string;
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column(asciiText(12))
  kind!: HolderKind;
  @Column({ ...uuidColumn, nullable: true })
  subjectId!: string | null;
  /** The subject while it is live, of kinds that have one place only: one thing in two places is impossible. */
  @Column({ ...uuidColumn, nullable: true })
  activeSubjectId!: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true })
  reason!: string | null;
  @Column({ ...timeColumn, nullable: true })
  heldUntil!: Date | null;
  @Column({ ...uuidColumn, nullable: true })
  plannedForId!: string | null;
  /** The thing that it is planned for, while the plan is live: one thing has one plan. */
  @Column({ ...uuidColumn, nullable: true })
  activePlanForId!: string | null;
  /** Room that is kept for another place in the same cabinet to grow into. */
  @Column({ ...uuidColumn, nullable: true })
  growsHolderId!: string | null;
  /** Since when and from where, of what was used before the console knew of it. */
  @Column({ ...timeColumn, nullable: true })
  usedSince!: Date | null;
  @Column({ type: 'varchar', length: 60, nullable: true })
  sourcePlatform!: string | null;
  @Column(int)
  version!: number;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  releasedAt!: Date | null;
}

/**
 * The record of space, append-only: what a holder was from `at` until its next version. `recorded_at` is when it was
 * written; something that has stood there since before the console has an earlier `at`.
 */
@Entity('cabinet_holder_event')
@Index('ix_cabinet_holder_event_cabinet', ['cabinetId', 'at'])
@Index('ix_cabinet_holder_event_department', ['departmentId', 'at'])
@Check('ck_cabinet_holder_event_state', "state in ('HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED', 'RELEASED')")
@Check('ck_cabinet_holder_event_time', 'at <= recorded_at')
export class CabinetHolderEventEntity {
  @PrimaryColumn(uuidColumn)
  holderId!: string;
  @PrimaryColumn(int)
  version!: number;
  @Column(timeColumn)
  at!: Date;
  @Column(timeColumn)
  recordedAt!: Date;
  @Column(asciiText(12))
  state!: Exclude<HolderState, 'FREE'>;
  @Column(uuidColumn)
  cabinetId!: string;
  @Column(int)
  startHalfUnit!: number;
  @Column(int)
  heightHalfUnits!: number;
  @Column(asciiText(5))
  face!: Face;
  @Column(int)
  powerW!: number;
  @Column(int)
  weightGrams!: number;
  @Column({ type: 'varchar', length: 100 })
  label!: string;
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
}

/** One half-unit of one face. The primary key is why two things never stand in one place. */
@Entity('cabinet_slot')
@Check('ck_cabinet_slot_face', "face in ('FRONT', 'REAR')")
export class CabinetSlotEntity {
  @PrimaryColumn(uuidColumn)
  cabinetId!: string;
  @PrimaryColumn(int)
  halfUnit!: number;
  @PrimaryColumn(asciiText(5))
  face!: 'FRONT' | 'REAR';
  @Column(uuidColumn)
  holderId!: string;
}
