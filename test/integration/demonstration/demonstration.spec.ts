import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import mysql from 'mysql2/promise';
import { PoolMeters } from '../../../server/src/allocation/pool-meters.service.js';
import { ApplicationModule } from '../../../server/src/application.module.js';
import { RecountService } from '../../../server/src/cabinets/recount.service.js';
import { SpaceSettlement } from '../../../server/src/cabinets/space-settlement.service.js';
import { DemonstrationModule } from '../../../server/src/demonstration/demonstration.module.js';
import { DemonstrationLoader } from '../../../server/src/demonstration/demonstration-loader.js';
import { demonstrationAccounts } from '../../../server/src/demonstration/made-up-people.js';
import { entities } from '../../../server/src/entities.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { IdentityService } from '../../../server/src/identity/identity.service.js';
import { type Configuration, readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const SEED = 20_260_101;
/** Few rounds: these hashes guard nothing. */
const PASSWORD_ITERATIONS = 1_000;
const clock = { now: () => new Date('2026-11-24T08:00:00.000Z') };

interface Opened {
  readonly test: TestDatabase;
  readonly context: INestApplicationContext;
  readonly loader: DemonstrationLoader;
}

const opened: Opened[] = [];
afterEach(async () => {
  for (const { test, context } of opened.splice(0)) {
    await context.close();
    await test.close();
  }
});

async function open(more: Partial<Configuration> = {}): Promise<Opened> {
  const test = await openTestDatabase(entities);
  const configuration = { ...readConfiguration({ JIYUN_LOG_LEVEL: 'silent' }), ...more };
  const crypto = new SoftwareCrypto(newKeyRing(), PASSWORD_ITERATIONS);
  const context = await NestFactory.createApplicationContext(
    ApplicationModule.of({
      ground: { configuration, db: test.db, crypto, clock },
      demonstration: null,
      parts: [{ module: DemonstrationModule }],
    }),
    { logger: false, abortOnError: false },
  );
  const one = { test, context, loader: context.get(DemonstrationLoader) };
  opened.push(one);
  return one;
}

const TABLES = [
  'department',
  'government_system',
  'project',
  'system_project',
  'center',
  'cluster',
  'pool',
  'maintenance_window',
  'energy_month',
  'pue_target',
  'capacity_counter',
  'quota',
  'room',
  'cabinet_row',
  'cabinet',
  'cabinet_holder',
  'cabinet_slot',
  'hardware_model',
  'server',
  'network',
  'offer',
  'image',
  'price_item',
  'budget',
  'app_user',
  'user_role',
  'demonstration',
] as const;

/** Every row of the province as text, without the salted hash. */
async function dump({ test }: Opened): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows: Record<string, unknown>[] = await test.db.query(`select * from ${table}`);
    tables[table] = rows
      .map(({ password_hash: _, ...row }) => JSON.stringify(row))
      .toSorted((a, b) => (a < b ? -1 : 1));
  }
  return tables;
}

describe('DemonstrationLoader.load', () => {
  it('loads the whole province as one audited act, and only once', async () => {
    const one = await open();
    expect(await one.loader.load(SEED)).toBe('LOADED');
    const before = await dump(one);
    const counts = Object.fromEntries(Object.entries(before).map(([table, rows]) => [table, rows.length]));
    // Every department, system and project has one, with its eight meters.
    const quotas = 126 + (counts.government_system ?? 0) + (counts.project ?? 0);
    expect(counts).toMatchObject({
      department: 126,
      center: 3,
      cluster: 3,
      pool: 15,
      maintenance_window: 1,
      energy_month: 71,
      pue_target: 6,
      capacity_counter: 49 + 8 * quotas,
      quota: quotas,
      room: 5,
      cabinet_row: 12,
      cabinet: 144,
      offer: 31,
      image: 11,
      demonstration: 1,
    });
    expect(await one.loader.load(SEED + 1)).toBe('ALREADY_THERE');
    expect(await dump(one)).toEqual(before);
    const owner = await mysql.createConnection({ ...one.test.owner, database: `${one.test.owner.database}_audit` });
    const [acts] = await owner.query("select action from audit_event where action = 'demonstration.load'");
    await owner.end();
    expect(acts).toHaveLength(1);
  });

  it('writes the same bytes into another database from the same seed', async () => {
    const [one, two] = [await open(), await open()];
    await one.loader.load(SEED);
    await two.loader.load(SEED);
    expect(await dump(two)).toEqual(await dump(one));
  });

  it('lets everybody of the list sign in', async () => {
    const { context, loader } = await open();
    await loader.load(SEED);
    const identity = context.get(IdentityService);
    for (const { username, password, displayName, role } of demonstrationAccounts) {
      const signedIn = await identity.signIn({ username, password }, { address: '127.0.0.1', traceId: 't' }, undefined);
      expect(signedIn).toMatchObject({ ok: true, value: { viewer: { name: displayName, roles: [role] } } });
    }
  });

  it('opens the counters of every pool, empty, below what is present', async () => {
    const { context, loader } = await open();
    await loader.load(SEED);
    // A cloud that stands in no center is counted, never promised.
    const all = await context.get(FacilitiesService).allPools();
    const pools = all.filter((pool) => pool.centerId !== null);
    expect(all).toHaveLength(pools.length + 3);
    const meters = await context.get(PoolMeters).metersOfPools(pools.map((pool) => pool.id));
    expect(meters.map((of) => of.length)).toEqual(pools.map((pool) => (pool.code === 'a-arm64-extranet' ? 5 : 4)));
    for (const [at, of] of meters.entries()) {
      expect(of.every((meter) => meter.held === 0 && meter.allocated === 0 && meter.free === meter.total)).toBe(true);
      const memory = of.find((meter) => meter.meter === 'MEMORY_MIB')?.total ?? 0;
      expect(memory).toBeGreaterThan(0);
      expect(memory).toBeLessThan(pools[at]?.present?.memoryMib ?? 0);
    }
  });

  it('fills cabinets whose counters are what stands in them', async () => {
    const { context, loader, test } = await open();
    await loader.load(SEED);
    expect(await context.get(RecountService, { strict: false }).recount()).toEqual([]);
    const states = await test.db.query('select distinct state from cabinet_holder order by state');
    expect(states.map((row: { state: string }) => row.state)).toEqual(['ALLOCATED', 'BLOCKED', 'HELD', 'OCCUPIED']);
  });

  it('has taken of quotas what its whole cabinets and devices of departments take, on every level', async () => {
    const { context, loader, test } = await open();
    await loader.load(SEED);
    const ought: { id: string; half_units: string; watts: string }[] = await test.db.query(
      `with recursive way as (
         select id as department_id, id, parent_id from department
         union all select way.department_id, d.id, d.parent_id from way join department d on d.id = way.parent_id),
       taken as (
         select department_id, height_units * 2 as half_units, power_limit_w as watts from cabinet
         where department_id is not null and status <> 'RETIRED'
         union all select h.department_id, h.height_half_units, h.power_w
         from cabinet_holder h join cabinet c on c.id = h.cabinet_id
         where h.department_id is not null and h.kind not in ('SPACE', 'SERVER', 'BLOCK') and h.state <> 'RELEASED'
           and not (c.department_id <=> h.department_id))
       select way.id, sum(half_units) as half_units, sum(watts) as watts
       from taken join way on way.department_id = taken.department_id group by way.id order by way.id`,
    );
    expect(ought.length).toBeGreaterThan(1);
    const counters: { id: string; half_units: string; watts: string }[] = await test.db.query(
      `select subject_id as id, sum(if(meter = 'CABINET_HALF_UNIT', live_amount, 0)) as half_units,
              sum(if(meter = 'POWER_W', live_amount, 0)) as watts
       from capacity_counter where kind = 'QUOTA' and meter in ('CABINET_HALF_UNIT', 'POWER_W') and live_amount > 0
       group by subject_id order by subject_id`,
    );
    const numbers = (rows: typeof ought) => rows.map((row) => [row.id, Number(row.half_units), Number(row.watts)]);
    expect(numbers(counters)).toEqual(numbers(ought));
    // Each taking is its cabinet's: nobody finds anything to settle.
    const settlement = context.get(SpaceSettlement, { strict: false });
    const actor = { userId: null, name: '测试', departmentId: null, address: null, traceId: 't' };
    expect(await settlement.run(actor)).toMatchObject({ settled: [], refused: [] });
  });

  it('is loaded once by two processes that start at the same time', async () => {
    const { loader, test } = await open();
    const outcomes = await Promise.all([loader.load(SEED), loader.load(SEED)]);
    expect(outcomes.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['ALREADY_THERE', 'LOADED']);
    const [row] = await test.db.query('select count(*) as n from department');
    expect(Number(row.n)).toBe(126);
  });

  it('is never mixed with real rows', async () => {
    const { loader, test } = await open();
    await test.db.query(
      "insert into center (id, code, name, role, life) values (uuid(), 'center-x', '真实中心', 'ACTIVE_A', 'IN_SERVICE')",
    );
    await expect(loader.load(SEED)).rejects.toThrow('The database is not empty (center)');
    const [row] = await test.db.query(
      'select (select count(*) from demonstration) as marks, (select count(*) from app_user) as users',
    );
    expect([Number(row.marks), Number(row.users)]).toEqual([0, 0]);
  });

  it('is loaded in DEMO mode only, and such a database is refused in earnest', async () => {
    const earnest = await open({ mode: 'PRODUCTION' });
    await expect(earnest.loader.load(SEED)).rejects.toThrow('JIYUN_MODE=demo only');
    await expect(earnest.loader.refuseInEarnest()).resolves.toBeUndefined();
    const demo = await open();
    await demo.loader.load(SEED);
    await expect(demo.loader.refuseInEarnest()).resolves.toBeUndefined();
    await earnest.test.db.query('insert into demonstration (id, seed, loaded_at) values (1, 1, now())');
    await expect(earnest.loader.refuseInEarnest()).rejects.toThrow('password is public');
  });
});
