import type { Migration } from '../migration.js';

/** A signal that was never good is not bad before it has been so for its time. What was read before this stands as it is. */
export const firstLevels: Migration = {
  id: '202611300501-first-levels',
  async up({ sql }) {
    await sql('alter table dr_signal add column if not exists settled tinyint not null default 1');
  },
};
