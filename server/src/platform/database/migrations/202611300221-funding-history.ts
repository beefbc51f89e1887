import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/**
 * 经费方式 by month: who pays for a project from which month on. The first row of a project says what held before its first
 * change; a project that never changed has none. `carried_at` null = the reservations have not followed yet.
 */
export const fundingHistory: Migration = {
  id: '202611300221-funding-history',
  async up({ sql }) {
    await sql(`create table project_funding (
      project_id ${ID} not null,
      from_month char(7) ${ASCII} not null,
      funding_mode varchar(24) ${ASCII} not null,
      turn int not null,
      changed_at datetime(3) not null,
      changed_by varchar(120) not null,
      carried_at datetime(3) null,
      primary key (project_id, from_month),
      key ix_project_funding_carried (carried_at, changed_at),
      constraint ck_project_funding_mode check (funding_mode in ('CENTRAL', 'OWN_PAYS', 'CENTRAL_WITHIN_QUOTA'))
    ) engine=InnoDB`);
  },
};
