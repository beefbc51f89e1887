import type { Migration } from '../migration.js';

/** Who had a request or an intake before it was handed over: they sign and approve it no more than who has it now. */
export const formerHolders: Migration = {
  id: '202611290241-former-holders',
  async up({ sql }) {
    await sql('alter table request add column former_applicant_ids longtext null after applicant_name');
    await sql('alter table intake_batch add column former_preparer_ids longtext null after prepared_by_name');
  },
};
