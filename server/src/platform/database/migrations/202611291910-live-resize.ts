import type { Migration } from '../migration.js';

/** Machines that get another size while they run: how much room what runs has, and whether a resize may start its machine anew. */
export const liveResize: Migration = {
  id: '202611291910-live-resize',
  async up({ sql }) {
    // Of what is under way now somebody agreed to a restart: there was no other way.
    await sql(`alter table resource
      add column restart_agreed tinyint(1) not null default 1 after former_memory_mib,
      add column live_room longtext null after restart_agreed`);
  },
};
