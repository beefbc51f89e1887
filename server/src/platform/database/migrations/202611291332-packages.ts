import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Packages that requests begin with, and every version of them that was offered. */
export const packageTables: Migration = {
  id: '202611291332-packages',
  async up({ sql }) {
    await sql(`create table request_package (
      id ${ID} not null primary key,
      state varchar(10) character set ascii collate ascii_bin not null,
      version int not null,
      content longtext not null,
      number int null,
      published longtext null,
      published_at datetime(3) null,
      published_by varchar(100) null,
      constraint ck_request_package_state check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN'))
    ) engine=InnoDB`);
    await sql(`create table request_package_version (
      id ${ID} not null primary key,
      package_id ${ID} not null,
      number int not null,
      content longtext not null,
      published_at datetime(3) not null,
      published_by varchar(100) not null,
      unique key uq_request_package_version (package_id, number),
      constraint fk_request_package_version_package foreign key (package_id) references request_package (id)
        on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
