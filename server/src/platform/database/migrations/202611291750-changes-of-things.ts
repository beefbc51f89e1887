import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/** Changes of places in cabinets and of servers: what each becomes, what a place was, and room that is kept for it to grow into. */
export const changesOfThings: Migration = {
  id: '202611291750-changes-of-things',
  async up({ sql }) {
    await sql(`alter table cabinet_holder add column grows_holder_id ${ID} null`);
    await sql(`alter table request_line
      add column from_half_units int null,
      add column from_power_w int null,
      add column from_weight_grams int null`);
    await sql(`create table request_item_change (
      id ${ID} not null,
      request_id ${ID} not null,
      line_id ${ID} not null,
      item_id ${ID} not null,
      subject_id ${ID} not null,
      what ${WORD(8)} not null,
      from_half_units int not null,
      from_power_w int not null,
      from_weight_grams int not null,
      to_half_units int not null,
      to_power_w int not null,
      to_weight_grams int not null,
      from_fen bigint not null,
      to_fen bigint not null,
      state ${WORD(10)} not null,
      done_at datetime(3) null,
      done_number int null,
      primary key (id),
      unique key uq_request_item_change_item (request_id, item_id),
      unique key uq_request_item_change_number (item_id, done_number),
      key ix_request_item_change_subject (subject_id, state),
      key fk_request_item_change_line (line_id),
      constraint fk_request_item_change_request foreign key (request_id) references request (id) on delete restrict on update no action,
      constraint fk_request_item_change_line foreign key (line_id) references request_line (id) on delete cascade on update no action,
      constraint ck_request_item_change_what check (what in ('RESIZE', 'MAKE', 'LEAVE')),
      constraint ck_request_item_change_state check (state in ('ASKED', 'UNDERWAY', 'DONE')),
      constraint ck_request_item_change_done check ((state = 'DONE') = (done_at is not null) and (done_at is null) = (done_number is null)),
      constraint ck_request_item_change_size check (to_half_units >= 0 and to_power_w >= 0 and to_weight_grams >= 0)
    )`);
  },
};
