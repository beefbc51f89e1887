import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** Yearly plans (年度用云需求计划) of departments, by system, and their additions. */
export const planTables: Migration = {
  id: '202611290601-plans',
  async up({ sql }) {
    await sql(`create table plan_year (
      year int not null primary key,
      opens_on date not null,
      closes_on date not null,
      addition_from_fen bigint not null,
      note varchar(500) not null,
      version int not null,
      opened_by_name varchar(100) not null,
      opened_at datetime(3) not null,
      constraint ck_plan_year_window check (closes_on >= opens_on)
    ) engine=InnoDB`);
    await sql(`create table plan (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      kind ${word(10)} not null,
      annual tinyint null,
      year int not null,
      department_id ${ID} not null,
      state ${word(20)} not null,
      state_since datetime(3) not null,
      version int not null,
      round int not null,
      reason varchar(500) not null,
      author_ids longtext not null,
      line_count int not null,
      monthly_fen bigint null,
      created_at datetime(3) not null,
      created_by_name varchar(100) not null,
      quotas_set_at datetime(3) null,
      unique key uq_plan_code (code),
      unique key uq_plan_annual (department_id, year, annual),
      key ix_plan_year (year, state, id),
      constraint fk_plan_year foreign key (year) references plan_year (year) on delete restrict on update no action,
      constraint ck_plan_kind check (kind in ('ANNUAL', 'ADDITION')),
      constraint ck_plan_state check (state in ('DRAFT', 'AWAITING_SIGN_OFF', 'CITY_REVIEW', 'CENTER_REVIEW', 'AWAITING_APPROVAL', 'APPROVED', 'RETURNED', 'REJECTED', 'DISCARDED'))
    ) engine=InnoDB`);
    await sql(`create table plan_line (
      id ${ID} not null primary key,
      plan_id ${ID} not null,
      position int not null,
      system_id ${ID} not null,
      kind ${word(10)} not null,
      count int not null,
      vcpu int not null,
      memory_mib int not null,
      ssd_gib int not null,
      hdd_gib int not null,
      architecture ${word(10)} null,
      zone ${word(30)} null,
      offer_code ${word(63)} null,
      quota_meter ${word(20)} null,
      half_units int not null,
      power_w int not null,
      local_mode ${word(20)} not null,
      remote_mode ${word(20)} not null,
      month tinyint not null,
      reason varchar(500) not null,
      accepted_count int null,
      reduction_reason varchar(500) null,
      unit_fen bigint null,
      unique key uq_plan_line_position (plan_id, position),
      key ix_plan_line_system (system_id),
      constraint fk_plan_line_plan foreign key (plan_id) references plan (id) on delete restrict on update no action,
      constraint ck_plan_line_kind check (kind in ('VM', 'SERVER', 'CABINET', 'SERVICE')),
      constraint ck_plan_line_count check (count > 0 and (accepted_count is null or accepted_count between 0 and count)),
      constraint ck_plan_line_month check (month between 1 and 12)
    ) engine=InnoDB`);
    await sql(`create table plan_step (
      id ${ID} not null primary key,
      plan_id ${ID} not null,
      round int not null,
      at datetime(3) not null,
      actor_id ${ID} null,
      actor_name varchar(100) not null,
      action ${word(20)} not null,
      signature tinyint null,
      opinion varchar(500) null,
      from_state ${word(20)} not null,
      to_state ${word(20)} not null,
      key ix_plan_step_plan (plan_id, at),
      unique key uq_plan_step_signature (plan_id, round, actor_id, signature),
      constraint fk_plan_step_plan foreign key (plan_id) references plan (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
