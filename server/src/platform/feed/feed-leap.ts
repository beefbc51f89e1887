import type { Tx } from '../database/unit-of-work.js';

/** More changes than a lost center can have told of that nobody else has: a hundred a second for almost three hours. */
const LEAP = 1_000_000;

/**
 * After a forced primary the table goes on counting from what its node had. Consoles have read on, from the nodes that are
 * given up, and would take new changes under old numbers for news that they have told already: so numbers go on behind all
 * of those, with a row that says the round of DR groups is to be read anew.
 */
export async function leapFeed(tx: Tx): Promise<void> {
  await tx.manager.query(
    `insert into change_feed (seq, topic, subject_id, created_at)
     select ? + greatest(coalesce((select max(seq) from change_feed), 0), coalesce(max(t.auto_increment), 0)), 'dr', 'ROUND', ?
     from information_schema.tables t where t.table_schema = database() and t.table_name = 'change_feed'`,
    [LEAP, tx.now],
  );
}
