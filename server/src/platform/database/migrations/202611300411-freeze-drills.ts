import type { Migration } from '../migration.js';

/** A leader lets one drill through a freeze, too. */
export const freezeDrills: Migration = {
  id: '202611300411-freeze-drills',
  async up({ sql }) {
    await sql('alter table change_freeze_release drop constraint if exists ck_change_freeze_release_subject');
    await sql(`alter table change_freeze_release add constraint ck_change_freeze_release_subject
      check (subject_type in ('System', 'Request', 'Resource', 'Server', 'Change', 'Drill'))`);
  },
};
