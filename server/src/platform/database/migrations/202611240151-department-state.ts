import type { Migration } from '../migration.js';

/** A department's contact, its life and the version that changes of it are made on. */
export const departmentState: Migration = {
  id: '202611240151-department-state',
  async up({ sql }) {
    const word = 'character set ascii collate ascii_bin';
    await sql(`alter table department
      add column contact_name varchar(80) null,
      add column contact_phone varchar(20) ${word} null,
      add column state varchar(10) ${word} not null,
      add column version int not null`);
    await sql("update department set state = 'ACTIVE', version = 1");
    await sql("alter table department add constraint ck_department_state check (state in ('ACTIVE', 'CLOSED'))");
  },
};
