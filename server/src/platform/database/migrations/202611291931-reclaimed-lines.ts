import type { Migration } from '../migration.js';

/** A decision to take a line back stands at its term: meanwhile nobody lengthens or reviews it, and what waits is found by it. */
export const reclaimedLines: Migration = {
  id: '202611291931-reclaimed-lines',
  async up({ sql }) {
    await sql(`alter table request_line_term
      add column reclaimed_at datetime(3) null after ended_at,
      add key ix_request_line_term_reclaimed (reclaimed_at, line_id)`);
    await sql(`update request_line_term t join reclaim_case c on c.line_id = t.line_id and c.state = 'RECLAIMED'
      set t.reclaimed_at = c.closed_at where t.ended_at is null`);
  },
};
