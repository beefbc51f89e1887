import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** 变更申请: requests for another size or another DR mode of what runs already. */
export const changeRequests: Migration = {
  id: '202611291200-change-requests',
  async up({ sql }) {
    await sql(`alter table request
      add column nature varchar(8) ${ASCII} not null default 'NEW' after code,
      add column restart_agreed tinyint(1) not null default 0 after temporary_until,
      add constraint ck_request_nature check (nature in ('NEW', 'CHANGE'))`);
    await sql(`alter table request_line
      add column changed_line_id ${ID} null after request_id,
      add column from_local_mode varchar(12) ${ASCII} null after remote_mode,
      add column from_remote_mode varchar(12) ${ASCII} null after from_local_mode`);
    await sql(`create table request_change (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      line_id ${ID} not null,
      resource_id ${ID} not null,
      claim_id ${ID} not null,
      what varchar(8) ${ASCII} not null,
      from_vcpu int not null,
      from_memory_mib int not null,
      from_disk_gib int not null,
      to_vcpu int not null,
      to_memory_mib int not null,
      to_disk_gib int not null,
      claim_vcpu int not null,
      claim_memory_mib int not null,
      claim_disk_gib int not null,
      from_fen bigint not null,
      to_fen bigint not null,
      state varchar(10) ${ASCII} not null,
      done_at datetime(3) null,
      done_number int null,
      unique key uq_request_change_resource (request_id, resource_id),
      unique key uq_request_change_number (resource_id, done_number),
      key ix_request_change_resource (resource_id, state),
      constraint ck_request_change_what check (what in ('RESIZE', 'MAKE', 'LEAVE')),
      constraint ck_request_change_state check (state in ('ASKED', 'UNDERWAY', 'DONE')),
      constraint ck_request_change_done check ((state = 'DONE') = (done_at is not null) and (done_at is null) = (done_number is null)),
      constraint ck_request_change_size check (to_vcpu > 0 and to_memory_mib > 0 and to_disk_gib >= from_disk_gib),
      constraint fk_request_change_request foreign key (request_id) references request (id) on delete restrict on update no action,
      constraint fk_request_change_line foreign key (line_id) references request_line (id) on delete cascade on update no action
    ) engine=InnoDB`);
  },
};
