import type { Migration } from '../migration.js';

export const facilityTables: Migration = {
  id: '202611240022-facilities',
  async up({ sql }) {
    await sql(`create table center (
      id char(36) character set ascii collate ascii_bin not null primary key,
      code varchar(40) character set ascii collate ascii_bin not null,
      name varchar(60) not null,
      role varchar(20) not null,
      life varchar(20) not null,
      unique key uq_center_code (code),
      constraint ck_center_role check (role in ('ACTIVE_A', 'ACTIVE_B', 'RECOVERY')),
      constraint ck_center_life check (life in ('PLANNED', 'BUILDING', 'TRIAL', 'IN_SERVICE', 'STOPPED'))
    ) engine=InnoDB`);
    await sql(`create table cluster (
      id char(36) character set ascii collate ascii_bin not null primary key,
      center_id char(36) character set ascii collate ascii_bin not null,
      name varchar(60) not null,
      reach varchar(20) not null,
      observed_at datetime(3) null,
      unique key uq_cluster_center (center_id),
      constraint fk_cluster_center foreign key (center_id) references center (id) on delete restrict on update no action,
      constraint ck_cluster_reach check (reach in ('REACHABLE', 'STALE', 'UNREACHABLE', 'UNKNOWN'))
    ) engine=InnoDB`);
    await sql(`create table pool (
      id char(36) character set ascii collate ascii_bin not null primary key,
      code varchar(40) character set ascii collate ascii_bin not null,
      cluster_id char(36) character set ascii collate ascii_bin not null,
      kind varchar(20) not null,
      architecture varchar(10) not null,
      zone varchar(30) not null,
      processor varchar(60) not null,
      vcpu_overcommit_percent smallint not null,
      present_vcpu int null,
      present_memory_mib bigint null,
      present_ssd_gib bigint null,
      present_hdd_gib bigint null,
      largest_machine_vcpu int null,
      largest_machine_memory_mib int null,
      unique key uq_pool_code (code),
      key ix_pool_cluster (cluster_id),
      constraint fk_pool_cluster foreign key (cluster_id) references cluster (id) on delete restrict on update no action,
      constraint ck_pool_kind check (kind in ('DRIVEN', 'RECORDED')),
      constraint ck_pool_architecture check (architecture in ('AMD64', 'ARM64')),
      constraint ck_pool_zone check (zone in ('GOVERNMENT_EXTRANET', 'INTERNET')),
      constraint ck_pool_overcommit check (vcpu_overcommit_percent between 100 and 1000)
    ) engine=InnoDB`);
  },
};
