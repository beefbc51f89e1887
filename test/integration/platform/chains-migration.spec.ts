import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { migrate } from '../../../server/src/platform/database/migration.js';
import { migrations } from '../../../server/src/platform/database/migrations/index.js';

const DATABASE = `t_${process.pid}_chains`;
const [APPLICANT, HEAD] = [newId(), newId()];
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

async function rows(sql: string, values: unknown[] = []): Promise<mysql.RowDataPacket[]> {
  const [found] = await admin.query<mysql.RowDataPacket[]>(sql, values);
  return found;
}

describe('requests that were under way before there were chains', () => {
  it('go on where they stood: unsigned before the head, signed before the center, the head having had his part', async () => {
    const until = migrations.findIndex((migration) => migration.id === '202611290302-default-chains');
    await migrate(owner, null, migrations.slice(0, until));
    await admin.query(`use \`${DATABASE}\``);
    const ids = { AWAITING_SIGN_OFF: newId(), UNDER_REVIEW: newId(), DRAFT: newId(), DELIVERED: newId() };
    for (const [n, [state, id]] of Object.entries(ids).entries()) {
      await admin.query(
        `insert into request (id, code, state, state_since, version, department_id, system_id, project_id, purpose,
           applicant_id, applicant_name, signer_id, machine_count, created_at)
         values (?, ?, ?, '2026-11-20 02:00:00', 3, ?, ?, ?, 'x', ?, '张三', ?, 1, '2026-11-19 02:00:00')`,
        [id, `SQ-2026-${n}`, state, newId(), newId(), newId(), APPLICANT, state === 'AWAITING_SIGN_OFF' ? null : HEAD],
      );
      await admin.query(
        `insert into request_step (id, request_id, at, actor_id, actor_name, action, to_state)
         values (?, ?, '2026-11-20 02:00:00', ?, '李主任', 'SUBMIT', ?)`,
        [newId(), id, HEAD, state],
      );
    }
    await migrate(owner, null, migrations);
    const steps = await rows(
      `select d.subject_id as id, s.step_key as \`key\`, s.state, t.decided_by_name as name, s.holds_capacity as holds
       from approval_step s join approval_round d on d.id = s.round_id join approval_seat t on t.step_id = s.id
       order by d.subject_id, s.position`,
    );
    const of = (id: string) =>
      steps.filter((one) => one.id === id).map((one) => [one.key, one.state, one.name, one.holds]);
    expect(of(ids.AWAITING_SIGN_OFF)).toEqual([
      ['sign-off', 'CURRENT', null, 0],
      ['acceptance', 'WAITING', null, 1],
      ['technical-review', 'WAITING', null, 0],
      ['allocation', 'WAITING', null, 0],
    ]);
    expect(of(ids.UNDER_REVIEW)).toEqual([
      ['sign-off', 'APPROVED', '李主任', 0],
      ['acceptance', 'CURRENT', null, 1],
      ['technical-review', 'WAITING', null, 0],
      ['allocation', 'WAITING', null, 0],
    ]);
    expect(of(ids.DRAFT)).toEqual([]);
    expect(of(ids.DELIVERED)).toEqual([]);
    const parts = await rows(
      'select d.subject_id as id, p.person_id as person from approval_participant p join approval_round d on d.id = p.round_id',
    );
    const partsOf = (id: string) =>
      parts
        .filter((one) => one.id === id)
        .map((one) => one.person)
        .toSorted();
    expect(partsOf(ids.AWAITING_SIGN_OFF)).toEqual([APPLICANT]);
    expect(partsOf(ids.UNDER_REVIEW)).toEqual([APPLICANT, HEAD].toSorted());
  });
});
