import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { migrate } from '../../../server/src/platform/database/migration.js';
import { migrations } from '../../../server/src/platform/database/migrations/index.js';

const DATABASE = `t_${process.pid}_sides`;
const AUDIT = auditSchemaOf(DATABASE);
const [A, B, C] = ['a', 'b', 'c'].map(() => newId());
const AT = '2026-11-20 02:00:00.000';
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
  for (const name of [DATABASE, AUDIT]) await admin.query(`drop database if exists \`${name}\``);
  await admin.end();
});

const insert = async (table: string, row: Record<string, unknown>) => {
  await admin.query(`insert into ${table} (${Object.keys(row).join(', ')}) values (?)`, [Object.values(row)]);
};

async function execution(groupId: string, from: unknown, to: unknown): Promise<string> {
  const id = newId();
  await insert('dr_execution', {
    ...{
      id,
      code: `X-${id.slice(-12)}`,
      group_id: groupId,
      group_name: '组',
      department_id: newId(),
      system_id: newId(),
    },
    ...{ kind: 'SWITCHOVER', state: 'CLOSED', open: null, outcome: 'COMMITTED', reason: '切换', moments: '{}' },
    ...{ from_center_id: from, to_center_id: to, requested_by_id: newId(), requested_by: '甲' },
    ...{ created_at: AT, closed_at: AT, version: 1 },
  });
  return id;
}

/** Where it stood, then each move. */
async function placed(groupId: string, serving: readonly unknown[]): Promise<string[]> {
  const executions: string[] = [];
  for (const [epoch, center] of serving.entries()) {
    if (epoch > 0) executions.push(await execution(groupId, serving[epoch - 1], center));
    await insert(`\`${AUDIT}\`.dr_placement`, {
      ...{ group_id: groupId, epoch, previous_epoch: epoch === 0 ? null : epoch - 1 },
      ...{ execution_id: epoch === 0 ? null : executions.at(-1), serving_center_id: center, placed_at: AT },
    });
  }
  return executions;
}

describe('groups that were moved before it was written down what a move leaves', () => {
  it('owe it from now on: every center that they left, under their newest placement; those that never moved owe nothing', async () => {
    const until = migrations.findIndex(({ id }) => id === '202611300402-sides-left-before');
    await migrate(owner, null, migrations.slice(0, until));
    await admin.query(`use \`${DATABASE}\``);
    const [once, twice, back, never, known] = Array.from({ length: 5 }, () => newId());
    const [ofOnce] = await placed(once as string, [A, B]);
    const ofTwice = await placed(twice as string, [A, B, C]);
    const ofBack = await placed(back as string, [A, B, A]);
    await placed(never as string, [A]);
    const [ofKnown] = await placed(known as string, [A, B]);
    const follows = { state: 'FOLLOWS', left_at: AT, reached_at: AT, halted_at: AT, follows_at: AT };
    await insert('dr_returning_side', { group_id: known, center_id: A, epoch: 1, execution_id: ofKnown, ...follows });
    await migrate(owner, null, migrations);
    // Whoever died behind a statement has not written down that it was done: all of it is done once more.
    await admin.query("delete from schema_migration where id like '20261130040%'");
    const again = migrations.filter(({ id }) => id.startsWith('20261130040')).map(({ id }) => id);
    expect(await migrate(owner, null, migrations)).toEqual(again);
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      'select group_id as g, center_id as c, epoch as n, execution_id as e, state as s from dr_returning_side',
    );
    const told = rows.map(({ c, e, g, n, s }) => [g, c, n, e, s].join(' ')).toSorted();
    expect(told).toEqual(
      [
        [once, A, 1, ofOnce, 'AWAITED'],
        [twice, A, 2, ofTwice[1], 'AWAITED'],
        [twice, B, 2, ofTwice[1], 'AWAITED'],
        [back, B, 2, ofBack[1], 'AWAITED'],
        [known, A, 1, ofKnown, 'FOLLOWS'],
      ]
        .map((row) => row.join(' '))
        .toSorted(),
    );
  }, 120_000);
});
