import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';

/** Resources that ran before the console: observed or written down, not driven; and what clusters have beside the record. */
export const takenInResources: Migration = {
  id: '202611240191-taken-in-resources',
  async up({ sql }) {
    await sql(`alter table resource
      modify column offer_id char(36) ${ASCII} null,
      modify column image_id char(36) ${ASCII} null,
      add column object_namespace varchar(63) ${ASCII} not null default '',
      add column management varchar(20) ${ASCII} not null default 'DRIVEN',
      add column origin varchar(20) ${ASCII} not null default 'REQUEST',
      add column presence varchar(20) ${ASCII} not null default 'UNKNOWN',
      add column actual_vcpu int null,
      add column actual_memory_mib int null`);
    await sql("update resource set object_namespace = concat('dept-', department_code)");
    await sql('alter table resource drop index uq_resource_object');
    await sql('alter table resource add unique key uq_resource_object (center_id, object_namespace, object_name)');
    await sql('alter table resource add key ix_resource_management (center_id, management, presence)');
    await sql(
      "alter table resource add constraint ck_resource_management check (management in ('DRIVEN', 'OBSERVED', 'RECORDED'))",
    );
    await sql("alter table resource add constraint ck_resource_origin check (origin in ('REQUEST', 'INTAKE'))");
    await sql(
      "alter table resource add constraint ck_resource_presence check (presence in ('UNKNOWN', 'SEEN', 'MISSING'))",
    );
    await sql(`create table unrecorded_machine (
      id char(36) ${ASCII} not null primary key,
      center_id char(36) ${ASCII} not null,
      namespace varchar(63) ${ASCII} not null,
      name varchar(253) ${ASCII} not null,
      uid varchar(64) ${ASCII} not null,
      vcpu int null,
      memory_mib int null,
      power varchar(20) ${ASCII} not null,
      claimed_resource_id varchar(64) ${ASCII} null,
      first_seen_at datetime(3) not null,
      unique key uq_unrecorded_machine_object (center_id, namespace, name),
      key ix_unrecorded_machine_seen (first_seen_at, id)
    ) engine=InnoDB`);
  },
};
