import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const CODE = 'varchar(30) character set ascii collate ascii_bin';

/** A change says of a service what it was; the line that it changes is kept for one change at a time. */
export const changesOfServices: Migration = {
  id: '202611291600-changes-of-services',
  async up({ sql }) {
    await sql(`alter table request_line
      add column from_count int null,
      add column from_answers longtext null,
      add column open_change_id ${ID} null,
      add column open_change_code ${CODE} null,
      add key ix_request_line_changed (changed_line_id),
      add key ix_request_line_change (open_change_id)`);
  },
};
