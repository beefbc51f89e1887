import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type mysql from 'mysql2/promise';
import { BedConsole, killConsoles } from './bed-console.ts';
import { CLEAN, check } from './checker.ts';
import { commandAt } from './force.ts';
import { CENTERS, GaleraBed } from './galera.ts';

/** Enough that something is always under way when a fault comes. */
const WRITERS = 2;
const BREAKS = 30;
/** Longer than a lease lives, so that another takes it meanwhile. */
const PAUSE_MS = 60_000;

/** Nodes that take the whole state one after the other take minutes on a machine that does much else. */
jest.setTimeout(360_000);

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
  await killConsoles();
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

  it('does every press once while its line to the database breaks again and again', async () => {
    const { a } = await begin();
    const line = bed.fromConsole('a', 'a');
    bed.between('a', 'c').delay(20);
    for (let round = 0; round < BREAKS; round += 1) {
      // At any byte: in a statement, in an answer, between COMMIT and its answer.
      line.resetAfter(round * 997);
      await a.untilMore(5);
    }
    expect(line.carried).toBeGreaterThan(0);
    line.heal();
    bed.between('a', 'c').heal();
    await settle();
    // For a while it may have written through B, beside the others who wrote through A: Galera certifies one of two.
    expect(await check(bed, consoles, Object.values(bed.nodes))).toMatchObject(CLEAN);
  });

  it('is read-only when the third center is gone and then A too, and goes on when they come back', async () => {
    const { a, b, c } = await begin();
    await bed.nodes.c.kill();
    await Promise.all([a.untilMore(20), b.untilMore(20)]);
    await bed.nodes.a.kill();
    await Promise.all([a, b, c].map((console) => console.untilMode('READ_ONLY')));
    expect(b.state?.reason).toBe('MINORITY');
    expect(await b.rowsSeen()).toBeGreaterThan(0);
    await bed.start('a');
    await Promise.all([a.untilMode('WRITABLE'), b.untilMode('WRITABLE')]);
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

  it('goes on at the recovery center when two people say that both others are fenced, and takes them in again', async () => {
    const { a, b, c } = await begin();
    // Rested first: what is acknowledged in the instant of the double loss is what the signers are shown as given up.
    await Promise.all([a.rest(), b.rest()]);
    await Promise.all([bed.nodes.a.kill(), bed.nodes.b.kill(), a.kill(), b.kill()]);
    await c.untilMode('READ_ONLY');
    const known = new Set(c.acknowledged);
    const command = await commandAt(bed, 'c', path.join(bed.directory, 'console-c'));
    const { forced, quorumUrl } = command;
    const fenced = [
      { center: 'center-a', fence: 'POWER_OFF', evidence: '机房断电，张三现场确认 08:01' },
      { center: 'center-b', fence: 'POWER_OFF', evidence: '机房断电，李四现场确认 08:02' },
    ] as const;
    const one = fenced.slice(0, 1);
    expect(await forced.draw(quorumUrl, { center: 'center-c', reason: '同城双中心失效', fenced: one })).toMatchObject({
      ok: false,
    });
    expect(await forced.draw(quorumUrl, { center: 'center-c', reason: '同城双中心失效', fenced })).toMatchObject({
      ok: true,
      value: { epoch: 1 },
    });
    expect(await forced.force(quorumUrl)).toMatchObject({ ok: false });
    expect(await forced.sign('duty', '')).toMatchObject({ ok: true });
    expect(await forced.sign('duty', '')).toMatchObject({ ok: false });
    expect(await forced.force(quorumUrl)).toMatchObject({ ok: false });
    expect((await bed.nodes.c.status()).status).not.toBe('Primary');
    expect(await forced.sign('leader', '')).toMatchObject({ ok: true });
    expect(await forced.force(quorumUrl)).toEqual({ ok: true, value: { epoch: 1, clusterName: 'jiyun-e1' } });
    await command.close();
    await c.untilMode('WRITABLE');
    await c.untilMore(20);
    expect(c.state?.epoch).toBe(1);
    // Numbers of changes that only A and B had given are not given again.
    const [[fed]] = await bed.nodes.c.asRoot((sql) =>
      sql.query<mysql.RowDataPacket[]>('select max(seq) as seq from jiyun.change_feed'),
    );
    expect(Number(fed?.seq)).toBeGreaterThan(1_000_000);

    // The city's nodes come back as they were, and are a majority of their own old history: no console writes there.
    await bed.nodes.a.start({ clusterName: 'jiyun', first: true, evenIfUnsafe: true });
    await bed.nodes.a.untilSynced();
    const old = await BedConsole.start(bed, 'a');
    await old.untilMode('WRITABLE');
    expect(old.writer).toBe('center-c');
    expect(old.state?.nodes.find(({ name }) => name === 'center-a')?.standing).toBe('OLDER_HISTORY');
    // Cut off with it, it still knows of the newer one.
    bed.isolate('a');
    await old.untilMode('READ_ONLY');
    expect(old.state?.reason).toBe('OLDER_HISTORY');
    bed.isolate('a', 'heal');
    await bed.nodes.a.stop();

    bed.renamed('jiyun-e1');
    for (const name of ['a', 'b'] as const) {
      await bed.nodes[name].forget();
      await bed.start(name);
      await bed.nodes[name].untilSynced();
    }
    expect((await bed.nodes.c.status()).size).toBe(3);
    consoles = [c, old];
    await Promise.all(consoles.map((console) => console.rest()));
    expect([...known].every((id) => c.acknowledged.has(id))).toBe(true);
    expect(await check(bed, [a, b, c], Object.values(bed.nodes))).toMatchObject(CLEAN);
    const recorded = await read(
      "select summary_en from jiyun_audit.audit_event where action = 'database.forcePrimary'",
    );
    expect(recorded?.summary_en).toContain('epoch 1');
  });
});
