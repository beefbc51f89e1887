import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** 闲置回收: cases with their steps. */
export const reclaimTables: Migration = {
  id: '202611290503-reclaim',
  async up({ sql }) {
    await sql(`create table reclaim_case (
      id ${ID} not null primary key,
      code varchar(30) ${ASCII} not null,
      resource_id ${ID} not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      state varchar(20) ${ASCII} not null,
      cause varchar(20) ${ASCII} not null,
      evidence varchar(2000) not null,
      figures longtext not null,
      opened_by_id ${ID} null,
      opened_by_name varchar(100) not null,
      opened_at datetime(3) not null,
      due_at datetime(3) not null,
      closed_at datetime(3) null,
      version int not null,
      open tinyint null,
      unique key uq_reclaim_case_code (code),
      unique key uq_reclaim_case_open (resource_id, open),
      key ix_reclaim_case_opened (opened_at, id),
      key ix_reclaim_case_due (state, due_at, id),
      key ix_reclaim_case_department (department_id, opened_at, id),
      constraint ck_reclaim_case_state check (state in ('NOTICED', 'OBJECTED', 'AGREED', 'UNANSWERED', 'RECLAIMED', 'CLOSED')),
      constraint ck_reclaim_case_open check ((open is null) = (state in ('RECLAIMED', 'CLOSED')))
    ) engine=InnoDB`);
    await sql(`create table reclaim_event (
      id ${ID} not null primary key,
      case_id ${ID} not null,
      at datetime(3) not null,
      actor_id ${ID} null,
      actor_name varchar(100) not null,
      action varchar(20) ${ASCII} not null,
      to_state varchar(20) ${ASCII} not null,
      reason varchar(500) null,
      file_ids longtext not null,
      key ix_reclaim_event_case (case_id, at, id),
      constraint fk_reclaim_event_case foreign key (case_id) references reclaim_case (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
