import type { Migration } from '../migration.js';

/** A restore that does not come to its end is given up by its people: the worker takes it off the cluster. */
export const restoresGivenUp: Migration = {
  id: '202611291790-restores-given-up',
  async up({ sql }) {
    await sql('alter table resource_snapshot add column restore_given_up_at datetime(3) null after restores');
  },
};
