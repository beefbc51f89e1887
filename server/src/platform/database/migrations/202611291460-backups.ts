import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const DAY = `char(10) ${ASCII}`;

/** What of a system is backed up, each copy that was made of it, and the orders that restore from them. */
export const backupTables: Migration = {
  id: '202611291460-backups',
  async up({ sql }) {
    await sql(`create table backup (
      id ${ID} not null primary key,
      code varchar(30) ${ASCII} not null,
      state varchar(10) ${ASCII} not null,
      state_since datetime(3) not null,
      version int not null,
      name varchar(120) not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      line_id ${ID} null,
      request_id ${ID} null,
      request_code varchar(30) ${ASCII} null,
      object varchar(8) ${ASCII} not null,
      contents varchar(500) not null,
      cycle varchar(6) ${ASCII} not null,
      weekday int null,
      start_minute int not null,
      keep_days int not null,
      keep_copies int not null,
      remote tinyint(1) not null,
      target_center_id ${ID} null,
      encrypted tinyint(1) not null,
      encryption_note varchar(300) null,
      restore_test_months int not null,
      last_restore_test_on ${DAY} null,
      next_restore_test_on ${DAY} null,
      active_since datetime(3) null,
      last_result varchar(9) ${ASCII} null,
      last_ended_at datetime(3) null,
      last_good_at datetime(3) null,
      last_size_mib int null,
      deadline_at datetime(3) null,
      missed_since datetime(3) null,
      told_restore_on ${DAY} null,
      ended_at datetime(3) null,
      reason varchar(300) null,
      created_at datetime(3) not null,
      unique key uq_backup_code (code),
      unique key uq_backup_line (line_id),
      key ix_backup_department (department_id, created_at, id),
      key ix_backup_system (system_id, created_at, id),
      key ix_backup_created (created_at, id),
      key ix_backup_deadline (state, deadline_at),
      key ix_backup_restore (state, next_restore_test_on),
      constraint ck_backup_state check (state in ('PREPARING', 'ACTIVE', 'SUSPENDED', 'ENDED')),
      constraint ck_backup_end check ((state = 'ENDED') = (ended_at is not null)),
      constraint ck_backup_weekday check ((cycle = 'WEEKLY') = (weekday is not null)),
      constraint ck_backup_last check ((last_result is null) = (last_ended_at is null))
    ) engine=InnoDB`);
    await sql(`create table backup_resource (
      backup_id ${ID} not null,
      resource_id ${ID} not null,
      primary key (backup_id, resource_id),
      key ix_backup_resource (resource_id),
      constraint fk_backup_resource_backup foreign key (backup_id) references backup (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table backup_run (
      id ${ID} not null primary key,
      backup_id ${ID} not null,
      ended_at datetime(3) not null,
      result varchar(9) ${ASCII} not null,
      size_mib int null,
      note varchar(300) null,
      source varchar(7) ${ASCII} not null,
      told_by varchar(100) not null,
      at datetime(3) not null,
      unique key uq_backup_run (backup_id, ended_at),
      constraint fk_backup_run_backup foreign key (backup_id) references backup (id) on delete restrict on update no action,
      constraint ck_backup_run_result check (result in ('SUCCEEDED', 'FAILED'))
    ) engine=InnoDB`);
    await sql(
      `alter table work_order add column backup_id ${ID} null after policy_id, add key ix_work_order_backup (backup_id)`,
    );
  },
};
