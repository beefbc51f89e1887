import type { Migration } from '../migration.js';

/** A table of lines may be of one service alone: each of its questions is a column. */
export const tablesOfServices: Migration = {
  id: '202611291620-tables-of-services',
  async up({ sql }) {
    await sql(
      'alter table line_batch add column service_id char(36) character set ascii collate ascii_bin null after kind',
    );
  },
};
