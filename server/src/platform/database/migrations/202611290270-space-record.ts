import type { Migration } from '../migration.js';

const UUID = 'char(36) character set ascii collate ascii_bin';
const ascii = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

const ENTRY =
  'holder_id, version, at, recorded_at, state, cabinet_id, start_half_unit, height_half_units, face, power_w, weight_grams, label, department_id';
const OF_HOLDER = 'cabinet_id, start_half_unit, height_half_units, face, power_w, weight_grams, label, department_id';

/**
 * The record of space in cabinets: what every holder was, from when. Holders that are there already are taken over with
 * what their row still tells: a move before today left no trace, so each stands where it stands since it was made.
 */
export const spaceRecord: Migration = {
  id: '202611290270-space-record',
  async up({ sql }) {
    await sql(`create table cabinet_holder_event (
      holder_id ${UUID} not null,
      version int not null,
      at datetime(3) not null,
      recorded_at datetime(3) not null,
      state ${ascii(12)} not null,
      cabinet_id ${UUID} not null,
      start_half_unit int not null,
      height_half_units int not null,
      face ${ascii(5)} not null,
      power_w int not null,
      weight_grams int not null,
      label varchar(100) not null,
      department_id ${UUID} null,
      primary key (holder_id, version),
      key ix_cabinet_holder_event_cabinet (cabinet_id, at),
      key ix_cabinet_holder_event_department (department_id, at),
      constraint ck_cabinet_holder_event_state check (state in ('HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED', 'RELEASED')),
      constraint ck_cabinet_holder_event_time check (at <= recorded_at)
    ) engine=InnoDB`);
    await sql(`insert into cabinet_holder_event (${ENTRY})
      select id, version, created_at, created_at, state, ${OF_HOLDER} from cabinet_holder where state <> 'RELEASED'`);
    // A release is at least the second version of a holder; what it was before is not told any more.
    await sql(`insert into cabinet_holder_event (${ENTRY})
      select id, 1, created_at, created_at, case kind when 'BLOCK' then 'BLOCKED' else 'ALLOCATED' end, ${OF_HOLDER}
      from cabinet_holder where state = 'RELEASED' and version > 1`);
    await sql(`insert into cabinet_holder_event (${ENTRY})
      select id, version, released_at, released_at, state, ${OF_HOLDER} from cabinet_holder where state = 'RELEASED'`);
  },
};
