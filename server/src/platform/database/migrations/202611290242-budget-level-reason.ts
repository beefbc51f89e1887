import type { Migration } from '../migration.js';

/** Why a project's money is of another level than its department. */
export const budgetLevelReason: Migration = {
  id: '202611290242-budget-level-reason',
  async up({ sql }) {
    await sql('alter table project add column budget_level_reason varchar(200) null after budget_level');
  },
};
