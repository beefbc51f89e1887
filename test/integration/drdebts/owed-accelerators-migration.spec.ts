import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { migrate } from '../../../server/src/platform/database/migration.js';
import { migrations } from '../../../server/src/platform/database/migrations/index.js';

const DATABASE = `t_${process.pid}_owed`;
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

describe('what was owed before accelerators were', () => {
  it('asks for those of its line’s offer from the upgrade on, and for none where it keeps data or its offer has none', async () => {
    const until = migrations.findIndex((migration) => migration.id === '202611291775-owed-accelerators');
    expect(until).toBeGreaterThan(0);
    await migrate(owner, null, migrations.slice(0, until));
    await admin.query(`use \`${DATABASE}\``);
    // Of every row only what the upgrade reads; whatever else a row has is nothing.
    await admin.query("set session sql_mode = '', session check_constraint_checks = 0, session foreign_key_checks = 0");
    const thing = { kind: 'VM', vcpu: 2, memoryMib: 2_048, diskGib: 20, storageTier: 'SSD', standbyRatioPercent: 50 };
    const owe = async (standing: 'STANDBY' | 'DATA', accelerator: string | null) => {
      const [id, lineId, offerId] = [newId(), newId(), newId()];
      await admin.query('insert into offer (id, code, accelerator, accelerator_count) values (?, ?, ?, ?)', [
        ...[offerId, offerId.slice(-12), accelerator, accelerator === null ? 0 : 2],
      ]);
      await admin.query('insert into request_line (id, request_id, offer_id) values (?, ?, ?)', [
        lineId,
        newId(),
        offerId,
      ]);
      await admin.query(
        `insert into dr_debt (id, line_id, kind, share, standing, thing, item_count, state, live)
         values (?, ?, 'VM', 'RECOVERY', ?, ?, 3, 'OPEN', 1)`,
        [id, lineId, standing, JSON.stringify(thing)],
      );
      return id;
    };
    const ids = [await owe('STANDBY', 'ASCEND-910B'), await owe('DATA', 'ASCEND-910B'), await owe('STANDBY', null)];
    await migrate(owner, null, migrations);
    const [rows] = await admin.query<mysql.RowDataPacket[]>('select * from dr_debt order by id');
    const cards = { name: 'ASCEND-910B', each: 2 };
    expect(
      ids.map((id) => {
        const row = rows.find((one) => one.id === id);
        return [row?.accelerator, row?.accelerators, JSON.parse(row?.thing)];
      }),
    ).toEqual([
      ['ASCEND-910B', 6, { ...thing, accelerators: cards }],
      [null, 0, { ...thing, accelerators: cards }],
      [null, 0, thing],
    ]);
  });
});
