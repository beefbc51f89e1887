import type { Migration } from '../migration.js';

/** What the console itself writes into tickets and the shift log is kept as what it is of, and said in the reader's language. */
export const dutyWords: Migration = {
  id: '202611300413-duty-words',
  async up({ sql }) {
    await sql('alter table duty_ticket add column words longtext null');
    await sql('alter table duty_ticket_entry add column words longtext null');
    await sql('alter table duty_log_entry add column words longtext null');
  },
};
