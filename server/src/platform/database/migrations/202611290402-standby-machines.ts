import type { Migration } from '../migration.js';

/** Machines of a recovery share are defined and halted. */
export const standbyMachines: Migration = {
  id: '202611290402-standby-machines',
  async up({ sql }) {
    await sql('alter table resource add column standby tinyint(1) not null default 0 after image_source');
  },
};
