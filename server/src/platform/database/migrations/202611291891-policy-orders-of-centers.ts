import type { Migration } from '../migration.js';

/** A policy is opened, and removed, by people in each center on its own: one order of each kind there. */
export const policyOrdersOfCenters: Migration = {
  id: '202611291891-policy-orders-of-centers',
  async up({ sql }) {
    await sql(
      'alter table work_order drop index uq_work_order_policy, add unique key uq_work_order_policy (policy_id, kind, center_id)',
    );
  },
};
