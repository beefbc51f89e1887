import type { Migration } from '../migration.js';

/** Adjustments by two people; thresholds that warn and stop, and what was told of them. */
export const budgetControl: Migration = {
  id: '202611291982-budget-control',
  async up({ sql }) {
    const uuid = 'char(36) character set ascii collate ascii_bin';
    const word = 'character set ascii collate ascii_bin';
    await sql(`create table budget_adjustment (
      id ${uuid} not null primary key,
      budget_id ${uuid} not null,
      department_id ${uuid} not null,
      change_fen bigint not null,
      reason varchar(200) not null,
      state varchar(10) ${word} not null,
      requested_by_id ${uuid} not null,
      requested_by varchar(200) not null,
      requested_at datetime(3) not null,
      decided_by varchar(200) null,
      decided_at datetime(3) null,
      note varchar(200) null,
      key ix_budget_adjustment_budget (budget_id, id),
      key ix_budget_adjustment_state (state, id),
      constraint ck_budget_adjustment_change check (change_fen <> 0),
      constraint ck_budget_adjustment_state check (state in ('REQUESTED', 'APPROVED', 'DECLINED', 'WITHDRAWN')),
      constraint ck_budget_adjustment_decided check ((state = 'REQUESTED') = (decided_at is null))
    ) engine=InnoDB`);
    await sql(`create table budget_policy (
      id ${uuid} not null primary key,
      from_day char(10) ${word} not null,
      warn_percents varchar(40) ${word} not null,
      block_percent smallint null,
      reason varchar(200) not null,
      set_by varchar(200) not null,
      set_at datetime(3) not null,
      key ix_budget_policy_day (from_day, id),
      constraint ck_budget_policy_block check (block_percent between 1 and 100)
    ) engine=InnoDB`);
    await sql(`create table budget_warning (
      budget_id ${uuid} not null,
      percent smallint not null,
      told_at datetime(3) not null,
      primary key (budget_id, percent)
    ) engine=InnoDB`);
  },
};
