import type { Migration } from '../migration.js';

/** Who signed a request stands in its rounds, and nothing is decided by the copy beside it. */
export const signersOfRequests: Migration = {
  id: '202611291100-signers-of-requests',
  async up({ sql }) {
    await sql('alter table request drop column signer_id');
  },
};
