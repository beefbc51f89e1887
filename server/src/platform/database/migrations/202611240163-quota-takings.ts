import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** What servers and places in cabinets have taken of quotas, so that the same is given back once. */
export const quotaTakings: Migration = {
  id: '202611240163-quota-takings',
  async up({ sql }) {
    await sql(`create table quota_taking (
      id ${ID} not null primary key,
      subject_id ${ID} not null,
      live tinyint null,
      quota_ids longtext not null,
      amounts longtext not null,
      taken_at datetime(3) not null,
      given_back_at datetime(3) null,
      unique key uq_quota_taking_live (subject_id, live),
      constraint ck_quota_taking_live check ((given_back_at is null) = (live is not null) and (live is null or live = 1))
    ) engine=InnoDB`);
  },
};
