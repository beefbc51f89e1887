import type { Migration } from '../migration.js';

/** Opening a budget year, spending by closed documents, and who pays for what finance pays. */
export const budgetYears: Migration = {
  id: '202611291981-budget-years',
  async up({ sql }) {
    const uuid = 'char(36) character set ascii collate ascii_bin';
    const word = 'character set ascii collate ascii_bin';
    await sql(`create table central_payer (
      year smallint not null primary key,
      budget_id ${uuid} not null,
      named_at datetime(3) not null,
      named_by varchar(200) not null
    ) engine=InnoDB`);
    await sql(`create table budget_opening (
      year smallint not null primary key,
      run smallint not null,
      after_id varchar(40) ${word} not null,
      began_at datetime(3) not null,
      ended_at datetime(3) null,
      begun_by varchar(200) not null
    ) engine=InnoDB`);
    await sql(`create table budget_opening_use (
      year smallint not null,
      use_id ${uuid} not null,
      run smallint not null,
      request_id ${uuid} null,
      department_id ${uuid} not null,
      project_id ${uuid} null,
      budget_id ${uuid} null,
      amount_fen bigint not null,
      unpaid varchar(20) ${word} null,
      primary key (year, use_id),
      key ix_budget_opening_use_budget (year, budget_id),
      constraint ck_budget_opening_use_amount check (amount_fen >= 0),
      constraint ck_budget_opening_use_unpaid check ((budget_id is null) = (unpaid is not null))
    ) engine=InnoDB`);
    await sql(`create table budget_posting (
      document_id ${uuid} not null primary key,
      position int not null,
      kind varchar(10) ${word} not null,
      month char(7) ${word} not null,
      round smallint not null,
      reverses_id ${uuid} null,
      after_id varchar(36) ${word} not null,
      began_at datetime(3) not null,
      ended_at datetime(3) null,
      unique key uq_budget_posting_position (position),
      key ix_budget_posting_reverses (reverses_id),
      key ix_budget_posting_month (month),
      constraint ck_budget_posting_kind check (kind in ('STATEMENT', 'REVERSAL'))
    ) engine=InnoDB`);
    await sql(`create table budget_unpaid (
      document_id ${uuid} not null,
      use_id ${uuid} not null,
      project_id varchar(36) ${word} not null,
      department_id ${uuid} not null,
      amount_fen bigint not null,
      why varchar(20) ${word} not null,
      primary key (document_id, use_id, project_id)
    ) engine=InnoDB`);
  },
};
