import type { Migration } from '../migration.js';

/** What people attach. The bytes lie below the data folder; the row says what they are and whose. */
export const fileTables: Migration = {
  id: '202611240130-files',
  async up({ sql }) {
    await sql(`create table stored_file (
      id char(36) character set ascii collate ascii_bin not null primary key,
      name varchar(200) not null,
      media_type varchar(100) character set ascii collate ascii_bin not null,
      size_bytes int not null,
      sm3 varchar(64) character set ascii collate ascii_bin not null,
      place varchar(32) character set ascii collate ascii_bin not null,
      uploaded_at datetime(3) not null,
      uploaded_by char(36) character set ascii collate ascii_bin null,
      owner_type varchar(40) character set ascii collate ascii_bin null,
      owner_id char(36) character set ascii collate ascii_bin null,
      unique key uq_stored_file_place (place),
      key ix_stored_file_owner (owner_type, owner_id),
      key ix_stored_file_unattached (owner_type, uploaded_at),
      key ix_stored_file_uploader (uploaded_by, owner_type),
      constraint ck_stored_file_size check (size_bytes >= 0),
      constraint ck_stored_file_owner check ((owner_type is null) = (owner_id is null))
    ) engine=InnoDB`);
  },
};
