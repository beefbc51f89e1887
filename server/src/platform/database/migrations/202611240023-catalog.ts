import type { Migration } from '../migration.js';

export const catalogTables: Migration = {
  id: '202611240023-catalog',
  async up({ sql }) {
    await sql(`create table offer (
      id char(36) character set ascii collate ascii_bin not null primary key,
      code varchar(63) character set ascii collate ascii_bin not null,
      name varchar(120) not null,
      family varchar(20) not null,
      architecture varchar(10) not null,
      domestic_cpu tinyint(1) not null,
      vcpu int not null,
      memory_mib int not null,
      status varchar(20) not null,
      kept_aside longtext null,
      unique key uq_offer_code (code),
      constraint ck_offer_family check (family in ('GENERAL', 'MEMORY', 'COMPUTE')),
      constraint ck_offer_architecture check (architecture in ('AMD64', 'ARM64')),
      constraint ck_offer_size check (vcpu > 0 and memory_mib > 0),
      constraint ck_offer_status check (status in ('OFFERED', 'WITHDRAWN'))
    ) engine=InnoDB`);
    await sql(`create table image (
      id char(36) character set ascii collate ascii_bin not null primary key,
      code varchar(63) character set ascii collate ascii_bin not null,
      name varchar(120) not null,
      architecture varchar(10) not null,
      source longtext not null,
      minimum_disk_gib int not null,
      status varchar(20) not null,
      unique key uq_image_code (code),
      constraint ck_image_architecture check (architecture in ('AMD64', 'ARM64')),
      constraint ck_image_disk check (minimum_disk_gib > 0),
      constraint ck_image_status check (status in ('OFFERED', 'WITHDRAWN'))
    ) engine=InnoDB`);
  },
};
