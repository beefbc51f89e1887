import type { Migration } from '../migration.js';

/** A disk that a cut transfer tore is made anew from the snapshot of what arrived whole (ADR 0100). */
export const rebuiltDisks: Migration = {
  id: '202611300401-rebuilt-disks',
  async up({ sql }) {
    // Again as well: whoever dies behind it has not yet written down that it is done.
    await sql(`alter table resource
      add column if not exists disk_snapshot varchar(253) character set ascii collate ascii_bin null,
      add column if not exists torn_disk_uid varchar(64) character set ascii collate ascii_bin null`);
  },
};
