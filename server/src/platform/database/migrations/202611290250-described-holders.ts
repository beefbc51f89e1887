import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** One live plan a thing, by a key; and since when something has stood where it stands, where that was before the console. */
export const describedHolders: Migration = {
  id: '202611290250-described-holders',
  async up({ sql }) {
    await sql(`alter table cabinet_holder
      add column active_plan_for_id ${ID} null,
      add column used_since datetime(3) null,
      add column source_platform varchar(60) null`);
    // Of two plans that met each other, the later one stays a place that is held; it can be released, not applied.
    await sql(`update cabinet_holder h join (
        select min(id) as id from cabinet_holder
        where planned_for_id is not null and state <> 'RELEASED' group by planned_for_id) first_plan on first_plan.id = h.id
      set h.active_plan_for_id = h.planned_for_id`);
    await sql('alter table cabinet_holder drop index ix_cabinet_holder_plan');
    await sql('alter table cabinet_holder add unique key uq_cabinet_holder_plan (active_plan_for_id)');
    // A day begins at midnight in Shanghai.
    await sql(`update cabinet_holder h join intake_item i on i.became_id = h.id and i.kind = 'SPACE'
      set h.used_since = timestamp(i.started_on) - interval 8 hour, h.source_platform = i.source_platform`);
  },
};
