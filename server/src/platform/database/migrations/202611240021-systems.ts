import type { Migration } from '../migration.js';

export const systemTables: Migration = {
  id: '202611240021-systems',
  async up({ sql }) {
    await sql(`create table government_system (
      id char(36) character set ascii collate ascii_bin not null primary key,
      code varchar(40) character set ascii collate ascii_bin not null,
      name varchar(120) not null,
      department_id char(36) character set ascii collate ascii_bin not null,
      protection_level tinyint not null,
      local_mode varchar(20) not null,
      remote_mode varchar(20) not null,
      filed tinyint(1) not null,
      frozen tinyint(1) not null,
      unique key uq_government_system_code (code),
      key ix_government_system_department (department_id),
      constraint ck_government_system_level check (protection_level between 1 and 3),
      constraint ck_government_system_local check (local_mode in ('SINGLE', 'DUAL_ACTIVE')),
      constraint ck_government_system_remote check (remote_mode in ('NONE', 'DATA', 'APPLICATION'))
    ) engine=InnoDB`);
    await sql(`create table project (
      id char(36) character set ascii collate ascii_bin not null primary key,
      code varchar(40) character set ascii collate ascii_bin not null,
      name varchar(160) not null,
      department_id char(36) character set ascii collate ascii_bin not null,
      budget_year smallint not null,
      fund_source varchar(60) not null,
      unique key uq_project_code (code),
      key ix_project_department (department_id),
      constraint ck_project_year check (budget_year between 2000 and 2100)
    ) engine=InnoDB`);
    await sql(`create table system_project (
      system_id char(36) character set ascii collate ascii_bin not null,
      project_id char(36) character set ascii collate ascii_bin not null,
      from_date date not null,
      to_date date null,
      primary key (system_id, project_id, from_date),
      key ix_system_project_project (project_id),
      constraint fk_system_project_system foreign key (system_id) references government_system (id) on delete restrict on update no action,
      constraint fk_system_project_project foreign key (project_id) references project (id) on delete restrict on update no action,
      constraint ck_system_project_period check (to_date is null or from_date < to_date)
    ) engine=InnoDB`);
  },
};
