import type { Migration } from '../migration.js';

/** Change feed, code numbers and leases: what every feature stands on. */
export const platformTables: Migration = {
  id: '202611240001-platform',
  async up({ sql }) {
    await sql(`create table change_feed (
      seq bigint not null auto_increment primary key,
      topic varchar(20) not null,
      subject_id char(36) character set ascii collate ascii_bin not null,
      created_at datetime(3) not null,
      key ix_change_feed_created (created_at)
    ) engine=InnoDB`);
    await sql(`create table code_sequence (
      name varchar(40) not null primary key,
      next_number bigint not null
    ) engine=InnoDB`);
    await sql(`create table lease (
      name varchar(60) not null primary key,
      holder varchar(80) not null,
      epoch bigint not null,
      expires_at datetime(3) not null
    ) engine=InnoDB`);
  },
};
