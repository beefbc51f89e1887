import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { Acts } from '../../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../../server/src/audit/audit.repository.js';
import type { Act, AuditFact, Done, Work } from '../../../server/src/audit/audit.types.js';
import { IdempotencyRepository } from '../../../server/src/audit/idempotency.repository.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import { ok, refuse } from '../../../server/src/kernel/result.js';
import type { Actor } from '../../../server/src/kernel/viewer.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { auditSchemaOf, openDataSource } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { SingleServer } from '../../../server/src/platform/database/quorum/database-quorum.js';
import { type Tx, UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.js';
import { LosingProxy } from '../../support/losing-proxy.js';

const HOUR_MS = 60 * 60_000;
const crypto = new SoftwareCrypto(newKeyRing(), 1_000);
const actor: Actor = { userId: newId(), name: '张三', departmentId: newId(), address: '10.0.0.8', traceId: 'trace-1' };

let database: TestDatabase;
/** The owner's account: sees and changes what the application may not. */
let owner: mysql.Connection;
let audit: string;
let now: Date;

beforeAll(async () => {
  database = await openTestDatabase();
  owner = await mysql.createConnection({ ...database.owner, timezone: 'Z' });
  audit = auditSchemaOf(database.owner.database);
});

afterAll(async () => {
  await owner.end();
  await database.close();
});

beforeEach(async () => {
  now = new Date('2026-11-24T08:00:00.000Z');
  for (const table of ['code_sequence', 'idempotency_key', 'change_feed', `${audit}.audit_event`])
    await owner.query(`delete from ${table}`);
});

interface Bench {
  readonly acts: Acts;
  readonly keys: IdempotencyRepository;
  readonly feed: ChangeFeed;
}

function bench(db: DataSource = database.db): Bench {
  const feed = new ChangeFeed(db);
  const keys = new IdempotencyRepository(db);
  const unitOfWork = new UnitOfWork(db, feed, { now: () => now }, new SingleServer());
  return { acts: new Acts(unitOfWork, new AuditRepository(db), keys, crypto), keys, feed };
}

function act(overrides: Partial<Act> = {}): Act {
  return { name: 'test.add', actor, idempotencyKey: 'press-1', input: { count: 1 }, ...overrides };
}

function fact(overrides: Partial<AuditFact> = {}): AuditFact {
  const summary = say('加一', 'Added one');
  return { objectType: 'Counter', objectId: 'c-1', departmentId: actor.departmentId, summary, ...overrides };
}

/** Business row of these tests: a counter by name. */
async function bump(tx: Tx, name = 'counter'): Promise<void> {
  await tx.manager.query(
    'insert into code_sequence (name, next_number) values (?, 1) on duplicate key update next_number = next_number + 1',
    [name],
  );
}

const addOne: Work<{ id: string }> = async (tx) => {
  await bump(tx);
  tx.changed('pool', '00000000-0000-0000-0000-000000000001');
  return ok({ value: { id: newId() }, audit: fact({ before: { n: 0 }, after: { n: 1n, at: tx.now } }) });
};

const shortage: Refusal = { code: 'PRICE_MISSING', path: [], message: say('缺计费标准', 'No price'), meter: 'vcpu' };

async function counts(): Promise<Record<'counter' | 'audit' | 'feed' | 'keys', number>> {
  const one = async (sql: string): Promise<number> => {
    const [rows] = await owner.query<mysql.RowDataPacket[]>(sql);
    return Number(rows[0]?.n ?? 0);
  };
  return {
    counter: await one('select coalesce(sum(next_number), 0) as n from code_sequence'),
    audit: await one(`select count(*) as n from ${audit}.audit_event`),
    feed: await one('select count(*) as n from change_feed'),
    keys: await one('select count(*) as n from idempotency_key'),
  };
}

describe('an act', () => {
  it('leaves its change, its audit row, its feed row and its kept answer together', async () => {
    const heard: string[] = [];
    const { acts, feed } = bench();
    feed.listen('pool', '*', (change) => heard.push(change.subjectId));
    const outcome = await acts.perform(act(), addOne);
    expect(outcome.ok).toBe(true);
    expect(await counts()).toEqual({ counter: 1, audit: 1, feed: 1, keys: 1 });
    expect(heard).toHaveLength(1);
    const [rows] = await owner.query<mysql.RowDataPacket[]>(`select * from ${audit}.audit_event`);
    expect(rows[0]).toMatchObject({
      occurred_at: now,
      actor_user_id: actor.userId,
      actor_name: '张三',
      action: 'test.add',
      outcome: 'DONE',
      summary_zh: '加一',
      before_json: '{"n":0}',
      after_json: '{"at":"2026-11-24T08:00:00.000Z","n":"1"}',
    });
  });

  it('leaves nothing but the kept refusal when it is refused', async () => {
    const heard: string[] = [];
    const { acts, feed } = bench();
    feed.listen('pool', '*', (change) => heard.push(change.subjectId));
    const refused = await acts.perform(act(), async (tx) => {
      await addOne(tx);
      return refuse([shortage]);
    });
    expect(refused).toEqual({ ok: false, error: [shortage] });
    expect(await counts()).toEqual({ counter: 0, audit: 0, feed: 0, keys: 1 });
    expect(heard).toEqual([]);
  });

  it('is undone as a whole when its last step is refused', async () => {
    const refused = await bench().acts.perform(act(), async (tx) => {
      const done = await addOne(tx);
      if (!done.ok) return done;
      return ok({ ...done.value, last: async () => refuse([shortage]) });
    });
    expect(refused).toEqual({ ok: false, error: [shortage] });
    expect(await counts()).toEqual({ counter: 0, audit: 0, feed: 0, keys: 1 });
  });

  it('leaves nothing at all when it throws, and the key is free again', async () => {
    const { acts } = bench();
    await expect(
      acts.perform(act(), async (tx) => {
        await addOne(tx);
        throw new Error('defect');
      }),
    ).rejects.toThrow('defect');
    expect(await counts()).toEqual({ counter: 0, audit: 0, feed: 0, keys: 0 });
    expect((await acts.perform(act(), addOne)).ok).toBe(true);
  });

  it('runs its last step after everything else has been written', async () => {
    const seen: Record<string, number>[] = [];
    await bench().acts.perform(act(), async (tx) => {
      const done = await addOne(tx);
      if (!done.ok) return done;
      const last: NonNullable<Done<{ id: string }>['last']> = async (inner) => {
        const [row] = await inner.manager.query(
          `select (select count(*) from \`${audit}\`.audit_event) as audit, (select count(*) from change_feed) as feed,
                  (select count(outcome) from idempotency_key) as answers`,
        );
        seen.push({ audit: Number(row.audit), feed: Number(row.feed), answers: Number(row.answers) });
        return ok(undefined);
      };
      return ok({ ...done.value, last });
    });
    expect(seen).toEqual([{ audit: 1, feed: 1, answers: 1 }]);
  });

  it('fails when its audit row cannot be written', async () => {
    const { acts } = bench();
    const tooLong = 'x'.repeat(41);
    await expect(
      acts.perform(act(), async (tx) => {
        await bump(tx);
        return ok({ value: null, audit: fact({ objectType: tooLong }) });
      }),
    ).rejects.toThrow();
    expect(await counts()).toEqual({ counter: 0, audit: 0, feed: 0, keys: 0 });
  });

  it('fails when the account may not write audit rows', async () => {
    await owner.query(`revoke insert on \`${audit}\`.* from jiyun_app@localhost`);
    const blocked = await openDataSource(database.address, []);
    try {
      await expect(bench(blocked).acts.perform(act(), addOne)).rejects.toThrow(/denied/i);
      expect(await counts()).toEqual({ counter: 0, audit: 0, feed: 0, keys: 0 });
    } finally {
      await owner.query(`grant insert on \`${audit}\`.* to jiyun_app@localhost`);
      await blocked.destroy();
    }
  });

  it('of the system needs no key', async () => {
    const system: Actor = { userId: null, name: '系统', departmentId: null, address: null, traceId: 't' };
    const { acts } = bench();
    await acts.perform({ name: 'test.tick', actor: system, input: null }, addOne);
    await acts.perform({ name: 'test.tick', actor: system, input: null }, addOne);
    expect(await counts()).toEqual({ counter: 2, audit: 2, feed: 2, keys: 0 });
  });
});

describe('an idempotency key', () => {
  it('pressed 100 times at once does one act and gives one answer', async () => {
    const { acts } = bench();
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => acts.perform(act(), addOne)));
    expect(new Set(outcomes.map((o) => JSON.stringify(o))).size).toBe(1);
    expect(outcomes[0]?.ok).toBe(true);
    expect(await counts()).toEqual({ counter: 1, audit: 1, feed: 1, keys: 1 });
  });

  it('pressed at four replicas at once does one act and gives one answer', async () => {
    const replicas = await Promise.all(Array.from({ length: 4 }, () => openDataSource(database.address, [])));
    try {
      const benches = replicas.map((db) => bench(db));
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, n) => (benches[n % 4] as Bench).acts.perform(act(), addOne)),
      );
      expect(new Set(outcomes.map((o) => JSON.stringify(o))).size).toBe(1);
      expect(await counts()).toEqual({ counter: 1, audit: 1, feed: 1, keys: 1 });
    } finally {
      await Promise.all(replicas.map((db) => db.destroy()));
    }
  });

  it('whose first press fails at one replica lets the waiting one act', async () => {
    const other = await openDataSource(database.address, []);
    try {
      let entered!: () => void;
      const working = new Promise<void>((resolve) => {
        entered = resolve;
      });
      let fail!: (error: Error) => void;
      const failure = new Promise<never>((_, reject) => {
        fail = reject;
      });
      const first = bench().acts.perform<null>(act(), async () => {
        entered();
        return failure;
      });
      await working;
      const second = bench(other).acts.perform(act(), addOne);
      await new Promise((resolve) => setTimeout(resolve, 50));
      fail(new Error('the replica broke down'));
      await expect(first).rejects.toThrow('broke down');
      expect((await second).ok).toBe(true);
      expect(await counts()).toMatchObject({ counter: 1, audit: 1, keys: 1 });
    } finally {
      await other.destroy();
    }
  });

  it('gives the kept refusal for ten minutes and asks anew after that', async () => {
    const { acts } = bench();
    const refused = await acts.perform<{ id: string }>(act(), async () => refuse([shortage]));
    expect(await acts.perform(act(), addOne)).toEqual(refused);
    now = new Date(now.getTime() + HOUR_MS / 6 - 1);
    expect(await acts.perform(act(), addOne)).toEqual(refused);
    now = new Date(now.getTime() + 1);
    expect((await acts.perform(act(), addOne)).ok).toBe(true);
    expect(await counts()).toMatchObject({ counter: 1, keys: 1 });
  });

  it('gives the kept value for a day, through housekeeping', async () => {
    const { acts, keys } = bench();
    const first = await acts.perform(act(), addOne);
    now = new Date(now.getTime() + 24 * HOUR_MS - 1);
    await keys.prune(now);
    expect(await acts.perform(act(), addOne)).toEqual(first);
    now = new Date(now.getTime() + 1);
    await keys.prune(now);
    expect((await counts()).keys).toBe(0);
  });

  it('is refused for other input and for another act, whether the first was done or refused', async () => {
    const { acts } = bench();
    await acts.perform(act({ idempotencyKey: 'done' }), addOne);
    await acts.perform<null>(act({ idempotencyKey: 'refused' }), async () => refuse([shortage]));
    for (const idempotencyKey of ['done', 'refused'])
      for (const changed of [{ input: { count: 2 } }, { name: 'test.remove' }]) {
        const outcome = await acts.perform(act({ idempotencyKey, ...changed }), addOne);
        expect(outcome.ok ? [] : outcome.error.map((e) => e.code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
      }
    expect(await counts()).toMatchObject({ counter: 1, audit: 1 });
  });

  it('takes input with its fields in another order for the same input', async () => {
    const { acts } = bench();
    const first = await acts.perform(act({ input: { a: 1, b: [1n, null] } }), addOne);
    expect(await acts.perform(act({ input: { b: [1n, null], a: 1, c: undefined } }), addOne)).toEqual(first);
  });

  it('belongs to one user', async () => {
    const { acts } = bench();
    await acts.perform(act(), addOne);
    await acts.perform(act({ actor: { ...actor, userId: newId() } }), addOne);
    expect(await counts()).toMatchObject({ counter: 2, keys: 2 });
  });

  it.each(['', 'x'.repeat(101), 'with space', '含汉字', 'new\nline'])(
    'is refused when it is %j',
    async (idempotencyKey) => {
      const outcome = await bench().acts.perform(act({ idempotencyKey }), addOne);
      expect(outcome.ok ? [] : outcome.error).toMatchObject([{ code: 'INVALID_INPUT', path: ['idempotencyKey'] }]);
      expect(await counts()).toMatchObject({ counter: 0, keys: 0 });
    },
  );
});

describe('trouble with the database', () => {
  it('a deadlock runs the whole act again and changes everything once', async () => {
    const { acts } = bench();
    for (const name of ['a', 'b'])
      await owner.query('insert into code_sequence (name, next_number) values (?, 0)', [name]);
    let attempts = 0;
    let holders = 0;
    let bothHold!: () => void;
    const held = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    const inOrder =
      (first: string, second: string): Work<null> =>
      async (tx) => {
        attempts += 1;
        await bump(tx, first);
        // Each has its first row before either asks for the other's; the second run meets nobody and need not wait.
        holders += 1;
        if (holders === 2) bothHold();
        await held;
        await bump(tx, second);
        return ok({ value: null, audit: fact() });
      };
    const outcomes = await Promise.all([
      acts.perform(act({ idempotencyKey: 'one' }), inOrder('a', 'b')),
      acts.perform(act({ idempotencyKey: 'two' }), inOrder('b', 'a')),
    ]);
    expect(outcomes.every((o) => o.ok)).toBe(true);
    expect(attempts).toBeGreaterThan(2);
    expect(await counts()).toMatchObject({ counter: 4, audit: 2, keys: 2 });
  });

  it('an answer lost at COMMIT is found under the key, not done twice', async () => {
    const proxy = new LosingProxy(database.address.socketPath as string);
    await proxy.listen();
    const db = await openDataSource({ ...database.address, socketPath: proxy.socketPath }, []);
    try {
      const { acts } = bench(db);
      let runs = 0;
      proxy.loseAnswerTo('COMMIT');
      const outcome = await acts.perform(act(), async (tx) => {
        runs += 1;
        return addOne(tx);
      });
      expect(proxy.lost).toBe(1);
      expect(runs).toBe(1);
      expect(outcome.ok).toBe(true);
      expect(await acts.perform(act(), addOne)).toEqual(outcome);
      expect(await counts()).toEqual({ counter: 1, audit: 1, feed: 1, keys: 1 });
    } finally {
      await db.destroy();
      await proxy.close();
    }
  });

  it('a connection killed before COMMIT lets the act run again', async () => {
    const { acts } = bench();
    let runs = 0;
    const outcome = await acts.perform(act(), async (tx) => {
      runs += 1;
      const [row] = await tx.manager.query('select connection_id() as id');
      const done = await addOne(tx);
      if (runs === 1) await owner.query(`kill ${Number(row.id)}`);
      return done;
    });
    expect(outcome.ok).toBe(true);
    expect(runs).toBe(2);
    expect(await counts()).toEqual({ counter: 1, audit: 1, feed: 1, keys: 1 });
  });

  it('a lost answer without a key is an error: nobody can know', async () => {
    const proxy = new LosingProxy(database.address.socketPath as string);
    await proxy.listen();
    const db = await openDataSource({ ...database.address, socketPath: proxy.socketPath }, []);
    try {
      proxy.loseAnswerTo('COMMIT');
      const { idempotencyKey: _none, ...withoutKey } = act();
      await expect(bench(db).acts.perform(withoutKey, addOne)).rejects.toThrow();
      expect((await counts()).audit).toBe(1);
    } finally {
      await db.destroy();
      await proxy.close();
    }
  });
});

describe('the application account', () => {
  it.each([
    'update {}.audit_event set actor_name = "x"',
    'delete from {}.audit_event',
    'truncate table {}.audit_event',
    'update {}.audit_chain set hash = "x"',
    'delete from {}.audit_chain',
    'update {}.audit_checkpoint set signature = "x"',
    'delete from {}.audit_checkpoint',
    'drop table {}.audit_event',
    'alter table {}.audit_event drop column mac',
    'replace into {}.audit_event select * from {}.audit_event',
  ])('may not %s', async (statement) => {
    await bench().acts.perform(act(), addOne);
    await expect(database.db.query(statement.replaceAll('{}', `\`${audit}\``))).rejects.toThrow(/denied/i);
    expect((await counts()).audit).toBe(1);
  });
});
