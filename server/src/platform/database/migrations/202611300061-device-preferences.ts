import type { Migration } from '../migration.js';

const NAME = 'varchar(253) character set ascii collate ascii_bin';

/** What an image leaves to a preference of KubeVirt, and what each machine was granted with; null = all is written out. */
export const devicePreferences: Migration = {
  id: '202611300061-device-preferences',
  async up({ sql }) {
    await sql(`alter table image add column device_preference ${NAME} null after source`);
    await sql(`alter table resource add column device_preference ${NAME} null after image_source`);
  },
};
