import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const ascii = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/** 任务日志: what the workers do and did for each wish of a resource. */
export const resourceTasks: Migration = {
  id: '202611291740-resource-tasks',
  async up({ sql }) {
    await sql(`create table resource_task (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      center_id ${ID} not null,
      generation int not null,
      kind ${ascii(10)} not null,
      state ${ascii(12)} not null,
      progress_percent int null,
      text longtext not null,
      failure_class ${ascii(20)} null,
      failure_message varchar(500) null,
      failures int not null,
      retry_at datetime(3) null,
      queued_at datetime(3) not null,
      begun_at datetime(3) null,
      changed_at datetime(3) not null,
      ended_at datetime(3) null,
      unique key uq_resource_task_wish (resource_id, generation),
      key ix_resource_task_center (center_id, state, id),
      key ix_resource_task_department (department_id, id),
      key ix_resource_task_ended (ended_at, id),
      constraint ck_resource_task_end check ((ended_at is not null) = (state in ('DONE', 'SUPERSEDED')))
    ) engine=InnoDB`);
  },
};
