import type { Migration } from '../migration.js';

/**
 * Places that were taken in before the space record was kept began in it on the day of their booking. They stood there since
 * their real first day, which the holder tells; its first line begins there, and what came after stays where it is.
 */
export const takenInSpaceSince: Migration = {
  id: '202611290280-taken-in-space-since',
  async up({ sql }) {
    await sql(`update cabinet_holder_event e
      join (select holder_id, min(version) as version from cabinet_holder_event group by holder_id) first_line
        on first_line.holder_id = e.holder_id and first_line.version = e.version
      join cabinet_holder h on h.id = e.holder_id and h.used_since is not null
      set e.at = least(e.at, h.used_since)`);
  },
};
