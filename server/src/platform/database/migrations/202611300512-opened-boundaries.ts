import type { Migration } from '../migration.js';

/** What lets more through than the record wants is told apart from other drift; of that a leader lets one through a freeze (ADR 0104). */
export const openedBoundaries: Migration = {
  id: '202611300512-opened-boundaries',
  async up({ sql }) {
    await sql('alter table change_freeze_release drop constraint if exists ck_change_freeze_release_subject');
    await sql(`alter table change_freeze_release add constraint ck_change_freeze_release_subject
      check (subject_type in ('System', 'Request', 'Resource', 'Server', 'Change', 'Drill', 'Drift'))`);
    await sql('alter table drift add column if not exists opens boolean not null default false');
  },
};
