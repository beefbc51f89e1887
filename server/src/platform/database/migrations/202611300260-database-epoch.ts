import type { Migration } from '../migration.js';

/** Histories of the database over several centers, and leases whose check another node hears of (ADR 0094). */
export const databaseEpoch: Migration = {
  id: '202611300260-database-epoch',
  async up({ sql }) {
    await sql('alter table lease add column fenced bigint not null default 0');
    // A row for each forced primary, never changed: the newest is the history that counts.
    await sql(`create table database_epoch (
      epoch bigint not null primary key,
      began_at datetime(3) not null,
      center varchar(60) not null,
      statement longtext not null,
      statement_hash char(64) character set ascii collate ascii_bin not null
    ) engine=InnoDB`);
  },
};
