import type { Migration } from '../migration.js';

/** 年终结转和收回: by rules that follow each other, budget by budget. */
export const budgetYearEnds: Migration = {
  id: '202611291983-budget-year-ends',
  async up({ sql }) {
    const word = 'character set ascii collate ascii_bin';
    await sql(`create table budget_year_end (
      year smallint not null primary key,
      after_id varchar(40) ${word} not null,
      began_at datetime(3) not null,
      ended_at datetime(3) null,
      begun_by varchar(200) not null
    ) engine=InnoDB`);
    await sql(`create table budget_carry_rule (
      id char(36) ${word} not null primary key,
      from_year smallint not null,
      fund_nature varchar(20) ${word} not null,
      action varchar(10) ${word} not null,
      reason varchar(200) not null,
      set_by varchar(200) not null,
      set_at datetime(3) not null,
      constraint ck_budget_carry_rule_fund check (fund_nature in ('GENERAL_BUDGET', 'GOVERNMENT_FUND', 'STATE_CAPITAL', 'SPECIAL_BOND', 'OWN_FUNDS')),
      constraint ck_budget_carry_rule_action check (action in ('CARRY', 'COLLECT'))
    ) engine=InnoDB`);
  },
};
