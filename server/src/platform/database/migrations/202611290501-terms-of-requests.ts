import type { Migration } from '../migration.js';

/** Until when what a request asks for is needed; null = long-term, as every request was before. */
export const termsOfRequests: Migration = {
  id: '202611290501-terms-of-requests',
  async up({ sql }) {
    await sql('alter table request add column temporary_until char(10) character set ascii collate ascii_bin null');
  },
};
