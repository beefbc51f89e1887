import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import mysql from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { Acts } from '../../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../../server/src/audit/audit.repository.js';
import { ChainRepository } from '../../../server/src/audit/chain.repository.js';
import { IdempotencyRepository } from '../../../server/src/audit/idempotency.repository.js';
import { AuditSequencer } from '../../../server/src/audit/sequencer.js';
import { auditVerifyCommand, parseAnchor } from '../../../server/src/audit/verify-command.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import type { Clock } from '../../../server/src/kernel/clock.js';
import { ok } from '../../../server/src/kernel/result.js';
import type { Actor } from '../../../server/src/kernel/viewer.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { auditSchemaOf, openDataSource } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { LosingProxy } from '../../support/losing-proxy.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';
import { until } from '../../support/until.ts';

const START = new Date('2026-11-24T08:00:00.000Z');
const LEASE_LIFE_MS = 10_000;
const crypto = new SoftwareCrypto(newKeyRing(), 1_000);
const actor: Actor = { userId: newId(), name: '张三', departmentId: null, address: '10.0.0.8', traceId: 'trace-1' };

let test: TestDatabase;
/** The owner's account: what an attacker with the database's password can do. */
let owner: mysql.Connection;
let audit: string;
let now: Date;
const clock: Clock = { now: () => now };

beforeAll(async () => {
  test = await openTestDatabase();
  owner = await mysql.createConnection({ ...test.owner, timezone: 'Z' });
  audit = `\`${auditSchemaOf(test.owner.database)}\``;
});

afterAll(async () => {
  await owner.end();
  await test.close();
  await crypto.onApplicationShutdown();
});

beforeEach(async () => {
  now = START;
  for (const table of ['audit_event', 'audit_chain', 'audit_checkpoint'])
    await owner.query(`delete from ${audit}.${table}`);
  await owner.query('delete from lease');
  await owner.query("update audit_sequencer set settled_until = '2000-01-01'");
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** For the processes' clock, and for the database's, by which leases end. */
async function pass(ms: number): Promise<void> {
  now = new Date(now.getTime() + ms);
  await owner.query('update lease set expires_at = expires_at - interval ? microsecond', [ms * 1_000]);
}

function sequencerOn(db: DataSource = test.db, time: Clock = clock): AuditSequencer {
  return new AuditSequencer(new ChainRepository(db), new Leases(db), unitsOfWork(db, time).work, crypto, time);
}

async function act(times = 1, time: Clock = clock, summary = say('加一', 'Added one')): Promise<void> {
  const { db } = test;
  const acts = new Acts(unitsOfWork(db, time).work, new AuditRepository(db), new IdempotencyRepository(db), crypto);
  for (let n = 0; n < times; n += 1)
    await acts.perform({ name: 'test.add', actor, input: null }, async () =>
      ok({ value: null, audit: { objectType: 'Counter', objectId: `c-${n}`, departmentId: null, summary } }),
    );
}

interface Chained {
  seq: number;
  occurred_at: Date;
  audit_id: string;
}

async function chain(): Promise<Chained[]> {
  const [rows] = await owner.query<mysql.RowDataPacket[]>(
    `select c.seq, c.audit_id, e.occurred_at from ${audit}.audit_chain c join ${audit}.audit_event e on e.id = c.audit_id order by c.seq`,
  );
  return rows as unknown as Chained[];
}

async function count(table: string): Promise<number> {
  const [rows] = await owner.query<mysql.RowDataPacket[]>(`select count(*) as n from ${audit}.${table}`);
  return Number(rows[0]?.n);
}

async function verify(anchor?: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const parsed = anchor === undefined ? undefined : parseAnchor(anchor);
  const code = await auditVerifyCommand(test.db, crypto, (line) => lines.push(line), {
    now,
    ...(parsed && { anchor: parsed }),
  });
  return { code, lines };
}

async function findings(): Promise<string[]> {
  const { lines } = await verify();
  return lines.flatMap((line) => /^FINDING (\w+ seq \d+)/.exec(line)?.[1] ?? []);
}

describe('the sequencer', () => {
  it('gives every record its place in the order of time, and the trail is whole', async () => {
    for (let n = 0; n < 5; n += 1) {
      await act(3);
      await pass(1_000);
    }
    expect(await sequencerOn().runOnce()).toBe(15);
    const rows = await chain();
    expect(rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    expect(rows.map((row) => row.occurred_at.getTime())).toEqual(
      rows.map((row) => row.occurred_at.getTime()).toSorted((a, b) => a - b),
    );
    expect(await verify()).toMatchObject({ code: 0 });
  });

  it('chains each record while it runs, and stops', async () => {
    const systemClock: Clock = { now: () => new Date() };
    const sequencer = sequencerOn(test.db, systemClock);
    sequencer.start();
    try {
      await act(1, systemClock);
      await until('the first record is chained', async () => (await chain()).length === 1);
      for (let n = 2; n <= 6; n += 1) {
        await act(1, systemClock);
        await until('the record is chained', async () => (await chain()).length === n);
      }
    } finally {
      await sequencer.stop();
    }
    await act(1, systemClock);
    // The lease was given back and nobody took the record meanwhile: the next one need not wait, and finds it.
    expect(await sequencerOn(test.db, systemClock).runOnce()).toBe(1);
  });

  it.each([
    ['some seconds', 5_000, 400],
    ['minutes', 5 * 60_000, 20_000],
    ['hours', 5 * 60 * 60_000, 24 * 60 * 60_000],
  ])('chains a record that appears %s behind others', async (_name, lateMs, withinMs) => {
    const sequencer = sequencerOn();
    await act(3);
    await pass(lateMs);
    await act(3);
    await sequencer.runOnce();
    // A transaction that began with the first ones and is committed only now.
    await act(1, { now: () => START });
    for (const end = now.getTime() + withinMs; now.getTime() < end && (await chain()).length < 7; ) {
      await pass(Math.min(withinMs, LEASE_LIFE_MS));
      await sequencer.runOnce();
    }
    const rows = await chain();
    expect(rows).toHaveLength(7);
    expect(rows.at(-1)?.occurred_at).toEqual(START);
    expect((await verify()).code).toBe(0);
  });

  it('is one, however many try: one chain, without gap', async () => {
    const pools = await Promise.all(Array.from({ length: 3 }, () => openDataSource(test.address, [])));
    try {
      const sequencers = pools.map((db) => sequencerOn(db));
      for (let round = 0; round < 8; round += 1) {
        await Promise.all([act(5), ...sequencers.map((sequencer) => sequencer.runOnce())]);
        // The lease ends between two rounds, so that it changes hands.
        await pass(LEASE_LIFE_MS + 1);
      }
      for (const sequencer of sequencers) {
        await pass(LEASE_LIFE_MS + 1);
        await sequencer.runOnce();
      }
      expect((await chain()).map((row) => Number(row.seq))).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
      expect((await verify()).code).toBe(0);
    } finally {
      await Promise.all(pools.map((db) => db.destroy()));
    }
  });

  it('that has slept through its lease writes nothing more', async () => {
    const [sleeper, successor] = [sequencerOn(), sequencerOn()];
    await act();
    expect(await sleeper.runOnce()).toBe(1);
    // The sleeper's own clock stands still: it believes that it holds the lease.
    const sleepersNow = now;
    await pass(LEASE_LIFE_MS + 1);
    expect(await successor.runOnce()).toBe(0);
    await act();
    const real = now;
    now = sleepersNow;
    expect(await sleeper.runOnce()).toBe(0);
    now = real;
    expect(await successor.runOnce()).toBe(1);
    expect((await verify()).code).toBe(0);
  });

  it('that dies between insert and place leaves the record to the next one', async () => {
    await act(2);
    const dying = new ChainRepository(test.db);
    jest.spyOn(dying, 'append').mockRejectedValue(new Error('killed'));
    const killed = new AuditSequencer(dying, new Leases(test.db), unitsOfWork(test.db, clock).work, crypto, clock);
    await expect(killed.runOnce()).rejects.toThrow('killed');
    expect(await chain()).toHaveLength(0);
    await pass(LEASE_LIFE_MS + 1);
    expect(await sequencerOn().runOnce()).toBe(2);
    expect((await verify()).code).toBe(0);
  });

  it('that does not hear of its own COMMIT goes on from what the database says', async () => {
    const proxy = new LosingProxy(test.address.socketPath as string);
    await proxy.listen();
    const db = await openDataSource({ ...test.address, socketPath: proxy.socketPath }, []);
    try {
      const sequencer = sequencerOn(db);
      await act(2);
      proxy.loseAnswerTo('COMMIT');
      await expect(sequencer.runOnce()).rejects.toThrow();
      expect(proxy.lost).toBe(1);
      await act(2);
      await sequencer.runOnce();
      expect((await chain()).map((row) => Number(row.seq))).toEqual([1, 2, 3, 4]);
      expect((await verify()).code).toBe(0);
    } finally {
      await db.destroy();
      await proxy.close();
    }
  });

  it('takes a large backlog in batches and signs it each thousand', async () => {
    const template = await act().then(async () => {
      const [rows] = await owner.query<mysql.RowDataPacket[]>(`select * from ${audit}.audit_event`);
      return rows[0] as mysql.RowDataPacket;
    });
    const columns = Object.keys(template);
    const rows = Array.from({ length: 2_499 }, (_, n) =>
      columns.map((c) => (c === 'id' ? newId(START.getTime() + n) : template[c])),
    );
    await owner.query(`insert into ${audit}.audit_event (${columns.join(', ')}) values ?`, [rows]);
    expect(await sequencerOn().runOnce()).toBe(2_500);
    const [checkpoints] = await owner.query<mysql.RowDataPacket[]>(
      `select from_seq, to_seq from ${audit}.audit_checkpoint order by to_seq`,
    );
    expect(checkpoints.map((c) => [Number(c.from_seq), Number(c.to_seq)])).toEqual([
      [1, 1_000],
      [1_001, 2_000],
    ]);
    // Copies with other ids are not what the key sealed: planting through the chain is seen too.
    expect((await verify()).code).toBe(1);
  });

  it('signs what is new once a minute, and nothing when nothing is new', async () => {
    const sequencer = sequencerOn();
    await act();
    await sequencer.runOnce();
    expect(await count('audit_checkpoint')).toBe(1);
    await pass(30_000);
    await act();
    await sequencer.runOnce();
    expect(await count('audit_checkpoint')).toBe(1);
    await pass(30_000);
    await sequencer.runOnce();
    expect(await count('audit_checkpoint')).toBe(2);
    await pass(120_000);
    await sequencer.runOnce();
    expect(await count('audit_checkpoint')).toBe(2);
  });

  it('raises an alarm in every process when a record has waited for more than a minute', async () => {
    const alarm = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const watching = sequencerOn();
    await act();
    expect(await watching.oldestUnsequencedSeconds()).toBe(0);
    await pass(60_000);
    await watching.watch();
    expect(alarm).not.toHaveBeenCalled();
    await pass(1_000);
    expect(await watching.oldestUnsequencedSeconds()).toBe(61);
    await watching.watch();
    expect(alarm).toHaveBeenCalledTimes(1);
    await watching.runOnce();
    expect(await watching.oldestUnsequencedSeconds()).toBe(0);
    await watching.watch();
    expect(alarm).toHaveBeenCalledTimes(1);
  });
});

describe('audit verify', () => {
  beforeEach(async () => {
    await act(5);
    await sequencerOn().runOnce();
    expect((await verify()).code).toBe(0);
  });

  it.each([
    [
      "update {}.audit_event e join {}.audit_chain c on c.audit_id = e.id set e.actor_name = '李四' where c.seq = 3",
      'MODIFIED seq 3',
    ],
    [
      'update {}.audit_event e join {}.audit_chain c on c.audit_id = e.id set e.occurred_at = e.occurred_at - interval 1 day where c.seq = 4',
      'MODIFIED seq 4',
    ],
    [
      "update {}.audit_event e join {}.audit_chain c on c.audit_id = e.id set e.mac = repeat('0', 64) where c.seq = 2",
      'MAC_MISMATCH seq 2',
    ],
    ['delete e from {}.audit_event e join {}.audit_chain c on c.audit_id = e.id where c.seq = 1', 'DELETED seq 1'],
    ['delete from {}.audit_chain where seq = 2', 'GAP seq 2'],
    ['delete from {}.audit_chain where seq > 3', 'TRUNCATED seq 4'],
    ['update {}.audit_checkpoint set signed_at = signed_at + interval 1 second', 'FORGED_CHECKPOINT seq 1'],
  ])('finds what the owner account does: %s', async (statement, finding) => {
    await owner.query(statement.replaceAll('{}', audit));
    expect((await verify()).code).toBe(1);
    expect(await findings()).toContain(finding);
  });

  it('finds another database’s key', async () => {
    const other = new SoftwareCrypto(newKeyRing(), 1_000);
    try {
      expect(await auditVerifyCommand(test.db, other, () => undefined, { now })).toBe(1);
    } finally {
      await other.onApplicationShutdown();
    }
  });

  it('prints a checkpoint to be noted outside, which an older state of the database does not pass', async () => {
    const { lines } = await verify();
    const noted = /Last checkpoint: (\d+:[0-9a-f]{64})/.exec(lines.join('\n'))?.[1] as string;
    expect((await verify(noted)).code).toBe(0);
    for (const table of ['audit_event', 'audit_chain', 'audit_checkpoint'])
      await owner.query(`delete from ${audit}.${table}`);
    expect((await verify()).code).toBe(0);
    expect((await verify(noted)).code).toBe(1);
  });

  it('does not take half a character for tampering', async () => {
    await act(1, clock, say('坏\ud83d字', 'half \udc00 of one'));
    await pass(1_000);
    await sequencerOn().runOnce();
    await pass(LEASE_LIFE_MS + 1);
    await sequencerOn().runOnce();
    expect(await verify()).toMatchObject({ code: 0 });
  });
});
