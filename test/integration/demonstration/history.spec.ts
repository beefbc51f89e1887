import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApplicationModule } from '../../../server/src/application.module.js';
import { DemonstrationModule } from '../../../server/src/demonstration/demonstration.module.js';
import { DemonstrationLoader } from '../../../server/src/demonstration/demonstration-loader.js';
import { HistoryLoader } from '../../../server/src/demonstration/history/history-loader.js';
import { entities } from '../../../server/src/entities.js';
import { readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const SEED = 20_260_101;
const SCALE = { machines: 3_000, months: 24 };
const clock = { now: () => new Date('2026-11-24T08:00:00.000Z') };
const TABLES = [
  'request',
  'request_line',
  'request_step',
  'claim',
  'resource',
  'resource_event',
  'approval_round',
  'approval_step',
  'approval_seat',
  'approval_participant',
] as const;

let test: TestDatabase;
let context: INestApplicationContext;
afterEach(async () => {
  await context.close();
  await test.close();
});

async function open(): Promise<HistoryLoader> {
  test = await openTestDatabase(entities);
  context = await NestFactory.createApplicationContext(
    ApplicationModule.of({
      ground: {
        configuration: readConfiguration({ JIYUN_LOG_LEVEL: 'silent' }),
        db: test.db,
        crypto: new SoftwareCrypto(newKeyRing(), 1_000),
        clock,
      },
      demonstration: null,
      parts: [{ module: DemonstrationModule }],
    }),
    { logger: false, abortOnError: false },
  );
  await context.get(DemonstrationLoader).load(SEED, SCALE.machines);
  return context.get(HistoryLoader);
}

async function counts(): Promise<Record<string, number>> {
  const rows = await Promise.all(
    TABLES.map(async (table) => [table, Number((await test.db.query(`select count(*) as n from ${table}`))[0].n)]),
  );
  return Object.fromEntries(rows);
}

describe('HistoryLoader.load', () => {
  it('writes a past whose live claims are exactly what the counters say, once', async () => {
    const history = await open();
    expect(await history.load(SCALE)).toBeGreaterThan(400);
    const before = await counts();
    expect(before.resource).toBeGreaterThan(SCALE.machines * 0.8);
    const differing = await test.db.query(
      `select c.subject_id from capacity_counter c
       left join (select pool_id, sum(vcpu) as vcpu, sum(memory_mib) as memory_mib from claim
                  where state <> 'RELEASED' group by pool_id) live on live.pool_id = c.subject_id
       where c.kind = 'POOL' and ((c.meter = 'VCPU' and c.live_amount <> coalesce(live.vcpu, 0))
         or (c.meter = 'MEMORY_MIB' and c.live_amount <> coalesce(live.memory_mib, 0)))`,
    );
    expect(differing).toEqual([]);
    // What is still open goes on in a chain.
    const [open_] = await test.db.query(
      `select count(*) as requests, count(d.id) as rounds, count(r.due_at) as due from request r
       left join approval_round d on d.running_subject_id = r.id where r.state in ('AWAITING_SIGN_OFF', 'UNDER_REVIEW')`,
    );
    expect(Number(open_.requests)).toBeGreaterThan(0);
    expect([open_.rounds, open_.due]).toEqual([open_.requests, open_.requests]);
    expect(await history.load(SCALE)).toBe(0);
    expect(await counts()).toEqual(before);
  });

  it('lets the next request and machine have the next codes', async () => {
    const history = await open();
    await history.load({ machines: 200, months: 6 });
    const [{ code }] = await test.db.query(
      "select code from request where code like 'SQ-2026-%' order by code desc limit 1",
    );
    const [{ number }] = await test.db.query("select next_number as number from code_sequence where name = 'SQ-2026'");
    expect(Number(number)).toBe(Number(code.slice(-6)));
  });

  it('goes on where it was killed, and two processes write it once', async () => {
    const history = await open();
    await history.load(SCALE);
    const whole = await counts();
    // As a start that ended after its first piece would leave it.
    const [{ at }] = await test.db.query('select created_at as at from request order by created_at, id limit 499, 1');
    for (const table of ['resource_event', 'resource', 'claim', 'request_step', 'request_line'] as const) {
      const requestId =
        table === 'resource_event' ? '(select request_id from resource r where r.id = t.resource_id)' : 't.request_id';
      await test.db.query(
        `delete t from ${table} t where ${requestId} in (select id from request where created_at > ?)`,
        [at],
      );
    }
    const rounds = 'select d.id from approval_round d join request r on r.id = d.subject_id where r.created_at > ?';
    await test.db.query(
      `delete t from approval_seat t join approval_step s on s.id = t.step_id where s.round_id in (${rounds})`,
      [at],
    );
    for (const table of ['approval_step', 'approval_participant'] as const)
      await test.db.query(`delete from ${table} where round_id in (${rounds})`, [at]);
    await test.db.query('delete d from approval_round d join request r on r.id = d.subject_id where r.created_at > ?', [
      at,
    ]);
    await test.db.query('delete from request where created_at > ?', [at]);
    await test.db.query(
      `update capacity_counter c set live_amount = coalesce((select case c.meter when 'VCPU' then sum(vcpu)
         when 'MEMORY_MIB' then sum(memory_mib) when 'STORAGE_GIB_SSD' then sum(if(storage_tier = 'SSD', storage_gib, 0))
         when 'STORAGE_GIB_HDD' then sum(if(storage_tier = 'HDD', storage_gib, 0)) else 0 end
       from claim where pool_id = c.subject_id and state <> 'RELEASED'), 0) where kind = 'POOL'`,
    );
    await test.db.query('update demonstration set history_pieces = 1, history_complete = 0');
    const [one, two] = await Promise.all([history.load(SCALE), history.load(SCALE)]);
    expect(one + two).toBe((whole.request ?? 0) - 500);
    expect(await counts()).toEqual(whole);
  });
});
