import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** Machines that their cluster does not place: who is asked to place them elsewhere, and where they have not left yet. */
export const replaceTasks: Migration = {
  id: '202611291940-replace-tasks',
  async up({ sql }) {
    await sql(`alter table resource
      add column leaving_center_id ${ID} null after center_id,
      add key ix_resource_leaving (leaving_center_id)`);
    await sql(`create table replace_task (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      center_id ${ID} not null,
      pool_id ${ID} not null,
      state varchar(12) ${ASCII} not null,
      scheduler_text varchar(500) not null,
      refused_since datetime(3) not null,
      opened_at datetime(3) not null,
      closed_at datetime(3) null,
      to_center_id ${ID} null,
      to_pool_id ${ID} null,
      decided_by varchar(100) null,
      reason varchar(500) null,
      version int not null,
      live tinyint null,
      unique key uq_replace_task_live (resource_id, live),
      key ix_replace_task_opened (opened_at, id),
      key ix_replace_task_state (state, opened_at, id),
      constraint ck_replace_task_state check (state in ('OPEN', 'PLACED', 'SCHEDULED', 'ENDED')),
      constraint ck_replace_task_live check ((live is null) = (state <> 'OPEN') and (live is null or live = 1)),
      constraint ck_replace_task_closed check ((closed_at is null) = (state = 'OPEN')),
      constraint ck_replace_task_placed check ((state = 'PLACED') = (to_pool_id is not null))
    ) engine=InnoDB`);
  },
};
