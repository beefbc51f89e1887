import type { Migration } from '../migration.js';

/** A machine on a foreign platform is removed by people: which order removes it. */
export const ordersOfReleasedMachines: Migration = {
  id: '202611291300-orders-of-released-machines',
  async up({ sql }) {
    await sql('alter table work_order add column resource_id char(36) character set ascii collate ascii_bin null');
    await sql('alter table work_order add unique key uq_work_order_resource (resource_id)');
  },
};
