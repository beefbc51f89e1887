import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;
const MONTH = 'char(7) character set ascii collate ascii_bin';

/** Why a month costs other than the one before: uses to which anything changed, and nothing of those that are as they were. */
export const costChanges: Migration = {
  id: '202611300020-cost-changes',
  async up({ sql, auditSchema }) {
    await sql(`create table cost_change_month (
      month ${MONTH} not null primary key,
      pass_id ${ID} not null,
      text_hash char(64) character set ascii collate ascii_bin not null,
      made_at datetime(3) not null
    ) engine=InnoDB`);
    await sql(`create table cost_change (
      pass_id ${ID} not null,
      resource_id ${ID} not null,
      part smallint unsigned not null,
      city_id ${ID} null,
      department_id ${ID} not null,
      system_id ${ID} null,
      project_id ${ID} null,
      center_id ${ID} null,
      kind ${word(8)} not null,
      share ${word(8)} not null,
      before_fen bigint not null,
      after_fen bigint not null,
      new_fen bigint not null,
      released_fen bigint not null,
      resized_fen bigint not null,
      price_fen bigint not null,
      moved_fen bigint not null,
      days_fen bigint not null,
      correction_fen bigint not null,
      primary key (pass_id, resource_id, part),
      key ix_cost_change_department (pass_id, department_id),
      constraint ck_cost_change_sum check (after_fen - before_fen
        = new_fen + released_fen + resized_fen + price_fen + moved_fen + days_fen + correction_fen)
    ) engine=InnoDB`);
    // Its key leads with the department: whoever asks for one use of a document would read all of it.
    await sql(`alter table \`${auditSchema}\`.closed_line add key ix_closed_line_document (document_id, resource_id)`);
  },
};
