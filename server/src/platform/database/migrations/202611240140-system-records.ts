import type { Migration } from '../migration.js';

const RESULTS = "('CONFORMING', 'BASICALLY_CONFORMING', 'NOT_CONFORMING')";

/** The full record of a system and of a project, and who of a vendor is bound to a system. */
export const systemRecords: Migration = {
  id: '202611240140-system-records',
  async up({ sql }) {
    // A text column has no default: what is there gets an empty list before the column may say "not null".
    await sql(`alter table government_system
      add column owner_user_id char(36) character set ascii collate ascii_bin null,
      add column description varchar(1000) null,
      add column filing_number varchar(40) null,
      add column filing_organ varchar(80) null,
      add column filed_on date null,
      add column assessed_on date null,
      add column assessment_result varchar(20) character set ascii collate ascii_bin null,
      add column crypto_assessed_on date null,
      add column crypto_result varchar(20) character set ascii collate ascii_bin null,
      add column crypto_number varchar(60) null,
      add column declaration_file_id char(36) character set ascii collate ascii_bin null,
      add column declaration_valid_until date null,
      add column data_class varchar(20) character set ascii collate ascii_bin null,
      add column critical_infrastructure tinyint(1) not null default 0,
      add column shares_data tinyint(1) not null default 0,
      add column availability_milli_percent int null,
      add column users_estimate int null,
      add column concurrency_estimate int null,
      add column contacts longtext null,
      add column vendor_company varchar(120) null,
      add column version int not null default 1`);
    await sql("update government_system set contacts = '[]'");
    await sql('alter table government_system modify column contacts longtext not null');
    await sql('alter table government_system modify column critical_infrastructure tinyint(1) not null');
    await sql('alter table government_system modify column shares_data tinyint(1) not null');
    await sql('alter table government_system modify column version int not null');
    await sql('alter table government_system add key ix_government_system_owner (owner_user_id)');
    await sql('alter table government_system add key ix_government_system_declaration (declaration_valid_until)');
    await sql(
      "alter table government_system add constraint ck_government_system_class check (data_class in ('GENERAL', 'IMPORTANT', 'CORE'))",
    );
    await sql(
      `alter table government_system add constraint ck_government_system_results check (assessment_result in ${RESULTS} and crypto_result in ${RESULTS})`,
    );
    await sql(
      'alter table government_system add constraint ck_government_system_availability check (availability_milli_percent between 90000 and 100000)',
    );
    await sql(`alter table project
      add column approval_number varchar(60) null,
      add column filing_number varchar(60) null,
      add column filed_on date null,
      add column budget_code varchar(30) character set ascii collate ascii_bin null,
      add column function_class varchar(7) character set ascii collate ascii_bin null,
      add column economic_class varchar(5) character set ascii collate ascii_bin null,
      add column fund_nature varchar(20) character set ascii collate ascii_bin null,
      add column budget_level varchar(20) character set ascii collate ascii_bin not null default 'PROVINCE',
      add column total_budget_fen bigint null,
      add column performance_targets longtext null,
      add column version int not null default 1`);
    await sql("update project set performance_targets = '[]'");
    await sql('alter table project modify column performance_targets longtext not null');
    await sql(
      'alter table project modify column budget_level varchar(20) character set ascii collate ascii_bin not null',
    );
    await sql('alter table project modify column version int not null');
    await sql(
      "alter table project add constraint ck_project_level check (budget_level in ('PROVINCE', 'CITY', 'COUNTY'))",
    );
    await sql(
      "alter table project add constraint ck_project_nature check (fund_nature in ('GENERAL_BUDGET', 'GOVERNMENT_FUND', 'STATE_CAPITAL', 'SPECIAL_BOND', 'OWN_FUNDS'))",
    );
    await sql('alter table project add constraint ck_project_budget check (total_budget_fen >= 0)');
    await sql(`create table vendor_binding (
      id char(36) character set ascii collate ascii_bin not null primary key,
      system_id char(36) character set ascii collate ascii_bin not null,
      user_id char(36) character set ascii collate ascii_bin null,
      name varchar(40) not null,
      phone varchar(30) not null,
      company varchar(120) not null,
      until_date date not null,
      bound_at datetime(3) not null,
      unbound_at datetime(3) null,
      key ix_vendor_binding_system (system_id),
      key ix_vendor_binding_user (user_id, until_date),
      constraint fk_vendor_binding_system foreign key (system_id) references government_system (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
