import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** A password that was lost after its hand-over is set anew; and a machine knows with what it was first started. */
export const loginResets: Migration = {
  id: '202611291640-login-resets',
  async up({ sql }) {
    await sql(`alter table first_login
      add column with_cards tinyint(1) not null default 0,
      add column with_access tinyint(1) not null default 0`);
    await sql(`create table login_reset (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      number int not null,
      reason varchar(500) not null,
      asked_at datetime(3) not null,
      asked_by varchar(100) not null,
      sealed varbinary(512) null,
      applied_at datetime(3) null,
      expires_at datetime(3) not null,
      revealed_at datetime(3) null,
      revealed_by varchar(100) null,
      destroyed_at datetime(3) null,
      unique key uq_login_reset_number (resource_id, number),
      key ix_login_reset_expiry (destroyed_at, revealed_at, expires_at),
      constraint fk_login_reset_login foreign key (resource_id) references first_login (resource_id) on delete restrict on update no action,
      constraint ck_login_reset_once check ((sealed is null) = (revealed_at is not null or destroyed_at is not null))
    ) engine=InnoDB`);
  },
};
