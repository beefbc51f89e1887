import type { Migration } from '../migration.js';

const UUID = 'char(36) character set ascii collate ascii_bin';
const ascii = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/**
 * Rooms, rows, cabinets and their half-units. No foreign key joins slots or holders to a cabinet: it is the counter of its
 * own space, and hot rows stay alone.
 */
export const cabinetTables: Migration = {
  id: '202611240110-cabinets',
  async up({ sql }) {
    await sql(`create table room (
      id ${UUID} not null primary key,
      center_id ${UUID} not null,
      code ${ascii(40)} not null,
      name varchar(60) not null,
      width_tiles int not null,
      depth_tiles int not null,
      version int not null,
      unique key uq_room_code (center_id, code),
      constraint ck_room_plan check (width_tiles > 0 and depth_tiles > 0)
    ) engine=InnoDB`);
    await sql(`create table cabinet_row (
      id ${UUID} not null primary key,
      room_id ${UUID} not null,
      code ${ascii(40)} not null,
      plan_x int not null,
      plan_y int not null,
      orientation ${ascii(12)} not null,
      floor_limit_grams int null,
      weight_grams int not null,
      version int not null,
      unique key uq_cabinet_row_code (room_id, code),
      constraint fk_cabinet_row_room foreign key (room_id) references room (id) on delete restrict on update no action,
      constraint ck_cabinet_row_orientation check (orientation in ('ACROSS', 'DOWN')),
      constraint ck_cabinet_row_floor check (weight_grams >= 0 and (floor_limit_grams is null or weight_grams <= floor_limit_grams))
    ) engine=InnoDB`);
    await sql(`create table cabinet (
      id ${UUID} not null primary key,
      center_id ${UUID} not null,
      room_id ${UUID} not null,
      row_id ${UUID} not null,
      code ${ascii(40)} not null,
      position int not null,
      plan_x int not null,
      plan_y int not null,
      height_units int not null,
      starting_unit int not null,
      numbering ${ascii(12)} not null,
      width_mm int not null,
      depth_mm int not null,
      feed_a_watts int null,
      feed_b_watts int null,
      derating_percent int not null,
      power_limit_w int not null,
      weight_limit_grams int not null,
      own_weight_grams int not null,
      zone ${ascii(30)} not null,
      status ${ascii(12)} not null,
      department_id ${UUID} null,
      rack_type varchar(120) null,
      version int not null,
      used_half_units int not null,
      held_half_units int not null,
      blocked_half_units int not null,
      free_half_units int not null,
      longest_full_half_units int not null,
      longest_front_half_units int not null,
      longest_rear_half_units int not null,
      power_w int not null,
      weight_grams int not null,
      unique key uq_cabinet_code (room_id, code),
      key ix_cabinet_row (row_id, position),
      key ix_cabinet_center (center_id, zone),
      key ix_cabinet_order (code, id),
      key ix_cabinet_department (department_id),
      constraint fk_cabinet_row foreign key (row_id) references cabinet_row (id) on delete restrict on update no action,
      constraint ck_cabinet_numbering check (numbering in ('ASCENDING', 'DESCENDING')),
      constraint ck_cabinet_status check (status in ('PLANNED', 'IN_SERVICE', 'CLOSED', 'RETIRED')),
      constraint ck_cabinet_zone check (zone in ('GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE')),
      constraint ck_cabinet_frame check (height_units between 1 and 100 and starting_unit >= 1),
      constraint ck_cabinet_units check (used_half_units >= 0 and held_half_units >= 0 and blocked_half_units >= 0 and free_half_units >= 0
        and used_half_units + held_half_units + blocked_half_units + free_half_units = height_units * 2),
      constraint ck_cabinet_power check (power_w between 0 and power_limit_w),
      constraint ck_cabinet_weight check (weight_grams between 0 and weight_limit_grams)
    ) engine=InnoDB`);
    await sql(`create table cabinet_holder (
      id ${UUID} not null primary key,
      cabinet_id ${UUID} not null,
      state ${ascii(12)} not null,
      start_half_unit int not null,
      height_half_units int not null,
      face ${ascii(5)} not null,
      power_w int not null,
      weight_grams int not null,
      label varchar(100) not null,
      department_id ${UUID} null,
      kind ${ascii(12)} not null,
      subject_id ${UUID} null,
      active_subject_id ${UUID} null,
      reason varchar(200) null,
      held_until datetime(3) null,
      planned_for_id ${UUID} null,
      version int not null,
      created_at datetime(3) not null,
      released_at datetime(3) null,
      unique key uq_cabinet_holder_thing (active_subject_id),
      key ix_cabinet_holder_cabinet (cabinet_id, state),
      key ix_cabinet_holder_department (department_id, state),
      key ix_cabinet_holder_subject (subject_id),
      key ix_cabinet_holder_plan (planned_for_id),
      key ix_cabinet_holder_expiry (state, held_until),
      constraint ck_cabinet_holder_state check (state in ('HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED', 'RELEASED')),
      constraint ck_cabinet_holder_face check (face in ('FRONT', 'REAR', 'BOTH')),
      constraint ck_cabinet_holder_size check (start_half_unit >= 0 and height_half_units >= 0 and power_w >= 0 and weight_grams >= 0),
      constraint ck_cabinet_holder_blocked check ((state <> 'BLOCKED') or (reason is not null)),
      constraint ck_cabinet_holder_ended check ((state = 'RELEASED') = (released_at is not null))
    ) engine=InnoDB`);
    await sql(`create table cabinet_slot (
      cabinet_id ${UUID} not null,
      half_unit int not null,
      face ${ascii(5)} not null,
      holder_id ${UUID} not null,
      primary key (cabinet_id, half_unit, face),
      constraint ck_cabinet_slot_face check (face in ('FRONT', 'REAR'))
    ) engine=InnoDB`);
  },
};
