import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';

/** As they stood when the table was made. */
const RULES: readonly (readonly [name: string, value: number])[] = [
  ['BIN_DAYS', 7],
  ['TERM_GRACE_DAYS', 15],
  ['TEMPORARY_DAYS_MAX', 730],
  ['EXTENSION_DAYS_MAX', 90],
  ['EXTENSION_TIMES_MAX', 2],
  ['REVIEW_EVERY_DAYS', 365],
  ['REVIEW_LEAD_DAYS', 30],
  ['REVIEW_HEAD_DAYS', 7],
  ['REVIEW_CENTER_DAYS', 15],
  ['REVIEW_CASE_DAYS', 30],
  ['RECLAIM_NOTICE_WORKING_DAYS', 10],
];

/** What happens to a resource after its delivery: its term, its yearly review, the bin; and the rules of it as data. */
export const resourceLife: Migration = {
  id: '202611290500-resource-life',
  async up({ sql }) {
    await sql(`create table life_policy (
      name varchar(40) ${ASCII} not null primary key,
      value int not null,
      version int not null,
      changed_at datetime(3) not null,
      changed_by varchar(100) not null
    ) engine=InnoDB`);
    await sql('insert into life_policy (name, value, version, changed_at, changed_by) values ?', [
      RULES.map(([name, value]) => [name, value, 1, new Date('2026-11-29T00:00:00.000Z'), '集云']),
    ]);
    await sql(`alter table resource
      add column temporary_until char(10) ${ASCII} null,
      add column reminded_days smallint null,
      add column term_over_at datetime(3) null,
      add column extensions_used smallint not null default 0,
      add column review_from datetime(3) null,
      add column review_stage varchar(20) ${ASCII} not null default 'NONE',
      add column bin_until datetime(3) null,
      add column bin_cause varchar(20) ${ASCII} null,
      add column deletion_protected tinyint(1) not null default 0`);
    // Nobody has promised a review of what is there already: its first year begins now.
    await sql(
      "update resource set review_from = utc_timestamp(3) where delivered_at is not null and state not in ('RELEASING', 'RELEASED')",
    );
    await sql('alter table resource drop constraint ck_resource_state');
    await sql(
      "alter table resource add constraint ck_resource_state check (state in ('PROVISIONING', 'IN_USE', 'IN_BIN', 'RELEASING', 'RELEASED', 'FAILED'))",
    );
    await sql(
      "alter table resource add constraint ck_resource_bin check ((state = 'IN_BIN') = (bin_until is not null) and (bin_until is null) = (bin_cause is null))",
    );
    await sql('alter table resource add key ix_resource_term (temporary_until, id)');
    await sql('alter table resource add key ix_resource_review (review_from, id)');
    await sql('alter table resource add key ix_resource_bin (bin_until, id)');
  },
};
