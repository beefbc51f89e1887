import type { Migration } from '../migration.js';

/** What each unit of a service was reserved at: by tiers not all the same. null = from before it was kept, or of no service. */
export const serviceUnitPrices: Migration = {
  id: '202611300222-service-unit-prices',
  async up({ sql }) {
    await sql('alter table request_line add column unit_prices longtext null');
  },
};
