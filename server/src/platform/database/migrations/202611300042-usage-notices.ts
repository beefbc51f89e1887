import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const HASH = 'char(64) character set ascii collate ascii_bin';
const MONTH = 'char(7) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** 资源使用通报, one a department and month; 自评价, one a system. */
export const usageNotices: Migration = {
  id: '202611300042-usage-notices',
  async up({ sql }) {
    await sql(`create table usage_notice (
      id ${ID} not null primary key,
      month ${MONTH} not null,
      department_id ${ID} not null,
      department_name varchar(160) not null,
      content longtext not null,
      hash ${HASH} not null,
      made_at datetime(3) not null,
      read_by varchar(200) null,
      read_at datetime(3) null,
      unique key uq_usage_notice (department_id, month),
      key ix_usage_notice_month (month, id),
      constraint ck_usage_notice_read check ((read_at is null) = (read_by is null))
    ) engine=InnoDB`);
    await sql(`create table self_evaluation (
      id ${ID} not null primary key,
      system_id ${ID} not null,
      system_name varchar(120) not null,
      department_id ${ID} not null,
      state ${word(10)} not null,
      live_since date not null,
      due_from date not null,
      due_to date not null,
      told_stage tinyint not null,
      opened_at datetime(3) not null,
      statement varchar(2000) null,
      content longtext null,
      hash ${HASH} null,
      handed_in_by varchar(200) null,
      handed_in_at datetime(3) null,
      version int not null,
      unique key uq_self_evaluation_system (system_id, live_since),
      key ix_self_evaluation_due (state, due_to, id),
      key ix_self_evaluation_department (department_id, due_to, id),
      constraint ck_self_evaluation_state check (state in ('OPEN', 'HANDED_IN')),
      constraint ck_self_evaluation_handed check ((state = 'HANDED_IN') = (handed_in_at is not null and hash is not null and content is not null))
    ) engine=InnoDB`);
  },
};
