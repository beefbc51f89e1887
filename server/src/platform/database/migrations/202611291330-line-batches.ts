import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Lines of requests that come as tables, and by which file each draft got its own. */
export const lineBatches: Migration = {
  id: '202611291330-line-batches',
  async up({ sql }) {
    await sql('alter table request add column line_sources longtext null');
    await sql(`create table line_batch (
      id ${ID} not null primary key,
      kind varchar(8) character set ascii collate ascii_bin not null,
      state varchar(10) character set ascii collate ascii_bin not null,
      version int not null,
      request_id ${ID} null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      project_id ${ID} not null,
      purpose varchar(500) not null,
      file_name varchar(200) not null,
      sm3 char(64) character set ascii collate ascii_bin not null,
      row_count int not null,
      taken_count int not null,
      created_at datetime(3) not null,
      created_by_id ${ID} not null,
      created_by varchar(100) not null,
      key ix_line_batch_creator (created_by_id, state, id),
      key ix_line_batch_request (request_id, id),
      constraint ck_line_batch_state check (state in ('OPEN', 'TAKEN', 'DISCARDED')),
      constraint ck_line_batch_kind check (kind in ('VM', 'SERVER', 'CABINET', 'SERVICE'))
    ) engine=InnoDB`);
    await sql(`create table line_batch_row (
      id ${ID} not null primary key,
      batch_id ${ID} not null,
      sheet_row int not null,
      cells longtext not null,
      unread longtext not null,
      unique key uq_line_batch_row (batch_id, sheet_row),
      constraint fk_line_batch_row_batch foreign key (batch_id) references line_batch (id)
        on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
