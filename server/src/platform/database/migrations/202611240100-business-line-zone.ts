import type { Migration } from '../migration.js';

/** Pools may stand in a business line network (业务专网) too. */
export const businessLineZone: Migration = {
  id: '202611240100-business-line-zone',
  async up({ sql }) {
    await sql('alter table pool drop constraint ck_pool_zone');
    await sql(
      "alter table pool add constraint ck_pool_zone check (zone in ('GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'))",
    );
  },
};
