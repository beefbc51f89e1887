import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** Whose namespace an object without a record stands in, and a log of what was done to it. */
export const ownersOfQuarantined: Migration = {
  id: '202611291900-owners-of-quarantined',
  async up({ sql }) {
    await sql(`alter table quarantined_object add column department_id ${ID} null after uid`);
    await sql('create index ix_quarantined_object_department on quarantined_object (department_id, first_seen_at, id)');
    await sql(
      "update quarantined_object q join department d on q.object_namespace = concat('dept-', d.code) set q.department_id = d.id",
    );
    await sql(`create table quarantine_event (
      id ${ID} not null primary key,
      object_id ${ID} not null,
      kind varchar(12) ${ASCII} not null,
      actor_name varchar(100) null,
      reason varchar(500) null,
      at datetime(3) not null,
      key ix_quarantine_event_object (object_id, at, id),
      constraint ck_quarantine_event_kind check (kind in ('KNOW', 'QUARANTINE', 'LIFT', 'HALTED'))
    ) engine=InnoDB`);
    // What stands now is known: of what had been decided before, only the audit log tells.
    await sql(`insert into quarantine_event (id, object_id, kind, actor_name, reason, at)
      select uuid(), id, if(state = 'KNOWN', 'KNOW', 'QUARANTINE'), decided_by, reason, decided_at
      from quarantined_object where state in ('KNOWN', 'QUARANTINED') and decided_at is not null`);
  },
};
