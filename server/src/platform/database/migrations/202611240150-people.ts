import type { Migration } from '../migration.js';

/** What it takes to look after accounts: contact, forced change of password, version, ends of roles, memberships. */
export const peopleTables: Migration = {
  id: '202611240150-people',
  async up({ sql }) {
    const word = 'character set ascii collate ascii_bin';
    const uuid = `char(36) ${word}`;
    await sql(`alter table app_user
      add column phone varchar(20) ${word} null after password_hash,
      add column must_change_password tinyint(1) not null after state,
      add column version int not null after must_change_password`);
    await sql('update app_user set version = 1');
    await sql(`alter table user_role
      add column until datetime(3) null,
      add column granted_by ${uuid} null,
      add constraint ck_user_role_giver check (granted_by is null or granted_by <> user_id)`);
    await sql(`create table membership (
      user_id ${uuid} not null,
      department_id ${uuid} not null,
      role varchar(30) ${word} not null,
      user_kind varchar(30) ${word} not null,
      since datetime(3) not null,
      until datetime(3) null,
      granted_by ${uuid} not null,
      primary key (user_id, department_id, role),
      key ix_membership_user (user_id, user_kind),
      key ix_membership_department (department_id),
      constraint fk_membership_user foreign key (user_id, user_kind) references app_user (id, kind)
        on delete restrict on update no action,
      constraint ck_membership_ordinary check (user_kind = 'ORDINARY'),
      constraint ck_membership_role check (role in ('APPLICANT', 'DEPARTMENT_HEAD', 'VENDOR_STAFF')),
      constraint ck_membership_giver check (granted_by <> user_id),
      constraint ck_membership_period check (until is null or until >= since)
    ) engine=InnoDB`);
  },
};
