import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** 任务日志 of servers: what the workers do to their hosts for each wish. */
export const serverTasks: Migration = {
  id: '202611291841-server-tasks',
  async up({ sql }) {
    await sql(`create table server_task (
      id ${ID} not null primary key,
      server_id ${ID} not null,
      department_id ${ID} null,
      system_id ${ID} null,
      center_id ${ID} not null,
      wish varchar(60) ${ASCII} not null,
      kind varchar(10) ${ASCII} not null,
      state varchar(12) ${ASCII} not null,
      progress_percent smallint null,
      text longtext not null,
      tries int not null,
      begun_at datetime(3) not null,
      changed_at datetime(3) not null,
      ended_at datetime(3) null,
      unique key uq_server_task_wish (server_id, wish),
      key ix_server_task_center (center_id, state, id),
      key ix_server_task_department (department_id, id),
      key ix_server_task_ended (ended_at, id),
      constraint fk_server_task_server foreign key (server_id) references server (id) on delete restrict on update no action,
      constraint ck_server_task_end check ((ended_at is not null) = (state in ('DONE', 'SUPERSEDED')))
    ) engine=InnoDB`);
  },
};
