import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { migrate } from '../../../server/src/platform/database/migration.js';
import { migrations } from '../../../server/src/platform/database/migrations/index.js';

const DATABASE = `t_${process.pid}_yearends`;
const [PROVINCE, CITY, BUREAU] = [newId(), newId(), newId()];
const owner = {
  socketPath: process.env.TEST_MARIADB_SOCKET ?? '',
  user: 'jiyun_owner',
  password: process.env.TEST_MARIADB_OWNER_PASSWORD ?? '',
  database: DATABASE,
};
let admin: mysql.Connection;

beforeAll(async () => {
  admin = await mysql.createConnection({ ...owner, database: undefined });
  await admin.query(`create database \`${DATABASE}\` character set utf8mb4 collate utf8mb4_unicode_ci`);
});
afterAll(async () => {
  for (const name of [DATABASE, auditSchemaOf(DATABASE)]) await admin.query(`drop database if exists \`${name}\``);
  await admin.end();
});

describe('the end of a year that was under way before years ended book by book', () => {
  it('goes on for the province and for each city, and one that was ended stays so', async () => {
    const until = migrations.findIndex((migration) => migration.id === '202611300131-year-end-books');
    await migrate(owner, null, migrations.slice(0, until));
    await admin.query(`use \`${DATABASE}\``);
    const departments = [
      [PROVINCE, 'P', '省厅', 'PROVINCE', null, '/P/'],
      [CITY, 'C', '某市', 'CITY', null, '/C/'],
      [BUREAU, 'B', '某局', 'BUREAU', CITY, '/C/B/'],
    ];
    for (const row of departments)
      await admin.query(
        "insert into department (id, code, name, level, parent_id, path, state, version) values (?, 'ACTIVE', 1)",
        [row],
      );
    await admin.query(
      `insert into budget_year_end (year, after_id, began_at, ended_at, begun_by)
       values (2024, 'W', now(3), now(3), '李主任'), (2025, 'I', now(3), null, '李主任')`,
    );
    await migrate(owner, null, migrations);
    const [books] = await admin.query<mysql.RowDataPacket[]>(
      'select year, city_id, after_id, ended_at from budget_year_end_book order by year, city_id',
    );
    expect(books.map(({ year, city_id, after_id, ended_at }) => [year, city_id, after_id, ended_at])).toEqual([
      [2025, '', 'I', null],
      [2025, CITY, 'I', null],
    ]);
  });
});
