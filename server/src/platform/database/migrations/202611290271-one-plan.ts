import type { Migration } from '../migration.js';

/** At most one live plan for a holder, under a key: what the code refuses, the database refuses too. */
export const onePlan: Migration = {
  id: '202611290271-one-plan',
  async up({ sql }) {
    await sql(
      'alter table cabinet_holder add column active_plan_for_id char(36) character set ascii collate ascii_bin null',
    );
    await sql("update cabinet_holder set active_plan_for_id = planned_for_id where state <> 'RELEASED'");
    await sql('alter table cabinet_holder add unique key uq_cabinet_holder_live_plan (active_plan_for_id)');
  },
};
