import type { Migration } from '../migration.js';

/** A service that was given back is taken down by people: which order does so, one a line. */
export const endsOfServices: Migration = {
  id: '202611291890-ends-of-services',
  async up({ sql }) {
    await sql(
      'alter table work_order add column ended_line_id char(36) character set ascii collate ascii_bin null after line_id',
    );
    await sql('alter table work_order add unique key uq_work_order_ended_line (ended_line_id)');
  },
};
