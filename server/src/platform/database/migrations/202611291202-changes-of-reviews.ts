import type { Migration } from '../migration.js';

/** A review that finds a machine too big begins its change request. */
export const changesOfReviews: Migration = {
  id: '202611291202-changes-of-reviews',
  async up({ sql }) {
    await sql('alter table resource_review add column change_id char(36) character set ascii collate ascii_bin null');
  },
};
