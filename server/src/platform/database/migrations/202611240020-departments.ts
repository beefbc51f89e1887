import type { Migration } from '../migration.js';

export const departmentTables: Migration = {
  id: '202611240020-departments',
  async up({ sql }) {
    await sql(`create table department (
      id char(36) character set ascii collate ascii_bin not null primary key,
      code varchar(30) character set ascii collate ascii_bin not null,
      name varchar(80) not null,
      level varchar(10) not null,
      parent_id char(36) character set ascii collate ascii_bin null,
      path varchar(160) character set ascii collate ascii_bin not null,
      unique key uq_department_code (code),
      unique key uq_department_path (path),
      key ix_department_parent (parent_id),
      constraint fk_department_parent foreign key (parent_id) references department (id) on delete restrict on update no action,
      constraint ck_department_level check (level in ('PROVINCE', 'CITY', 'BUREAU')),
      constraint ck_department_bureau check ((level = 'BUREAU') = (parent_id is not null))
    ) engine=InnoDB`);
  },
};
