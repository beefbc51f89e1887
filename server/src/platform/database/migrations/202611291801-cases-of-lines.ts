import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** 闲置回收 of servers, places in cabinets and services: a case is about a machine or about a line. */
export const casesOfLines: Migration = {
  id: '202611291801-cases-of-lines',
  async up({ sql }) {
    await sql(`alter table reclaim_case
      modify column resource_id ${ID} null,
      add column line_id ${ID} null after resource_id,
      add unique key uq_reclaim_case_line_open (line_id, open),
      add key ix_reclaim_case_line (line_id, opened_at, id),
      add constraint ck_reclaim_case_of check ((resource_id is null) = (line_id is not null))`);
  },
};
