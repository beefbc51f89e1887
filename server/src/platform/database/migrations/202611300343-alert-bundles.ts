import type { Migration } from '../migration.js';

/** One call for one cause: which alert is called for in another's place, and whether a silent center may be why. */
export const alertBundles: Migration = {
  id: '202611300343-alert-bundles',
  async up({ sql }) {
    await sql(`alter table dr_alert
      add column head_id char(36) character set ascii collate ascii_bin null,
      add column under_silence tinyint not null default 0,
      add key ix_dr_alert_head (head_id, state)`);
  },
};
