import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../server/src/kernel/clock.js';
import { CodeSequence } from '../../../server/src/platform/database/code-sequence.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { SingleServer } from '../../../server/src/platform/database/quorum/database-quorum.js';
import { type Tx, UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import { leapFeed } from '../../../server/src/platform/feed/feed-leap.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { until } from '../../support/until.ts';

let test: TestDatabase;
let feed: ChangeFeed;
let work: UnitOfWork;

beforeAll(async () => {
  test = await openTestDatabase();
  feed = new ChangeFeed(test.db);
  work = new UnitOfWork(test.db, feed, systemClock, new SingleServer());
});
afterAll(async () => {
  await feed.onApplicationShutdown();
  await test.close();
});

describe('UnitOfWork', () => {
  it('reads what others have committed since the transaction began (READ COMMITTED)', async () => {
    await test.db.query(
      "insert into lease (name, holder, epoch, expires_at) values ('seen', 'a', 1, utc_timestamp(3))",
    );
    const other = test.db.createQueryRunner();
    await other.connect();
    await work.run(async (tx) => {
      await tx.manager.query("select holder from lease where name = 'seen'");
      await other.query("update lease set holder = 'b' where name = 'seen'");
      const [row] = await tx.manager.query("select holder from lease where name = 'seen'");
      expect(row.holder).toBe('b');
    });
    await other.release();
  });

  it('refuses a second connection to whoever holds one, and nobody else', async () => {
    const inside: Promise<unknown> = work.run(() => test.db.query('select 1'));
    await expect(inside).rejects.toThrow('a second connection');
    const nested: Promise<unknown> = work.run(() => work.run(async () => 'deeper'));
    await expect(nested).rejects.toThrow('a second connection');
    await expect(test.db.query('select 1 as one')).resolves.toMatchObject([{ one: 1 }]);
  });

  it('runs both units again until each stands once when they deadlock', async () => {
    await test.db.query(
      "insert into lease (name, holder, epoch, expires_at) values ('x', 'h', 0, utc_timestamp(3)), ('y', 'h', 0, utc_timestamp(3))",
    );
    let attempts = 0;
    const inOrder = (first: string, second: string) =>
      work.run(async (tx) => {
        attempts += 1;
        await tx.manager.query('update lease set epoch = epoch + 1 where name = ?', [first]);
        await tx.manager.query('select sleep(0.05)');
        await tx.manager.query('update lease set epoch = epoch + 1 where name = ?', [second]);
      });
    await Promise.all([inOrder('x', 'y'), inOrder('y', 'x')]);
    const rows = await test.db.query("select epoch from lease where name in ('x', 'y')");
    expect(rows.map((r: { epoch: string }) => Number(r.epoch))).toEqual([2, 2]);
    expect(attempts).toBeGreaterThan(2);
  });

  it('keeps nothing of a unit that throws, and tells nobody', async () => {
    const told: string[] = [];
    const stop = feed.listen('request', '*', (c) => told.push(c.subjectId));
    await expect(
      work.run(async (tx) => {
        tx.changed('request', '00000000-0000-7000-8000-000000000001');
        await tx.writeChanges();
        throw new Error('planted');
      }),
    ).rejects.toThrow('planted');
    const [row] = await test.db.query("select count(*) as n from change_feed where topic = 'request'");
    expect(Number(row.n)).toBe(0);
    expect(told).toEqual([]);
    stop();
  });

  it('gives times back in UTC with milliseconds', async () => {
    const time = new Date('2026-03-01T00:00:00.123Z');
    await test.db.query("insert into lease (name, holder, epoch, expires_at) values ('time', 'h', 0, ?)", [time]);
    const [row] = await test.db.query(
      "select expires_at, cast(expires_at as char) as text from lease where name = 'time'",
    );
    expect(row.expires_at).toEqual(time);
    expect(row.text).toBe('2026-03-01 00:00:00.123');
  });
});

describe('ChangeFeed', () => {
  it('finds a row whose number was given before and committed after a later one', async () => {
    await feed.start();
    const told: string[] = [];
    const stop = feed.listen('resource', '*', (c) => told.push(c.subjectId));
    const insert = "insert into change_feed (topic, subject_id, created_at) values ('resource', ?, utc_timestamp(3))";
    const slow = test.db.createQueryRunner();
    await slow.startTransaction();
    await slow.query(insert, ['00000000-0000-7000-8000-00000000000a']);
    await test.db.query(insert, ['00000000-0000-7000-8000-00000000000b']);
    await condition(() => told.length === 1);
    await slow.commitTransaction();
    await slow.release();
    await condition(() => told.length === 2);
    expect(told).toEqual(['00000000-0000-7000-8000-00000000000b', '00000000-0000-7000-8000-00000000000a']);
    stop();
    expect(feed.listenerCount).toBe(0);
  });

  it('goes on behind every number that a lost center can have given, also where all rows are pruned, and hears on', async () => {
    const insert = "insert into change_feed (topic, subject_id, created_at) values ('resource', ?, utc_timestamp(3))";
    const { insertId } = await test.db.query(insert, ['before']);
    await test.db.query('delete from change_feed');
    const other = new ChangeFeed(test.db);
    await other.start();
    const told: string[] = [];
    const stop = other.listen('resource', '*', ({ subjectId }) => told.push(subjectId));
    await work.run((tx) => leapFeed(tx));
    const after = await test.db.query(insert, ['after']);
    expect(Number(after.insertId)).toBeGreaterThan(Number(insertId) + 1_000_000);
    await until('the leap is followed', () => told.includes('after'));
    stop();
    await other.onApplicationShutdown();
  });
});

/** Long beside what a test takes, also on a slow machine. */
const LIFE_MS = 600_000;
/** As if so much time had passed for every lease. */
const pass = (ms: number) =>
  test.db.query('update lease set expires_at = expires_at - interval ? microsecond', [ms * 1_000]);

describe('Leases', () => {
  it('has one holder, and a new epoch for each new one', async () => {
    const leases = new Leases(test.db);
    const first = await leases.take('center-a', 'w1', LIFE_MS);
    expect(first?.epoch).toBe(1n);
    expect(await leases.take('center-a', 'w2', LIFE_MS)).toBeUndefined();
    expect((await leases.take('center-a', 'w1', LIFE_MS))?.epoch).toBe(1n);
    await pass(LIFE_MS);
    const second = await leases.take('center-a', 'w2', LIFE_MS);
    expect(second?.epoch).toBe(2n);
    await work.run(async (tx) => {
      expect(await leases.stillHeld(tx, first as NonNullable<typeof first>)).toBe(false);
      expect(await leases.stillHeld(tx, second as NonNullable<typeof second>)).toBe(true);
    });
  });

  it('is another’s while that one writes under it for longer than anybody waits: no error, and no lease', async () => {
    const leases = new Leases(test.db);
    const held = await leases.take('center-b', 'w1', LIFE_MS);
    const writing = test.db.createQueryRunner();
    await writing.startTransaction();
    try {
      expect(await leases.stillHeld({ manager: writing.manager } as Tx, held as NonNullable<typeof held>)).toBe(true);
      expect(await leases.take('center-b', 'w2', LIFE_MS)).toBeUndefined();
    } finally {
      await writing.rollbackTransaction();
      await writing.release();
    }
    expect((await leases.take('center-b', 'w1', LIFE_MS))?.epoch).toBe(1n);
  });
});

describe('CodeSequence', () => {
  it('never gives a number twice to callers at the same time', async () => {
    const codes = new CodeSequence(test.db);
    const made = await Promise.all(Array.from({ length: 50 }, () => codes.next('SQ', 2026)));
    expect(new Set(made).size).toBe(50);
    expect(made.toSorted().at(-1)).toBe('SQ-2026-000050');
  });
});

async function condition(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('the condition did not come about');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
