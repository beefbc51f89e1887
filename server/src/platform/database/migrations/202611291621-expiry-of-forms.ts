import type { Migration } from '../migration.js';

/** Half-filled forms that nobody goes on with are removed, the longest untouched first. */
export const expiryOfForms: Migration = {
  id: '202611291621-expiry-of-forms',
  async up({ sql }) {
    await sql('alter table unfinished_form add key ix_unfinished_form_saved (saved_at)');
  },
};
