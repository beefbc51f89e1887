import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const DAY = 'char(10) character set ascii collate ascii_bin';

/**
 * Servers, places in cabinets and services have a term, too: what stands ready already begins its own from the day on
 * which it was handed over, and a wish for a longer one may be about a line.
 */
export const lineTerms: Migration = {
  id: '202611291800-line-terms',
  async up({ sql }) {
    await sql(`create table request_line_term (
      line_id ${ID} not null,
      request_id ${ID} not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      temporary_until ${DAY} null,
      reminded_days int null,
      term_over_at datetime(3) null,
      extensions_used int not null default 0,
      review_from datetime(3) null,
      review_stage ${WORD(8)} not null default 'NONE',
      reviewed_by varchar(100) null,
      review_note varchar(500) null,
      ended_at datetime(3) null,
      version int not null default 1,
      primary key (line_id),
      key ix_request_line_term_request (request_id),
      key ix_request_line_term_until (temporary_until, line_id),
      key ix_request_line_term_review (review_stage, review_from, line_id),
      constraint fk_request_line_term_line foreign key (line_id) references request_line (id) on delete restrict on update no action,
      constraint ck_request_line_term_one check ((temporary_until is null) = (review_from is not null)),
      constraint ck_request_line_term_stage check (review_stage in ('NONE', 'OWNER', 'HEAD', 'CENTER', 'CASE'))
    )`);
    await sql(`insert into request_line_term (line_id, request_id, department_id, system_id, temporary_until, review_from)
      select l.id, r.id, r.department_id, r.system_id, r.temporary_until, if(r.temporary_until is null, l.fulfilled_at, null)
      from request_line l join request r on r.id = l.request_id
      where r.nature = 'NEW' and r.state in ('PROVISIONING', 'DELIVERED') and l.kind <> 'VM'
        and l.fulfilled_at is not null and l.ended_at is null`);
    await sql(`alter table term_extension
      modify column resource_id ${ID} null,
      add column line_id ${ID} null after resource_id,
      add unique key uq_term_extension_line_open (line_id, open),
      add key ix_term_extension_line (line_id, asked_at, id),
      add constraint ck_term_extension_of check ((resource_id is null) = (line_id is not null))`);
  },
};
