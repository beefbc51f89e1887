import type { Migration } from '../migration.js';

/** What a department may hold at once is a rule like those of a resource's life; what it holds is summed at every hold. */
export const heldCap: Migration = {
  id: '202611291510-held-cap',
  async up({ sql }) {
    await sql('insert into life_policy (name, value, version, changed_at, changed_by) values ?', [
      [['HELD_SHARE_PERCENT', 20, 1, new Date('2026-11-29T00:00:00.000Z'), '集云']],
    ]);
    await sql('alter table claim add key ix_claim_department (department_id, state)');
  },
};
