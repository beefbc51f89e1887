import type { Migration } from '../migration.js';

/** Departments are told of a notice batch by batch: who was is written down, so that the rest is told after a worker's death. */
export const dutyNoticeTelling: Migration = {
  id: '202611300414-duty-notice-telling',
  async up({ sql }) {
    await sql('alter table duty_notice add column telling tinyint null, add index ix_duty_notice_telling (telling)');
    await sql('alter table duty_notice_receipt add column told_version int not null default 0');
    // Those that were sent before were told all at once.
    await sql('update duty_notice_receipt r join duty_notice n on n.id = r.notice_id set r.told_version = n.version');
  },
};
