import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Standard changes are approved beforehand, by a catalog in editions; and what is planned is found by its time. */
export const dutyStandardChanges: Migration = {
  id: '202611300412-duty-standard-changes',
  async up({ sql }) {
    await sql(`create table duty_standard_edition (
      id ${ID} not null primary key,
      number int null,
      open_draft tinyint null,
      note varchar(200) not null,
      content longtext not null,
      version int not null,
      changed_at datetime(3) not null,
      changed_by_id ${ID} null,
      changed_by varchar(100) not null,
      published_at datetime(3) null,
      published_by_id ${ID} null,
      published_by varchar(100) null,
      unique key uq_duty_standard_edition_number (number),
      unique key uq_duty_standard_edition_draft (open_draft),
      constraint ck_duty_standard_edition_number check ((number is null) = (published_at is null)),
      constraint ck_duty_standard_edition_second check (published_by_id is null or published_by_id <> changed_by_id)
    ) engine=InnoDB`);
    await sql(`alter table duty_ticket
      add column standard_key varchar(20) character set ascii collate ascii_bin null,
      add column standard_edition int null,
      add index ix_duty_ticket_planned (planned_to, planned_from),
      add constraint ck_duty_ticket_standard check ((standard_key is null) = (standard_edition is null) and (standard_key is null or change_kind = 'STANDARD'))`);
  },
};
