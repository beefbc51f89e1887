import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { migrate } from '../../../server/src/platform/database/migration.js';
import { migrations } from '../../../server/src/platform/database/migrations/index.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
let migrated: string;
let admin: mysql.Connection;
beforeAll(async () => {
  test = await openTestDatabase();
  const { database, ...account } = test.owner;
  migrated = `${database}_migrated`;
  admin = await mysql.createConnection(account);
  await admin.query(`create database ${migrated} character set utf8mb4 collate utf8mb4_unicode_ci`);
  await migrate({ ...account, database: migrated }, null, migrations);
});
afterAll(async () => {
  await admin?.query(`drop database ${migrated}`);
  await admin?.query(`drop database ${auditSchemaOf(migrated)}`);
  await admin?.end();
  await test?.close();
});

describe("a test's database, which is copied", () => {
  it('has the tables that the migrations make, and the rows that they write', async () => {
    const copied = await everything(test.owner.database);
    expect(copied).toEqual(await everything(migrated));
    expect(copied.size).toBeGreaterThan(100);
  });
});

/** Of each table what makes it and what it holds, but when: a row of migrations says at which moment it was written. */
async function everything(database: string): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const [part, schema] of [
    ['', database],
    ['audit.', auditSchemaOf(database)],
  ] as const) {
    const [tables] = await admin.query<mysql.RowDataPacket[]>(
      'select table_name as t from information_schema.tables where table_schema = ? order by 1',
      [schema],
    );
    for (const { t } of tables) {
      const [made] = await admin.query<mysql.RowDataPacket[]>(`show create table ${schema}.${t}`);
      const [rows] = await admin.query<mysql.RowDataPacket[]>(`select * from ${schema}.${t}`);
      // The first rule holds from the month in which it is migrated, and a run may go past a month's end.
      if (t === 'proration_rule') for (const row of rows) row.from_month = String(row.from_month).length;
      found.set(`${part}${t}`, { made: made[0]?.['Create Table'], rows: rows.map(withoutMoments) });
    }
  }
  return found;
}

function withoutMoments(row: mysql.RowDataPacket): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !(value instanceof Date)));
}
