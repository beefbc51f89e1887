import type { Migration } from '../migration.js';

/** A leader lets a server or a change of the duty desk through, too. */
export const freezeSubjects: Migration = {
  id: '202611300340-freeze-subjects',
  async up({ sql }) {
    await sql('alter table change_freeze_release drop constraint if exists ck_change_freeze_release_subject');
    await sql(`alter table change_freeze_release add constraint ck_change_freeze_release_subject
      check (subject_type in ('System', 'Request', 'Resource', 'Server', 'Change'))`);
  },
};
