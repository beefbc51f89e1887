import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Forms that are still being filled in: kept as they were typed, beside the drafts. */
export const unfinishedForms: Migration = {
  id: '202611291331-unfinished-forms',
  async up({ sql }) {
    await sql(`create table unfinished_form (
      id ${ID} not null primary key,
      request_id ${ID} null,
      request_version int null,
      owner_id ${ID} not null,
      owner_name varchar(100) not null,
      start_key varchar(64) character set ascii collate ascii_bin not null,
      form longtext not null,
      version int not null,
      saved_at datetime(3) not null,
      unique key uq_unfinished_form_request (request_id),
      unique key uq_unfinished_form_start (owner_id, start_key),
      key ix_unfinished_form_owner (owner_id, saved_at)
    ) engine=InnoDB`);
  },
};
