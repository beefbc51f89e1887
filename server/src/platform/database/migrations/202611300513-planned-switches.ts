import type { Migration } from '../migration.js';

/** A switch that can wait is planned for a time, and stands in the change calendar until then. */
export const plannedSwitches: Migration = {
  id: '202611300513-planned-switches',
  async up({ sql }) {
    await sql('alter table dr_execution add column if not exists planned_at datetime(3) null');
    await sql('alter table dr_execution drop constraint if exists ck_dr_execution_planned');
    await sql(`alter table dr_execution add constraint ck_dr_execution_planned
      check (planned_at is null or kind <> 'FAILOVER')`);
  },
};
