import type { Migration } from '../migration.js';

/** What people opened they also remove: a policy has one order of each kind. */
export const policyRemoval: Migration = {
  id: '202611291461-policy-removal',
  async up({ sql }) {
    await sql(
      'alter table work_order drop index uq_work_order_policy, add unique key uq_work_order_policy (policy_id, kind)',
    );
  },
};
