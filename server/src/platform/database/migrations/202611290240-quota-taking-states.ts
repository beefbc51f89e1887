import type { Migration } from '../migration.js';

/** What a server or a place in a cabinet has taken may be held only, until it is allocated. */
export const quotaTakingStates: Migration = {
  id: '202611290240-quota-taking-states',
  async up({ sql }) {
    await sql(
      "alter table quota_taking add column state varchar(9) character set ascii collate ascii_bin not null default 'ALLOCATED' after live",
    );
    await sql('alter table quota_taking alter column state drop default');
    await sql("alter table quota_taking add constraint ck_quota_taking_state check (state in ('HELD', 'ALLOCATED'))");
    await sql('alter table quota_taking add key ix_quota_taking_state (live, state)');
    await sql('alter table quota_taking add key ix_quota_taking_subject (subject_id, taken_at)');
    // A project's quota was opened under the department of whichever system it pays for.
    await sql(
      `update quota join project on project.id = quota.subject_id
       set quota.department_id = project.department_id where quota.level = 'PROJECT'`,
    );
  },
};
