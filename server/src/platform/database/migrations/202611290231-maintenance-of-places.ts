import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Windows that take a room, a cabinet row or a cabinet away, or one of its feeds. */
export const maintenanceOfPlaces: Migration = {
  id: '202611290231-maintenance-of-places',
  async up({ sql }) {
    await sql(`alter table maintenance_window modify column pool_id ${ID} null`);
    await sql(`alter table maintenance_window add column place_id ${ID} null`);
    await sql('alter table maintenance_window add column place_label varchar(120) null');
    await sql('alter table maintenance_window add column feed char(1) character set ascii collate ascii_bin null');
    await sql('alter table maintenance_window add key ix_maintenance_place (place_id, state)');
    await sql('alter table maintenance_window add key ix_maintenance_center (center_id, state)');
    await sql('alter table maintenance_window drop constraint ck_maintenance_extent');
    await sql(`alter table maintenance_window add constraint ck_maintenance_extent check (
      (extent = 'WHOLE_POOL' and nodes is null and pool_id is not null and place_id is null and feed is null)
      or (extent = 'POOL_NODES' and nodes > 0 and pool_id is not null and place_id is null and feed is null)
      or (extent in ('ROOM', 'CABINET_ROW', 'CABINET') and nodes is null and pool_id is null and place_id is not null))`);
    await sql("alter table maintenance_window add constraint ck_maintenance_feed check (feed in ('A', 'B'))");
  },
};
