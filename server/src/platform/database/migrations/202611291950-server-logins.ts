import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** How one gets into a server after each installation of it, and who asked for that installation. */
export const serverLogins: Migration = {
  id: '202611291950-server-logins',
  async up({ sql }) {
    await sql(`alter table server_host add column image_asked_by_id ${ID} null after image_round`);
    await sql(`create table server_login (
      use_id ${ID} not null,
      image_round int not null,
      server_id ${ID} not null,
      request_code varchar(30) character set ascii collate ascii_bin null,
      asked_by_id ${ID} null,
      username varchar(32) character set ascii collate ascii_bin not null,
      password_hash varchar(160) character set ascii collate ascii_bin not null,
      sealed varbinary(512) null,
      made_at datetime(3) not null,
      ready_at datetime(3) null,
      revealed_at datetime(3) null,
      revealed_by varchar(100) null,
      destroyed_at datetime(3) null,
      primary key (use_id, image_round),
      key ix_server_login_server (server_id, made_at),
      key ix_server_login_expiry (destroyed_at, revealed_at, ready_at),
      constraint fk_server_login_server foreign key (server_id) references server (id) on delete restrict on update no action,
      constraint ck_server_login_once check ((sealed is null) = (revealed_at is not null or destroyed_at is not null))
    ) engine=InnoDB`);
  },
};
