import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const POLICY_ID = '019ad000-0000-7000-8000-000000000701';

/** What is handed over when a request is delivered: the sheet, objections to it, first logins, and the terms of all that. */
export const handOverTables: Migration = {
  id: '202611290702-hand-over',
  async up({ sql }) {
    await sql(`create table hand_over_policy (
      id ${ID} not null primary key,
      confirm_working_days int not null,
      remind_working_days int not null,
      login_days int not null,
      version int not null,
      constraint ck_hand_over_policy_terms check (confirm_working_days between 1 and 60 and remind_working_days between 1 and confirm_working_days and login_days between 1 and 365)
    ) engine=InnoDB`);
    await sql(
      `insert into hand_over_policy (id, confirm_working_days, remind_working_days, login_days, version) values ('${POLICY_ID}', 5, 3, 30, 1)`,
    );
    await sql(`create table delivery_sheet (
      id ${ID} not null primary key,
      code varchar(30) ${ASCII} not null,
      request_id ${ID} not null,
      request_code varchar(30) ${ASCII} not null,
      department_id ${ID} not null,
      applicant_id ${ID} not null,
      state varchar(10) ${ASCII} not null,
      version int not null,
      opened_at datetime(3) not null,
      remind_at datetime(3) null,
      due_at datetime(3) null,
      confirmed_at datetime(3) null,
      confirmed_by varchar(100) null,
      by_rule tinyint(1) not null default 0,
      content longtext null,
      content_hash char(64) ${ASCII} null,
      unique key uq_delivery_sheet_request (request_id),
      unique key uq_delivery_sheet_code (code),
      key ix_delivery_sheet_due (state, due_at),
      constraint ck_delivery_sheet_state check (state in ('AWAITING', 'OBJECTED', 'CONFIRMED')),
      constraint ck_delivery_sheet_due check ((state = 'AWAITING') = (due_at is not null)),
      constraint ck_delivery_sheet_confirmed check ((state = 'CONFIRMED') = (confirmed_at is not null) and (state = 'CONFIRMED') = (content is not null))
    ) engine=InnoDB`);
    await sql(`create table delivery_objection (
      id ${ID} not null primary key,
      sheet_id ${ID} not null,
      resource_id ${ID} not null,
      reason varchar(500) not null,
      raised_at datetime(3) not null,
      raised_by varchar(100) not null,
      answer varchar(500) null,
      answered_at datetime(3) null,
      answered_by varchar(100) null,
      key ix_delivery_objection_sheet (sheet_id, id),
      constraint fk_delivery_objection_sheet foreign key (sheet_id) references delivery_sheet (id) on delete restrict on update no action,
      constraint ck_delivery_objection_answer check ((answer is null) = (answered_at is null))
    ) engine=InnoDB`);
    await sql(`create table first_login (
      resource_id ${ID} not null primary key,
      username varchar(32) ${ASCII} not null,
      password_hash varchar(160) ${ASCII} not null,
      sealed varbinary(512) null,
      made_at datetime(3) not null,
      expires_at datetime(3) not null,
      revealed_at datetime(3) null,
      revealed_by varchar(100) null,
      destroyed_at datetime(3) null,
      key ix_first_login_expiry (destroyed_at, revealed_at, expires_at),
      constraint ck_first_login_once check ((sealed is null) = (revealed_at is not null or destroyed_at is not null))
    ) engine=InnoDB`);
  },
};
