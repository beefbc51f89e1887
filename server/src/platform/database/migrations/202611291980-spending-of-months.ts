import type { Migration } from '../migration.js';

/**
 * Reserved becomes spent by closed months. A correction may take back more than the month has cost, also in the first
 * month of a year, so spending may be negative for a while; a reopened month gives back what it had used up of
 * reservations. A use knows the request that asked for it.
 */
export const spendingOfMonths: Migration = {
  id: '202611291980-spending-of-months',
  async up({ sql, auditSchema }) {
    await sql('alter table budget drop constraint ck_budget_use');
    await sql('alter table budget add constraint ck_budget_use check (reserved_fen >= 0)');
    const entries = `\`${auditSchema}\`.budget_entry`;
    await sql(`alter table ${entries} drop constraint ck_budget_entry_amount`);
    await sql(`alter table ${entries} add constraint ck_budget_entry_amount check (
      amount_fen > 0 or (amount_fen < 0 and kind in ('ADJUST', 'SPEND')))`);
    await sql(`alter table ${entries} drop constraint ck_budget_entry_reserved`);
    await sql(`alter table ${entries} add constraint ck_budget_entry_reserved check (
      from_reserved_fen = 0 or (kind = 'SPEND' and (from_reserved_fen between 0 and amount_fen
        or (reverses_entry_id is not null and from_reserved_fen between amount_fen and 0))))`);
    await sql(`alter table metered_resource
      add column request_id char(36) character set ascii collate ascii_bin null,
      add key ix_metered_resource_request (request_id)`);
  },
};
