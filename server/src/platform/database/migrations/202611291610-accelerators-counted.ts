import type { Migration } from '../migration.js';

/**
 * Accelerators are a quota like any other: every quota that is there begins with what lives of them, so that what is given
 * back later finds what was taken. Servers and places that a department holds are summed at every hold.
 */
export const acceleratorsCounted: Migration = {
  id: '202611291610-accelerators-counted',
  async up({ sql }) {
    await sql(
      `insert ignore into capacity_counter (kind, subject_id, meter, limit_amount, live_amount)
       select 'QUOTA', q.subject_id, 'ACCELERATOR', ?, coalesce((
         select sum(p.pieces) from claim c
         join json_table(json_extract(c.accelerators, '$.*'), '$[*]' columns (pieces int path '$')) p
         where c.state <> 'RELEASED' and c.accelerators is not null and find_in_set(q.subject_id, c.quota_ids) > 0), 0)
       from (select distinct subject_id from capacity_counter where kind = 'QUOTA') q`,
      [Number.MAX_SAFE_INTEGER],
    );
    await sql('alter table item_claim add key ix_item_claim_department (department_id, state)');
  },
};
