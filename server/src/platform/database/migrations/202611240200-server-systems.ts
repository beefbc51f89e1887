import type { Migration } from '../migration.js';

/** A system's servers are listed in a province of many thousands. */
export const serverSystems: Migration = {
  id: '202611240200-server-systems',
  async up({ sql }) {
    await sql('alter table server add key ix_server_system (system_id, asset_number)');
  },
};
