import type { Migration } from '../migration.js';

/** A row that is added to a table of lines has a number that none of its rows ever had, also of those that were taken out. */
export const numbersOfRows: Migration = {
  id: '202611291930-numbers-of-rows',
  async up({ sql }) {
    await sql('alter table line_batch add column last_number int not null default 1 after row_count');
    await sql(
      `update line_batch b set last_number = greatest(b.row_count + 1,
         coalesce((select max(r.sheet_row) from line_batch_row r where r.batch_id = b.id), 1))`,
    );
  },
};
