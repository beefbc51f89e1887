import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/**
 * Servers and places that were taken in have a term, too: without a line, it says itself what it is of. What is in the books
 * already begins its first year today, as machines did when they were taken in.
 */
export const termsOfTakenIn: Migration = {
  id: '202611291942-terms-of-taken-in',
  async up({ sql }) {
    await sql('alter table request_line_term drop foreign key fk_request_line_term_line');
    await sql(`alter table request_line_term
      add column taken_in_kind ${WORD(10)} null,
      add column taken_in_name varchar(60) null,
      add column taken_in_code ${WORD(30)} null,
      add column subject_id ${ID} null,
      add constraint ck_request_line_term_taken_in check (
        (taken_in_kind is null) = (taken_in_name is null) and (taken_in_kind is null) = (taken_in_code is null)
        and (taken_in_kind is null) = (subject_id is null) and (taken_in_kind is null or taken_in_kind in ('SERVER', 'CABINET')))`);
    await sql(`insert into request_line_term
        (line_id, request_id, department_id, system_id, review_from, taken_in_kind, taken_in_name, taken_in_code, subject_id)
      select i.id, b.id, i.department_id, i.system_id, utc_timestamp(3), if(i.kind = 'SERVER', 'SERVER', 'CABINET'), i.name, b.code,
        i.became_id
      from intake_item i join intake_batch b on b.id = i.batch_id
      where i.kind in ('SERVER', 'SPACE') and i.became_id is not null`);
  },
};
