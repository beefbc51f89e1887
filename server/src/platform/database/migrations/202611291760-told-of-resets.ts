import type { Migration } from '../migration.js';

/** Any applicant of the department may have a password set anew: whose it is, and that he was told, is kept. */
export const toldOfResets: Migration = {
  id: '202611291760-told-of-resets',
  async up({ sql }) {
    await sql(`alter table login_reset
      add column asked_by_id char(36) character set ascii collate ascii_bin null,
      add column told_at datetime(3) null`);
    await sql('create index ix_login_reset_told on login_reset (told_at, destroyed_at, revealed_at, applied_at)');
  },
};
