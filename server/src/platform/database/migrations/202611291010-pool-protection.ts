import type { Migration } from '../migration.js';

/**
 * What a pool may carry: systems up to a 等保 level, and 信创. Pools from before went to everybody: they keep level 3, and their
 * processors' makers say whether they are domestic. What is registered from now on is said.
 */
export const poolProtection: Migration = {
  id: '202611291010-pool-protection',
  async up({ sql }) {
    await sql(`alter table pool
      add column domestic_cpu boolean not null default false,
      add column protection_level_max tinyint not null default 2`);
    await sql('update pool set protection_level_max = 3');
    await sql("update pool set domestic_cpu = true where processor regexp '鲲鹏|飞腾|海光|兆芯|龙芯|申威'");
    await sql('alter table pool add constraint ck_pool_protection check (protection_level_max between 1 and 3)');
  },
};
