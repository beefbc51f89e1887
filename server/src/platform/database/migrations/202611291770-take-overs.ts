import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** Machines of the time before that the console goes on to drive: what two people were shown and signed, and what it owns since. */
export const takeOvers: Migration = {
  id: '202611291770-take-overs',
  async up({ sql }) {
    await sql('alter table resource add column taken_over longtext null');
    await sql(`create table take_over (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      state varchar(12) ${ASCII} not null,
      version int not null,
      shown longtext not null,
      shown_hash char(64) ${ASCII} not null,
      proposed_by_id ${ID} not null,
      proposed_by_name varchar(100) not null,
      proposed_at datetime(3) not null,
      decided_by_id ${ID} null,
      decided_by_name varchar(100) null,
      decided_at datetime(3) null,
      opinion varchar(500) null,
      live tinyint null,
      unique key uq_take_over_live (resource_id, live),
      key ix_take_over_resource (resource_id, proposed_at, id),
      constraint ck_take_over_state check (state in ('PROPOSED', 'APPROVED', 'RETURNED', 'WITHDRAWN')),
      constraint ck_take_over_live check ((live is null) = (state <> 'PROPOSED')),
      constraint ck_take_over_persons check (state not in ('APPROVED', 'RETURNED') or decided_by_id <> proposed_by_id)
    ) engine=InnoDB`);
  },
};
