import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;
const OWNER = `department_id ${ID} not null,
      system_id ${ID} null,
      project_id ${ID} null,
      center_id ${ID} null,
      architecture ${word(10)} null,
      share ${word(8)} not null`;

/** What was in use from when to when, by meter; written once, superseded by a later version, never edited. */
export const meteringTables: Migration = {
  id: '202611291870-metering',
  async up({ sql }) {
    await sql('alter table delivery_objection add key ix_delivery_objection_resource (resource_id)');
    await sql(`create table metered_resource (
      resource_id ${ID} not null primary key,
      subject_id ${ID} not null,
      kind ${word(8)} not null,
      code ${word(60)} not null,
      name varchar(120) not null,
      department_id ${ID} not null,
      system_id ${ID} null,
      key ix_metered_resource_subject (subject_id),
      constraint ck_metered_resource_kind check (kind in ('MACHINE', 'DATA', 'SERVER', 'SPACE', 'SERVICE', 'ADDRESS'))
    ) engine=InnoDB`);
    await sql(`create table metered_interval (
      resource_id ${ID} not null,
      meter ${word(60)} not null,
      start_at datetime(3) not null,
      version smallint unsigned not null,
      end_at datetime(3) null,
      quantity bigint not null,
      suspended tinyint(1) not null,
      subject_id ${ID} not null,
      kind ${word(8)} not null,
      ${OWNER},
      standing tinyint null default 1,
      recorded_at datetime(3) not null,
      superseded_at datetime(3) null,
      primary key (resource_id, meter, start_at, version),
      unique key uq_metered_interval_standing (resource_id, meter, start_at, standing),
      constraint ck_metered_interval_time check (end_at is null or start_at < end_at),
      constraint ck_metered_interval_quantity check (quantity > 0),
      constraint ck_metered_interval_standing check ((standing is null) = (superseded_at is not null) and (standing is null or standing = 1))
    ) engine=InnoDB`);
    await sql(`create table metering_pass (
      source ${word(10)} not null primary key,
      after_id ${ID} not null,
      began_at datetime(3) not null,
      ended_at datetime(3) null,
      last_whole_at datetime(3) null
    ) engine=InnoDB`);
    await sql(`create table proration_rule (
      from_month char(7) character set ascii collate ascii_bin not null primary key,
      rule ${word(14)} not null,
      same_unit_minimum ${word(10)} not null,
      reason varchar(200) not null,
      constraint ck_proration_rule_month check (char_length(from_month) = 7),
      constraint ck_proration_rule_rule check (rule in ('BY_DAY', 'BY_HALF_MONTH', 'BY_MONTH', 'BY_SECOND')),
      constraint ck_proration_rule_minimum check (same_unit_minimum in ('ONE_UNIT', 'NONE'))
    ) engine=InnoDB`);
    // Accounting begins with the month in which the console learns it: nothing before was ever shown to anybody.
    await sql(`insert into proration_rule (from_month, rule, same_unit_minimum, reason)
      values (date_format(date_add(utc_timestamp(), interval 8 hour), '%Y-%m'), 'BY_DAY', 'ONE_UNIT', '初始折算规则：按日')`);
    await sql(`create table rated_line (
      month char(7) character set ascii collate ascii_bin not null,
      resource_id ${ID} not null,
      meter ${word(60)} not null,
      start_at datetime(3) not null,
      end_at datetime(3) not null,
      interval_start_at datetime(3) not null,
      subject_id ${ID} not null,
      kind ${word(8)} not null,
      ${OWNER},
      quantity bigint not null,
      period ${word(10)} not null,
      portion_numerator bigint not null,
      portion_denominator bigint not null,
      minimum tinyint(1) not null,
      state ${word(10)} not null,
      price_version_id ${ID} null,
      unit_price decimal(18,6) null,
      amount_fen bigint null,
      primary key (month, resource_id, meter, start_at),
      key ix_rated_line_department (month, department_id, resource_id),
      key ix_rated_line_resource (resource_id, month),
      constraint ck_rated_line_time check (start_at < end_at),
      constraint ck_rated_line_portion check (portion_numerator > 0 and portion_denominator > 0 and quantity > 0),
      constraint ck_rated_line_state check (state in ('RATED', 'UNPRICED', 'DISPUTED')),
      constraint ck_rated_line_amount check ((state = 'RATED') = (amount_fen is not null)
        and (state <> 'RATED' or price_version_id is not null)
        and (price_version_id is null) = (unit_price is null))
    ) engine=InnoDB`);
  },
};
