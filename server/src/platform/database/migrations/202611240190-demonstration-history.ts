import type { Migration } from '../migration.js';

/** How large a past the made-up province has, and how many pieces of it are written. */
export const demonstrationHistory: Migration = {
  id: '202611240190-demonstration-history',
  async up({ sql }) {
    await sql(`alter table demonstration
      add column history_machines int null,
      add column history_months int null,
      add column history_until datetime(3) null,
      add column history_pieces int not null default 0,
      add column history_complete tinyint not null default 0`);
  },
};
