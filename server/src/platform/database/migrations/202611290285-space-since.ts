import type { Migration } from '../migration.js';

/**
 * Holders that were taken over into the record of space (202611290270) stand there since they were written down; where it
 * is known since when a thing had stood in its place before that, its first line begins then.
 */
export const spaceSince: Migration = {
  id: '202611290285-space-since',
  async up({ sql }) {
    await sql(`update cabinet_holder_event e
      join (select holder_id, min(version) as version from cabinet_holder_event group by holder_id) first_line
        on first_line.holder_id = e.holder_id and first_line.version = e.version
      join cabinet_holder h on h.id = e.holder_id
      set e.at = least(e.at, h.used_since) where h.used_since is not null`);
  },
};
