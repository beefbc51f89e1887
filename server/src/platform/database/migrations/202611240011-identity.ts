import type { Migration } from '../migration.js';

/** Users and their roles, sessions, failed sign-ins. */
export const identityTables: Migration = {
  id: '202611240011-identity',
  async up({ sql }) {
    const word = 'character set ascii collate ascii_bin';
    const uuid = `char(36) ${word}`;
    const administrators = "'SYSTEM_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR'";
    await sql(`create table app_user (
      id ${uuid} not null primary key,
      username varchar(60) not null,
      display_name varchar(80) not null,
      department_id ${uuid} null,
      kind varchar(30) ${word} not null,
      password_hash varchar(120) ${word} not null,
      state varchar(10) ${word} not null,
      locale varchar(2) ${word} not null,
      last_sign_in_at datetime(3) null,
      last_sign_in_address varchar(64) ${word} null,
      created_at datetime(3) not null,
      unique key uq_app_user_username (username),
      unique key uq_app_user_kind (id, kind),
      key ix_app_user_department (department_id),
      constraint ck_app_user_kind check (kind in ('ORDINARY', ${administrators})),
      constraint ck_app_user_state check (state in ('ACTIVE', 'DISABLED'))
    ) engine=InnoDB`);
    // The key of a user holds his kind, a role names it, the CHECK ties role and kind: an administrator of the three
    // can hold no second role, and nobody who holds another role can become one, whoever writes the row.
    await sql(`create table user_role (
      user_id ${uuid} not null,
      role varchar(30) ${word} not null,
      user_kind varchar(30) ${word} not null,
      primary key (user_id, role),
      key ix_user_role_user (user_id, user_kind),
      constraint fk_user_role_user foreign key (user_id, user_kind) references app_user (id, kind)
        on delete restrict on update no action,
      constraint ck_user_role_exclusive check (user_kind = if(role in (${administrators}), role, 'ORDINARY'))
    ) engine=InnoDB`);
    await sql(`create table session (
      id ${uuid} not null primary key,
      token_hash char(64) ${word} not null,
      user_id ${uuid} not null,
      address varchar(64) ${word} null,
      created_at datetime(3) not null,
      last_seen_at datetime(3) not null,
      expires_at datetime(3) not null,
      ended_at datetime(3) null,
      previous_sign_in_at datetime(3) null,
      previous_sign_in_address varchar(64) ${word} null,
      unique key uq_session_token (token_hash),
      key ix_session_user (user_id),
      key ix_session_expires (expires_at)
    ) engine=InnoDB`);
    await sql(`create table sign_in_failure (
      kind varchar(10) ${word} not null,
      subject char(64) ${word} not null,
      failures int not null,
      since datetime(3) not null,
      locked_until datetime(3) null,
      primary key (kind, subject),
      key ix_sign_in_failure_since (since),
      constraint ck_sign_in_failure_kind check (kind in ('ACCOUNT', 'ADDRESS'))
    ) engine=InnoDB`);
  },
};
