import type { Migration } from '../migration.js';

/** What lets more through than the record wants is told apart from other drift; of that a leader lets one through a freeze (ADR 0104). */
export const openedBoundaries: Migration = {
  id: '202611300512-opened-boundaries',
  async up({ sql }) {
    await sql('alter table change_freeze_release drop constraint if exists ck_change_freeze_release_subject');
    await sql(`alter table change_freeze_release add constraint ck_change_freeze_release_subject
      check (subject_type in ('System', 'Request', 'Resource', 'Server', 'Change', 'Drill', 'Drift'))`);
    await sql('alter table drift add column if not exists opens boolean not null default false');
    // Asked for every few seconds: of a record that is kept for good, only the few that opened anything are read.
    await sql('alter table drift add index if not exists ix_drift_opens (opens, last_seen_at)');
  },
};
