import type { Migration } from '../migration.js';

/** Who has a quota (its limits are counters of kind QUOTA), and which quotas a claim took, so that the same get it back. */
export const quotaTables: Migration = {
  id: '202611240141-quotas',
  async up({ sql }) {
    await sql(`create table quota (
      subject_id char(36) character set ascii collate ascii_bin not null primary key,
      level varchar(10) character set ascii collate ascii_bin not null,
      department_id char(36) character set ascii collate ascii_bin not null,
      version int not null,
      tree_version int not null,
      key ix_quota_department (department_id),
      constraint ck_quota_level check (level in ('DEPARTMENT', 'SYSTEM', 'PROJECT'))
    ) engine=InnoDB`);
    // Claims from before took none, and give none back.
    await sql(
      "alter table claim add column quota_ids varchar(400) character set ascii collate ascii_bin not null default ''",
    );
    await sql('alter table claim modify column quota_ids varchar(400) character set ascii collate ascii_bin not null');
  },
};
