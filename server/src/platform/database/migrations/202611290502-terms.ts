import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** Wishes to lengthen a term, and yearly reviews. */
export const termTables: Migration = {
  id: '202611290502-terms',
  async up({ sql }) {
    await sql(`create table term_extension (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      state varchar(20) ${ASCII} not null,
      from_until char(10) ${ASCII} not null,
      to_until char(10) ${ASCII} null,
      by_rule tinyint(1) not null,
      reason varchar(500) not null,
      asked_at datetime(3) not null,
      asked_by_id ${ID} not null,
      asked_by_name varchar(100) not null,
      decided_at datetime(3) null,
      decided_by_name varchar(100) null,
      opinion varchar(500) null,
      version int not null,
      open tinyint null,
      unique key uq_term_extension_open (resource_id, open),
      key ix_term_extension_resource (resource_id, asked_at, id),
      key ix_term_extension_state (state, asked_at, id),
      constraint ck_term_extension_state check (state in ('ASKED', 'GRANTED', 'REFUSED', 'WITHDRAWN')),
      constraint ck_term_extension_open check ((state = 'ASKED') = (open is not null))
    ) engine=InnoDB`);
    await sql(`create table resource_review (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      at datetime(3) not null,
      by_id ${ID} not null,
      by_name varchar(100) not null,
      outcome varchar(20) ${ASCII} not null,
      note varchar(500) not null,
      key ix_resource_review_resource (resource_id, at, id),
      constraint ck_resource_review_outcome check (outcome in ('IN_USE', 'SHRINK', 'GIVE_BACK'))
    ) engine=InnoDB`);
  },
};
