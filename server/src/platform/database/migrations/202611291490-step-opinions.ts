import type { Migration } from '../migration.js';

/** A step says more than its person's opinion of 500 characters: to whom it was handed, which pools were chosen. */
export const stepOpinions: Migration = {
  id: '202611291490-step-opinions',
  async up({ sql }) {
    await sql('alter table request_step modify column opinion varchar(3000) null');
  },
};
