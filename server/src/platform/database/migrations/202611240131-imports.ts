import type { Migration } from '../migration.js';

/** What somebody sent to become rows: how far it is, what it would do, what it did. */
export const importTables: Migration = {
  id: '202611240131-imports',
  async up({ sql }) {
    await sql(`create table import_run (
      id char(36) character set ascii collate ascii_bin not null primary key,
      kind varchar(40) character set ascii collate ascii_bin not null,
      state varchar(12) character set ascii collate ascii_bin not null,
      started_by char(36) character set ascii collate ascii_bin null,
      starter_name varchar(120) not null,
      started_at datetime(3) not null,
      changed_at datetime(3) not null,
      percent tinyint not null,
      row_count int not null,
      added_count int not null,
      unchanged_count int not null,
      problem_count int not null,
      problems longtext not null,
      sample longtext not null,
      failure longtext null,
      applied_at datetime(3) null,
      version int not null,
      key ix_import_run_kind (kind, id),
      key ix_import_run_starter (started_by, id),
      key ix_import_run_state (state, changed_at),
      constraint ck_import_run_state check (state in ('UPLOADED', 'READING', 'PREVIEWED', 'APPLYING', 'DONE', 'FAILED', 'DISCARDED')),
      constraint ck_import_run_percent check (percent between 0 and 100),
      constraint ck_import_run_applied check ((state = 'DONE') = (applied_at is not null))
    ) engine=InnoDB`);
  },
};
