import type { Migration } from '../migration.js';

/**
 * The budget ledger. Entries stand in the schema where the application may only insert and select: that no line of the
 * ledger was changed is proved by the grants, not by good will. Budgets carry the sums, moved by conditional updates;
 * no foreign key points at them: it would take a shared lock on the row that the same transaction moves last, and two
 * such transactions deadlock.
 */
export const budgetTables: Migration = {
  id: '202611240161-budgets',
  async up({ sql, auditSchema }) {
    const uuid = 'char(36) character set ascii collate ascii_bin';
    const word = 'character set ascii collate ascii_bin';
    await sql(`create table budget (
      id ${uuid} not null primary key,
      budget_key varchar(160) ${word} not null,
      name varchar(160) not null,
      grain varchar(12) ${word} not null,
      parent_id ${uuid} null,
      path varchar(160) ${word} not null,
      department_id ${uuid} not null,
      project_id ${uuid} null,
      year smallint not null,
      budget_code varchar(40) ${word} not null,
      function_class varchar(7) ${word} not null,
      economic_class varchar(5) ${word} not null,
      fund_nature varchar(20) ${word} not null,
      budget_level varchar(10) ${word} not null,
      amount_fen bigint not null,
      allotted_fen bigint not null,
      reserved_fen bigint not null,
      spent_fen bigint not null,
      version int not null,
      unique key uq_budget_key (budget_key),
      key ix_budget_year (year, budget_key),
      key ix_budget_department (department_id, year),
      key ix_budget_parent (parent_id),
      key ix_budget_project (project_id, year),
      constraint ck_budget_grain check (grain in ('DEPARTMENT', 'ITEM')),
      constraint ck_budget_level check (budget_level in ('PROVINCE', 'CITY', 'COUNTY')),
      constraint ck_budget_fund check (fund_nature in ('GENERAL_BUDGET', 'GOVERNMENT_FUND', 'STATE_CAPITAL', 'SPECIAL_BOND', 'OWN_FUNDS')),
      constraint ck_budget_amount check (amount_fen >= 0 and allotted_fen between 0 and amount_fen),
      constraint ck_budget_use check (reserved_fen >= 0 and spent_fen >= 0)
    ) engine=InnoDB`);
    await sql(`create table encumbrance (
      id ${uuid} not null primary key,
      budget_id ${uuid} not null,
      subject_kind varchar(20) ${word} not null,
      subject_id ${uuid} not null,
      subject_round int not null,
      amount_fen bigint not null,
      left_fen bigint not null,
      created_at datetime(3) not null,
      unique key uq_encumbrance_subject (subject_id, subject_kind, subject_round, budget_id),
      key ix_encumbrance_budget (budget_id),
      constraint ck_encumbrance_left check (left_fen between 0 and amount_fen)
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.budget_entry (
      id ${uuid} not null primary key,
      budget_id ${uuid} not null,
      kind varchar(10) ${word} not null,
      amount_fen bigint not null,
      from_reserved_fen bigint not null,
      subject_kind varchar(20) ${word} not null,
      subject_id ${uuid} not null,
      subject_round int not null,
      encumbrance_id ${uuid} null,
      reverses_entry_id ${uuid} null,
      occurred_at datetime(3) not null,
      actor_name varchar(200) not null,
      reason varchar(200) not null,
      unique key uq_budget_entry_subject (subject_id, subject_kind, subject_round, kind, budget_id),
      unique key uq_budget_entry_reverses (reverses_entry_id),
      key ix_budget_entry_budget (budget_id, id),
      constraint ck_budget_entry_kind check (kind in ('RESERVE', 'RELEASE', 'SPEND', 'ADJUST')),
      constraint ck_budget_entry_amount check (
        (kind = 'ADJUST' and amount_fen <> 0) or amount_fen > 0
        or (kind = 'SPEND' and amount_fen < 0 and reverses_entry_id is not null)),
      constraint ck_budget_entry_reserved check (
        from_reserved_fen = 0 or (kind = 'SPEND' and from_reserved_fen between 0 and amount_fen))
    ) engine=InnoDB`);
  },
};
