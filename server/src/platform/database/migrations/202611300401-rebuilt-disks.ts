import type { Migration } from '../migration.js';

/** A disk that a cut transfer tore is made anew from the snapshot of what arrived whole (ADR 0100). */
export const rebuiltDisks: Migration = {
  id: '202611300401-rebuilt-disks',
  async up({ sql }) {
    await sql(`alter table resource
      add column disk_snapshot varchar(253) character set ascii collate ascii_bin null,
      add column torn_disk_uid varchar(64) character set ascii collate ascii_bin null`);
  },
};
