import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** What the clusters have and no record tells of. */
export const quarantineTable: Migration = {
  id: '202611291712-quarantine',
  async up({ sql }) {
    await sql(`create table quarantined_object (
      id ${ID} not null primary key,
      center_id ${ID} not null,
      object_kind varchar(40) ${ASCII} not null,
      object_namespace varchar(63) ${ASCII} not null,
      object_name varchar(253) ${ASCII} not null,
      uid varchar(64) ${ASCII} not null,
      cause varchar(12) ${ASCII} not null,
      claimed_id varchar(64) ${ASCII} null,
      power varchar(12) ${ASCII} null,
      state varchar(12) ${ASCII} not null,
      passes int not null,
      first_seen_at datetime(3) not null,
      halted_at datetime(3) null,
      halt_trouble varchar(300) null,
      decided_by varchar(100) null,
      decided_at datetime(3) null,
      reason varchar(500) null,
      ended_at datetime(3) null,
      version int not null,
      live tinyint null,
      unique key uq_quarantined_object_live (center_id, object_kind, object_namespace, object_name, uid, live),
      key ix_quarantined_object_live (center_id, live),
      key ix_quarantined_object_seen (first_seen_at, id),
      constraint ck_quarantined_object_state check (state in ('NEW', 'KNOWN', 'QUARANTINED', 'BOUND', 'GONE')),
      constraint ck_quarantined_object_cause check (cause in ('NO_RECORD', 'UNLABELLED')),
      constraint ck_quarantined_object_live check ((live is null) = (state in ('BOUND', 'GONE')))
    ) engine=InnoDB`);
  },
};
