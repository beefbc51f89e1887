import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;

/** 封网与放行: when nothing is changed, and what a leader lets through. */
export const changeFreezes: Migration = {
  id: '202611300242-change-freezes',
  async up({ sql }) {
    await sql(`create table change_freeze (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      title varchar(100) not null,
      reason varchar(500) not null,
      from_at datetime(3) not null,
      to_at datetime(3) not null,
      ended_at datetime(3) null,
      ended_by varchar(100) null,
      made_by varchar(100) not null,
      made_at datetime(3) not null,
      version int not null,
      unique key uq_change_freeze_code (code),
      key ix_change_freeze_time (to_at, from_at),
      constraint ck_change_freeze_span check (from_at < to_at)
    ) engine=InnoDB`);
    await sql(`create table change_freeze_center (
      freeze_id ${ID} not null,
      center_id ${ID} not null,
      primary key (freeze_id, center_id),
      constraint fk_change_freeze_center foreign key (freeze_id) references change_freeze (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table change_freeze_release (
      id ${ID} not null primary key,
      freeze_id ${ID} not null,
      subject_type ${word(10)} not null,
      subject_id ${ID} not null,
      subject_name varchar(200) not null,
      reason varchar(500) not null,
      until datetime(3) not null,
      given_by varchar(100) not null,
      given_at datetime(3) not null,
      revoked_at datetime(3) null,
      key ix_change_freeze_release (freeze_id, until),
      constraint fk_change_freeze_release foreign key (freeze_id) references change_freeze (id) on delete restrict on update no action,
      constraint ck_change_freeze_release_subject check (subject_type in ('System', 'Request', 'Resource'))
    ) engine=InnoDB`);
  },
};
