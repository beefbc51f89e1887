import type { EntityManager } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';

/** Asked by table and not through services: that a database is empty is a fact about it, not about any feature. */
const TABLES_OF_THE_PROVINCE = [
  'app_user',
  'department',
  'government_system',
  'center',
  'room',
  'offer',
  'unit_price',
  'request',
];

/** The seed of the made-up province that this database holds; null = it holds none. */
export async function seedOf(manager: EntityManager): Promise<number | null> {
  const [row] = await manager.query('select seed from demonstration where id = 1');
  return row ? Number(row.seed) : null;
}

/** Takes the one row. false = there it is already; a loader at the same time waits here until this one ends. */
export async function takeMark(tx: Tx, seed: number): Promise<boolean> {
  const taken = await tx.manager.query('insert ignore into demonstration (id, seed, loaded_at) values (1, ?, ?)', [
    seed,
    tx.now,
  ]);
  return taken.affectedRows > 0;
}

/** Names of the tables that hold rows. */
export async function filledTables(manager: EntityManager): Promise<string[]> {
  const asked = TABLES_OF_THE_PROVINCE.map((table) => `exists (select 1 from ${table}) as ${table}`);
  const [row] = await manager.query(`select ${asked.join(', ')}`);
  return TABLES_OF_THE_PROVINCE.filter((table) => Number(row[table]) === 1);
}
