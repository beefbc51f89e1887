import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** What the clusters say of their replication objects, and when each cluster was last read whole. */
export const replicationTables: Migration = {
  id: '202611300150-replication',
  async up({ sql }) {
    await sql(`create table replication_report (
      center_id ${ID} not null primary key,
      reported_at datetime(3) not null,
      objects int not null
    ) engine=InnoDB`);
    await sql(`create table replication_object (
      center_id ${ID} not null,
      kind varchar(24) ${ASCII} not null,
      namespace varchar(63) ${ASCII} not null,
      name varchar(253) ${ASCII} not null,
      volume varchar(253) ${ASCII} not null,
      towards varchar(63) ${ASCII} null,
      role varchar(12) ${ASCII} not null,
      last_sync_at datetime(3) null,
      interval_seconds int null,
      problem varchar(300) null,
      primary key (center_id, kind, namespace, name),
      key ix_replication_object_volume (center_id, namespace, volume),
      constraint ck_replication_object_kind check (kind in ('ReplicationSource', 'VolumeReplication')),
      constraint ck_replication_object_role check (role in ('PRIMARY', 'SECONDARY', 'UNKNOWN'))
    ) engine=InnoDB`);
  },
};
