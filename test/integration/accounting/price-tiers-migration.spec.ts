import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { migrate } from '../../../server/src/platform/database/migration.js';
import { migrations } from '../../../server/src/platform/database/migrations/index.js';

const DATABASE = `t_${process.pid}_tiers`;
const USE = newId();
const owner = {
  socketPath: process.env.TEST_MARIADB_SOCKET ?? '',
  user: 'jiyun_owner',
  password: process.env.TEST_MARIADB_OWNER_PASSWORD ?? '',
  database: DATABASE,
};
let admin: mysql.Connection;
const auditSchema = auditSchemaOf(DATABASE);

beforeAll(async () => {
  admin = await mysql.createConnection({ ...owner, database: undefined });
  await admin.query(`create database \`${DATABASE}\` character set utf8mb4 collate utf8mb4_unicode_ci`);
});
afterAll(async () => {
  for (const name of [DATABASE, auditSchema]) await admin.query(`drop database if exists \`${name}\``);
  await admin.end();
});

describe('rated lines from before there were tiers', () => {
  it('move to the longer key, all of them, also where whoever moved them died midway', async () => {
    const until = migrations.findIndex((migration) => migration.id === '202611300120-price-tiers');
    const moves = migrations[until] as (typeof migrations)[number];
    await migrate(owner, null, migrations.slice(0, until));
    await admin.query(`use \`${DATABASE}\``);
    await admin.query(
      `insert into rated_line (month, resource_id, meter, start_at, end_at, interval_start_at, subject_id, kind,
         department_id, share, quantity, period, portion_numerator, portion_denominator, minimum, state)
       values ('2026-10', ?, 'VCPU', '2026-10-01', '2026-10-02', '2026-10-01', ?, 'MACHINE', ?, 'MAIN', 4, 'MONTH', 1, 31, 0,
         'UNPRICED')`,
      [USE, newId(), newId()],
    );
    for (const last of ['insert into rated_line_by_tier', 'rename table', 'drop table rated_line_before_tiers']) {
      const sql = async (statement: string) => {
        if (statement.startsWith(last)) throw new Error('died');
        await admin.query(statement);
      };
      await expect(moves.up({ auditSchema, sql })).rejects.toThrow('died');
    }
    await migrate(owner, null, migrations);
    const [lines] = await admin.query<mysql.RowDataPacket[]>('select resource_id, quantity, tier from rated_line');
    expect(lines.map(({ resource_id, quantity, tier }) => [resource_id, Number(quantity), tier])).toEqual([
      [USE, 4, 0],
    ]);
    const [left] = await admin.query<mysql.RowDataPacket[]>("show tables like 'rated_line\\_%'");
    expect(left).toEqual([]);
  });
});
