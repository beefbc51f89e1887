import type { Migration } from '../migration.js';

/** Which place made a cabinet wholly its department's, so that it ends with it; and lines whose places stand apart. */
export const wholeCabinets: Migration = {
  id: '202611291302-whole-cabinets',
  async up({ sql }) {
    await sql('alter table cabinet add column owner_holder_id char(36) character set ascii collate ascii_bin null');
    await sql('alter table request_line add column places_apart boolean not null default false');
  },
};
