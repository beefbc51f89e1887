import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';

/** What was kept of the console's own database, and whether it could be made into one again. */
export const consoleBackups: Migration = {
  id: '202611300261-console-backups',
  async up({ sql }) {
    await sql(`create table console_backup (
      id char(36) ${ASCII} not null primary key,
      kind varchar(20) ${ASCII} not null,
      started_at datetime(3) not null,
      ended_at datetime(3) null,
      succeeded tinyint not null default 0,
      file_name varchar(200) null,
      bytes bigint null,
      sm3 char(64) ${ASCII} null,
      binlog_file varchar(100) ${ASCII} null,
      binlog_position bigint null,
      said varchar(1000) null,
      key ix_console_backup_kind (kind, succeeded, started_at),
      key ix_console_backup_started (started_at),
      constraint ck_console_backup_kind check (kind in ('DUMP', 'BINLOG', 'RESTORE_TEST')),
      constraint ck_console_backup_succeeded check (succeeded = 0 or ended_at is not null)
    ) engine=InnoDB`);
  },
};
