import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Snapshots of machines, as their clusters have them. */
export const snapshotsOfMachines: Migration = {
  id: '202611291701-snapshots-of-machines',
  async up({ sql }) {
    await sql(`create table resource_snapshot (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      number int not null,
      name varchar(60) not null,
      state varchar(20) character set ascii collate ascii_bin not null,
      disk_gib int not null,
      indications longtext null,
      trouble varchar(300) null,
      restores int not null default 0,
      created_at datetime(3) not null,
      created_by varchar(100) not null,
      ready_at datetime(3) null,
      unique key uq_resource_snapshot_number (resource_id, number),
      key ix_resource_snapshot_state (state, resource_id),
      constraint fk_resource_snapshot_resource foreign key (resource_id) references resource (id) on delete restrict on update no action,
      constraint ck_resource_snapshot_state check (state in ('MAKING', 'READY', 'FAILED', 'DELETING', 'GONE'))
    ) engine=InnoDB`);
  },
};
