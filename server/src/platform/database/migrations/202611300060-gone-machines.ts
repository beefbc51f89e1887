import type { Migration } from '../migration.js';

/** What ended or left in the last days is asked for each hour: by its own keys, and not by reading every machine there ever was. */
export const goneMachines: Migration = {
  id: '202611300060-gone-machines',
  async up({ sql }) {
    await sql(`alter table resource
      add column left_at datetime(3) null after leaving_center_id,
      add key ix_resource_released (center_id, released_at),
      add key ix_resource_left (left_at)`);
    await sql(`update resource r
      join (select resource_id, max(at) as at from resource_event where kind = 'LEFT' group by resource_id) e on e.resource_id = r.id
      set r.left_at = e.at`);
  },
};
