import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entities } from '../../../server/src/entities.js';
import { migrate } from '../../../server/src/platform/database/migration.js';
import { migrations } from '../../../server/src/platform/database/migrations/index.js';
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

/** Those of a time when it was not thought of cannot be run again. */
const AGAIN_FROM = '202611300501';

describe('migrations and entities', () => {
  // The first: what follows looks at what comes of it.
  it('are run again where a process died behind one, before it was written down', async () => {
    await test.db.query('delete from schema_migration where id >= ?', [AGAIN_FROM]);
    const again = migrations.map(({ id }) => id).filter((id) => id >= AGAIN_FROM);
    expect(again.length).toBeGreaterThan(3);
    expect(await migrate(test.owner, null, migrations)).toEqual(again);
  });

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
