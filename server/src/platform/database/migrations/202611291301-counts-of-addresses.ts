import type { Migration } from '../migration.js';

/** Every preview asks what each network has left: counted from an index alone. */
export const countsOfAddresses: Migration = {
  id: '202611291301-counts-of-addresses',
  async up({ sql }) {
    await sql(
      'create index ix_address_claim_count on address_claim (live, network_id, family, state, quarantine_until)',
    );
  },
};
