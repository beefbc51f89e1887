import type { Migration } from '../migration.js';

/** Of a line of machines: how it stands to other lines, and the pools that were compared for it with their scores. */
export const lineCandidates: Migration = {
  id: '202611291011-line-candidates',
  async up({ sql }) {
    await sql('alter table request_line add column candidates longtext null, add column relations longtext null');
  },
};
