import type { Migration } from '../migration.js';

/** Who told what a machine used on a day: what one source cannot know is not nought of another. */
export const sourceOfUse: Migration = {
  id: '202611291851-source-of-use',
  async up({ sql }) {
    await sql(
      "alter table resource_use_day add column source varchar(12) character set ascii collate ascii_bin not null default 'PROMETHEUS' after last_sample_at",
    );
  },
};
