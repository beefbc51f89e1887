import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const MONTH = 'char(7) character set ascii collate ascii_bin';
const HASH = 'char(64) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;
const OWNER = `subject_id ${ID} not null,
      kind ${word(8)} not null,
      system_id ${ID} null,
      project_id ${ID} null,
      center_id ${ID} null,
      architecture ${word(10)} null,
      share ${word(8)} not null`;

/**
 * Closing months. What asks for a close moves and stands in the ordinary schema; what was closed stands where the
 * application may only insert and select, so that nobody changed it is proved by the grants.
 */
export const closingTables: Migration = {
  id: '202611291960-closing',
  async up({ sql, auditSchema }) {
    await sql(`create table closing (
      id ${ID} not null primary key,
      book ${ID} not null,
      kind ${word(10)} not null,
      month ${MONTH} not null,
      round smallint unsigned not null,
      of_month ${MONTH} not null,
      reverses_id ${ID} null,
      state ${word(10)} not null,
      live tinyint null default 1,
      version int not null,
      line_count int not null,
      amount_fen bigint not null,
      checklist longtext not null,
      reason varchar(500) not null,
      requested_by_id ${ID} not null,
      requested_by_name varchar(200) not null,
      requested_at datetime(3) not null,
      decided_by_id ${ID} null,
      decided_by_name varchar(200) null,
      decided_at datetime(3) null,
      opinion varchar(500) null,
      closed_at datetime(3) null,
      settled tinyint(1) not null,
      unique key uq_closing_live (book, of_month, kind, live),
      key ix_closing_state (state),
      key ix_closing_month (month, book),
      constraint ck_closing_kind check (kind in ('STATEMENT', 'REVERSAL') and (kind = 'REVERSAL') = (reverses_id is not null)),
      constraint ck_closing_state check (state in ('REQUESTED', 'RETURNED', 'WITHDRAWN', 'FREEZING', 'STOPPED', 'CLOSED', 'REVERSED')),
      constraint ck_closing_live check (live is null or live = 1),
      constraint ck_closing_second check (decided_by_id is null or state = 'WITHDRAWN' or decided_by_id <> requested_by_id)
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.closed_document (
      id ${ID} not null primary key,
      kind ${word(10)} not null,
      book ${ID} not null,
      month ${MONTH} not null,
      of_month ${MONTH} not null,
      round smallint unsigned not null,
      reverses_id ${ID} null,
      previous_hash ${HASH} null,
      statement_count int not null,
      line_count int not null,
      amount_fen bigint not null,
      hash ${HASH} not null,
      format ${word(20)} not null,
      requested_by_id ${ID} not null,
      requested_by_name varchar(200) not null,
      approved_by_id ${ID} not null,
      approved_by_name varchar(200) not null,
      closed_at datetime(3) not null,
      unique key uq_closed_document (book, kind, of_month, round),
      unique key uq_closed_document_reverses (reverses_id),
      key ix_closed_document_month (month, book),
      constraint ck_closed_document_second check (requested_by_id <> approved_by_id)
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.closed_statement (
      document_id ${ID} not null,
      department_id ${ID} not null,
      department_name varchar(160) not null,
      line_count int not null,
      amount_fen bigint not null,
      hash ${HASH} not null,
      primary key (document_id, department_id),
      key ix_closed_statement_department (department_id, document_id)
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.closed_line (
      document_id ${ID} not null,
      department_id ${ID} not null,
      resource_id ${ID} not null,
      meter ${word(60)} not null,
      of_month ${MONTH} not null,
      start_at datetime(3) not null,
      part smallint unsigned not null,
      line_kind ${word(10)} not null,
      cause ${word(12)} null,
      adjustment tinyint(1) not null,
      end_at datetime(3) not null,
      ${OWNER},
      quantity bigint null,
      period ${word(10)} null,
      portion_numerator bigint null,
      portion_denominator bigint null,
      minimum tinyint(1) not null,
      state ${word(10)} not null,
      price_version_id ${ID} null,
      unit_price decimal(18,6) null,
      rated_fen bigint null,
      before_fen bigint null,
      amount_fen bigint not null,
      primary key (document_id, department_id, resource_id, meter, of_month, start_at, part),
      key ix_closed_line_use (of_month, resource_id),
      constraint ck_closed_line_kind check (line_kind in ('USE', 'CORRECTION', 'REVERSAL') and (line_kind = 'CORRECTION') = (cause is not null)),
      constraint ck_closed_line_state check (state in ('RATED', 'DISPUTED', 'SUSPENDED'))
    ) engine=InnoDB`);
    await sql(`create table correction_line (
      of_month ${MONTH} not null,
      resource_id ${ID} not null,
      meter ${word(60)} not null,
      part smallint unsigned not null,
      book ${ID} not null,
      month ${MONTH} not null,
      cause ${word(12)} not null,
      adjustment tinyint(1) not null,
      start_at datetime(3) not null,
      end_at datetime(3) not null,
      department_id ${ID} not null,
      ${OWNER},
      before_fen bigint not null,
      amount_fen bigint not null,
      primary key (of_month, resource_id, meter, part),
      key ix_correction_line_month (month, book, department_id),
      key ix_correction_line_resource (resource_id, of_month),
      constraint ck_correction_line_cause check (cause in ('LATE_FACT', 'PRICE', 'OWNER', 'DISPUTE')),
      constraint ck_correction_line_amount check (amount_fen <> 0)
    ) engine=InnoDB`);
    await sql(`create table rating_basis (
      source ${word(10)} not null primary key,
      prices longtext not null
    ) engine=InnoDB`);
    await sql(`create table line_dispute (
      id ${ID} not null primary key,
      code ${word(20)} not null,
      month ${MONTH} not null,
      resource_id ${ID} not null,
      meter ${word(60)} not null,
      start_at datetime(3) not null,
      department_id ${ID} not null,
      state ${word(10)} not null,
      open tinyint null default 1,
      version int not null,
      amount_fen bigint not null,
      corrected_fen bigint null,
      reason varchar(500) not null,
      raised_by_id ${ID} not null,
      raised_by_name varchar(200) not null,
      raised_at datetime(3) not null,
      answer varchar(500) null,
      answered_by_id ${ID} null,
      answered_by_name varchar(200) null,
      answered_at datetime(3) null,
      unique key uq_line_dispute_code (code),
      unique key uq_line_dispute_open (month, resource_id, meter, start_at, open),
      key ix_line_dispute_department (department_id, state),
      key ix_line_dispute_state (state, raised_at),
      constraint ck_line_dispute_state check (state in ('OPEN', 'WITHDRAWN', 'KEPT', 'CORRECTED') and (open is null) = (state <> 'OPEN')),
      constraint ck_line_dispute_answer check ((corrected_fen is not null) = (state = 'CORRECTED')
        and (corrected_fen is null or corrected_fen >= 0)),
      constraint ck_line_dispute_second check (answered_by_id is null or state = 'WITHDRAWN' or answered_by_id <> raised_by_id)
    ) engine=InnoDB`);
    await sql(`create table statement_issue (
      month ${MONTH} not null,
      department_id ${ID} not null,
      state ${word(10)} not null,
      version int not null,
      line_count int not null,
      amount_fen bigint not null,
      issued_at datetime(3) not null,
      due_at datetime(3) not null,
      confirmed_by_id ${ID} null,
      confirmed_by_name varchar(200) null,
      confirmed_at datetime(3) null,
      primary key (month, department_id),
      key ix_statement_issue_due (state, due_at),
      constraint ck_statement_issue_state check (state in ('ISSUED', 'CONFIRMED', 'DEFAULTED'))
    ) engine=InnoDB`);
    await sql(`create table confirmation_rule (
      from_month ${MONTH} not null primary key,
      working_days smallint unsigned not null,
      reason varchar(200) not null,
      constraint ck_confirmation_rule_month check (char_length(from_month) = 7),
      constraint ck_confirmation_rule_days check (working_days between 1 and 60)
    ) engine=InnoDB`);
    await sql(`insert into confirmation_rule (from_month, working_days, reason)
      values ('2020-01', 5, '初始确认规则：出单后 5 个工作日内未确认也未提出异议的，视同确认')`);
  },
};
