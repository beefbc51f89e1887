import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type mysql from 'mysql2/promise';
import { BedConsole } from './bed-console.ts';
import { CLEAN, check } from './checker.ts';
import { CENTERS, GaleraBed } from './galera.ts';

/** Enough that something is always under way when a fault comes. */
const WRITERS = 4;
/** Longer than a lease lives, so that another takes it meanwhile. */
const PAUSE_MS = 60_000;

let bed: GaleraBed;
let consoles: BedConsole[] = [];

beforeAll(async () => {
  bed = await GaleraBed.open();
});

afterAll(async () => {
  await bed?.close();
});

async function begin(): Promise<Record<'a' | 'b' | 'c', BedConsole>> {
  consoles = await Promise.all(CENTERS.map((center) => BedConsole.start(bed, center)));
  for (const console of consoles) {
    console.send({ kind: 'write', writers: WRITERS });
    console.send({ kind: 'work' });
  }
  await Promise.all(consoles.map((console) => console.untilMore(20)));
  const [a, b, c] = consoles as [BedConsole, BedConsole, BedConsole];
  return { a, b, c };
}

/** By the socket of B's node. */
async function read(sql: string): Promise<mysql.RowDataPacket | undefined> {
  return bed.nodes.b.asRoot(async (connection) => (await connection.query<mysql.RowDataPacket[]>(sql))[0][0]);
}

/** All three are whole again, everybody rests, and the databases are read. */
async function settle(): Promise<void> {
  for (const console of consoles) await console.untilMode('WRITABLE');
  await Promise.all(consoles.map((console) => console.untilMore(20)));
  await Promise.all(consoles.map((console) => console.rest()));
  for (const node of Object.values(bed.nodes)) await node.untilSynced();
}

afterEach(async () => {
  await Promise.all(consoles.map((console) => console.kill()));
  consoles = [];
});

describe('the console in three centers', () => {
  it('writes through one node, whichever console is asked', async () => {
    await begin();
    expect(consoles.map(({ writer }) => writer)).toEqual(['center-a', 'center-a', 'center-a']);
    await settle();
    expect(await check(bed, consoles, Object.values(bed.nodes))).toMatchObject(CLEAN);
  });

  it('goes on through another node when the node of A dies, and takes it in again', async () => {
    const { a, b, c } = await begin();
    await bed.nodes.a.kill();
    await Promise.all([a.untilMore(20), b.untilMore(20), c.untilMore(20)]);
    expect([a.writer, b.writer, c.writer]).toEqual(['center-b', 'center-b', 'center-b']);
    await bed.start('a');
    await bed.nodes.a.untilSynced();
    await settle();
    // What came back is not written through at once: a link that flaps would take the writer with it.
    expect(a.writer).toBe('center-b');
    expect(await check(bed, consoles, Object.values(bed.nodes))).toMatchObject(CLEAN);
  });

  it('keeps one history when only the link between A and B is cut', async () => {
    await begin();
    bed.between('a', 'b').cut();
    await sleep(8_000);
    await Promise.all(consoles.map((console) => console.untilMore(20)));
    // Each of the three is still reached over the third: nobody is thrown out.
    expect((await bed.nodes.c.status()).size).toBe(3);
    bed.between('a', 'b').heal();
    await settle();
    expect(await check(bed, consoles, Object.values(bed.nodes))).toMatchObject(CLEAN);
  });

  it.each(['cut', 'halfOpen'] as const)(
    'is read-only in A and says so while A is alive and its links are %s',
    async (how) => {
      const { a, b, c } = await begin();
      bed.isolate('a', how);
      await Promise.all([b.untilMore(20), c.untilMore(20)]);
      await a.untilMode('READ_ONLY');
      expect(a.state).toMatchObject({ mode: 'READ_ONLY', reason: 'MINORITY' });
      const known = a.acknowledged.size;
      expect(await a.rowsSeen()).toBeGreaterThan(0);
      await sleep(3_000);
      expect(a.acknowledged.size).toBe(known);
      expect(a.refused.get('DATABASE_READ_ONLY')).toBeGreaterThan(0);
      expect((await bed.nodes.a.status()).status).not.toBe('Primary');
      bed.isolate('a', 'heal');
      await settle();
      expect(await check(bed, consoles, Object.values(bed.nodes))).toMatchObject(CLEAN);
    },
  );

  it('does without the third center, which only votes', async () => {
    const { a, b } = await begin();
    await bed.nodes.c.kill();
    await Promise.all([a.untilMore(20), b.untilMore(20)]);
    await bed.start('c');
    await settle();
    expect(await check(bed, consoles, Object.values(bed.nodes))).toMatchObject(CLEAN);
  });

  it('holds back a leader that was paused for a minute', async () => {
    const { a, b, c } = await begin();
    const holder = String((await read("select holder from jiyun.lease where name = 'bed-worker'"))?.holder);
    const leader = { a, b, c }[holder as 'a' | 'b' | 'c'];
    leader.pause();
    await sleep(PAUSE_MS);
    leader.goOn();
    await settle();
    const held = Number((await read('select count(distinct epoch) as epochs from jiyun.bed_act'))?.epochs);
    expect(held).toBeGreaterThan(1);
    expect(await check(bed, consoles, Object.values(bed.nodes))).toMatchObject(CLEAN);
  });
});
