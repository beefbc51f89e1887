import type { Migration } from '../migration.js';

/** Of services a request counts those that it asks for, not their quantities, which are of many units. */
export const servicesCountedOnce: Migration = {
  id: '202611291920-services-counted-once',
  async up({ sql }) {
    await sql(`update request r set r.service_count =
      (select count(*) from request_line l where l.request_id = r.id and l.kind = 'SERVICE')
      where r.service_count > 1`);
  },
};
