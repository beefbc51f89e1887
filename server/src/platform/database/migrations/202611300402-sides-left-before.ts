import type { Migration } from '../migration.js';

/**
 * Groups that were moved before there was a row for what a move leaves (ADR 0096): by their newest placement, of every center
 * that any of their moves left or came to, but the one that serves. Where all has long been done, the first look finds so.
 */
export const sidesLeftBefore: Migration = {
  id: '202611300402-sides-left-before',
  async up({ auditSchema, sql }) {
    const placement = `\`${auditSchema}\`.dr_placement`;
    const centers = ['from_center_id', 'to_center_id']
      .map(
        (column) =>
          `select q.group_id, f.${column} as center_id from ${placement} q join dr_execution f on f.id = q.execution_id`,
      )
      .join(' union ');
    await sql(`insert into dr_returning_side (group_id, center_id, epoch, execution_id, state, left_at)
      select p.group_id, x.center_id, p.epoch, p.execution_id, 'AWAITED', p.placed_at
      from ${placement} p
      join dr_execution e on e.id = p.execution_id
      join (${centers}) x on x.group_id = p.group_id
      where x.center_id <> p.serving_center_id
        and p.epoch = (select max(n.epoch) from ${placement} n where n.group_id = p.group_id)
        and not exists (select 1 from dr_returning_side s where s.group_id = p.group_id)`);
  },
};
