import type { Migration } from '../migration.js';

/** What people wish of a machine's power and its disks, and which side did what to it. */
export const powerOfMachines: Migration = {
  id: '202611291700-power-of-machines',
  async up({ sql }) {
    await sql(`alter table resource
      add column wished_power varchar(20) character set ascii collate ascii_bin not null default 'ON',
      add column instance_uid varchar(64) character set ascii collate ascii_bin null,
      add column restart_uid varchar(64) character set ascii collate ascii_bin null,
      add column restoring_snapshot_id char(36) character set ascii collate ascii_bin null,
      add constraint ck_resource_wished_power check (wished_power in ('ON', 'OFF'))`);
    await sql(`alter table resource_event
      add column side varchar(20) character set ascii collate ascii_bin null,
      add column organisation varchar(100) null,
      add column reason varchar(500) null,
      add constraint ck_resource_event_side check (side is null or side in ('DEPARTMENT', 'VENDOR', 'PROVIDER'))`);
  },
};
