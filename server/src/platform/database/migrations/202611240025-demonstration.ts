import type { Migration } from '../migration.js';

/** At most one row: this database holds the made-up province of that seed. */
export const demonstrationTables: Migration = {
  id: '202611240025-demonstration',
  async up({ sql }) {
    await sql(`create table demonstration (
      id tinyint not null primary key,
      seed bigint not null,
      loaded_at datetime(3) not null,
      constraint ck_demonstration_one check (id = 1)
    ) engine=InnoDB`);
  },
};
