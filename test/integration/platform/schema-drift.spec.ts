import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entities } from '../../../server/src/entities.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase(entities);
});
afterAll(async () => {
  await test.close();
});

/** Reached by plain SQL, so that no entity speaks of them. */
const TABLES_WITHOUT_ENTITY = [
  'audit_sequencer',
  'change_feed',
  'code_sequence',
  'database_epoch',
  'idempotency_key',
  'lease',
  'notice',
  'schema_migration',
  'demonstration',
];

describe('migrations and entities', () => {
  it('make the same tables, columns, indexes and foreign keys', async () => {
    const log = await test.db.driver.createSchemaBuilder().log();
    expect(log.upQueries.map((q) => q.query)).toEqual([]);
  });

  it('make the same CHECK constraints (the schema builder ignores them)', async () => {
    const rows: { name: string }[] = await test.db.query(
      `select constraint_name as name from information_schema.check_constraints where constraint_schema = ?`,
      [test.address.database],
    );
    const spoken = test.db.entityMetadatas.flatMap((m) => m.checks.map((c) => c.name)).toSorted();
    const withoutEntity: { name: string }[] = await test.db.query(
      `select constraint_name as name from information_schema.check_constraints where constraint_schema = ? and table_name in (?)`,
      [test.address.database, TABLES_WITHOUT_ENTITY],
    );
    const made = rows.map((r) => r.name).filter((name) => !withoutEntity.some((w) => w.name === name));
    expect(made.toSorted()).toEqual(spoken);
  });

  it('leave no table that nobody speaks of', async () => {
    const rows: { name: string }[] = await test.db.query(
      'select table_name as name from information_schema.tables where table_schema = ?',
      [test.address.database],
    );
    const known = new Set([...test.db.entityMetadatas.map((m) => m.tableName), ...TABLES_WITHOUT_ENTITY]);
    expect(rows.map((r) => r.name).filter((name) => !known.has(name))).toEqual([]);
  });
});
