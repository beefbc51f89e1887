import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** The printed versions of request forms, the sealed scans that are bound to them, and steps that want one. */
export const paperTables: Migration = {
  id: '202611290701-papers',
  async up({ sql }) {
    await sql(`create table request_form (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      number int not null,
      content_hash char(64) ${ASCII} not null,
      content longtext not null,
      printed_at datetime(3) not null,
      printed_by varchar(100) not null,
      unique key uq_request_form_number (request_id, number),
      unique key uq_request_form_content (request_id, content_hash),
      constraint ck_request_form_number check (number > 0)
    ) engine=InnoDB`);
    await sql(`create table sealed_scan (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      form_id ${ID} not null,
      uploaded_at datetime(3) not null,
      uploaded_by_id ${ID} not null,
      uploaded_by varchar(100) not null,
      key ix_sealed_scan_request (request_id, id),
      constraint fk_sealed_scan_form foreign key (form_id) references request_form (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql('alter table approval_step add column needs_seal tinyint(1) not null default 0 after needs_file');
  },
};
