import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** Keys for machines that fetch exports. */
export const exportTokens: Migration = {
  id: '202611300050-export-tokens',
  async up({ sql }) {
    await sql(`create table export_token (
      id ${ID} not null primary key,
      public_id ${word(16)} not null,
      secret_hash char(64) character set ascii collate ascii_bin not null,
      kind ${word(8)} not null,
      state ${word(7)} not null,
      version int not null,
      purpose varchar(200) not null,
      exports longtext not null,
      owner_id ${ID} not null,
      owner_name varchar(200) not null,
      owner_department_id ${ID} null,
      department_id ${ID} null,
      created_at datetime(3) not null,
      expires_at datetime(3) not null,
      approved_by_id ${ID} null,
      approved_by_name varchar(200) null,
      approved_at datetime(3) null,
      revoked_by_name varchar(200) null,
      revoked_at datetime(3) null,
      last_used_at datetime(3) null,
      last_used_address ${word(45)} null,
      uses int unsigned not null,
      window_at datetime(3) null,
      window_uses smallint unsigned not null,
      unique key uq_export_token_public (public_id),
      key ix_export_token_owner (owner_id, state),
      constraint ck_export_token_state check (state in ('WAITING', 'ACTIVE', 'REVOKED')),
      constraint ck_export_token_kind check (kind in ('PERSONAL', 'SERVICE')),
      constraint ck_export_token_life check (created_at < expires_at),
      constraint ck_export_token_approved check (kind = 'PERSONAL' or state <> 'ACTIVE' or approved_by_id is not null),
      constraint ck_export_token_second check (approved_by_id is null or approved_by_id <> owner_id),
      constraint ck_export_token_revoked check ((state = 'REVOKED') = (revoked_at is not null))
    ) engine=InnoDB`);
  },
};
