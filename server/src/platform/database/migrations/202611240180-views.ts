import type { Migration } from '../migration.js';

export const viewTables: Migration = {
  id: '202611240180-views',
  async up({ sql }) {
    await sql(`create table saved_view (
      id char(36) character set ascii collate ascii_bin not null primary key,
      user_id char(36) character set ascii collate ascii_bin not null,
      list_name varchar(40) character set ascii collate ascii_bin not null,
      place tinyint not null,
      name varchar(60) not null,
      state longtext not null,
      created_at datetime(3) not null,
      updated_at datetime(3) not null,
      unique key uq_saved_view_name (user_id, list_name, name),
      unique key uq_saved_view_place (user_id, list_name, place),
      constraint ck_saved_view_place check (place between 1 and 50)
    ) engine=InnoDB`);
  },
};
