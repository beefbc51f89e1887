import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Answers to disputes that were wrong and have been corrected again. */
export const earlierAnswers: Migration = {
  id: '202611300022-earlier-answers',
  async up({ sql }) {
    await sql(`create table line_dispute_answer (
      dispute_id ${ID} not null,
      version int not null,
      corrected_fen bigint not null,
      answer varchar(500) not null,
      answered_by_id ${ID} not null,
      answered_by_name varchar(200) not null,
      answered_at datetime(3) not null,
      primary key (dispute_id, version)
    ) engine=InnoDB`);
  },
};
