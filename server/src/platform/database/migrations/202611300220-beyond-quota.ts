import type { Migration } from '../migration.js';

/** 超出定额自付: which things draw no quota because their department pays for them itself. */
export const beyondQuota: Migration = {
  id: '202611300220-beyond-quota',
  async up({ sql }) {
    await sql('alter table claim add column beyond_quota tinyint(1) not null default 0');
    await sql('alter table item_claim add column beyond_quota tinyint(1) not null default 0');
  },
};
