import type { Migration } from '../migration.js';

/** A service runs until somebody ends it; without that, no request with one ever closed. */
export const endedServices: Migration = {
  id: '202611291231-ended-services',
  async up({ sql }) {
    await sql('alter table request_line add column ended_at datetime(3) null');
  },
};
