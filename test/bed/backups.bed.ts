import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { BackupsRepository } from '../../server/src/backups/backups.repository.js';
import { ConsoleBackups } from '../../server/src/backups/console-backups.service.js';
import { systemClock } from '../../server/src/kernel/clock.js';
import { openSoftwareCrypto, type SoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { openDataSource } from '../../server/src/platform/database/data-source.js';
import { type DatabaseTarget, parseDatabaseUrl } from '../../server/src/platform/database/database-url.js';
import { Leases } from '../../server/src/platform/database/lease.js';
import { DatabaseNodes } from '../../server/src/platform/database/quorum/database-nodes.js';
import { RememberedEpoch } from '../../server/src/platform/database/quorum/remembered-epoch.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../server/src/platform/feed/change-feed.js';
import { until } from '../support/until.ts';
import { BedConsole } from './bed-console.ts';
import { APPLICATION, BACKUP, GaleraBed } from './galera.ts';

let bed: GaleraBed;
let writing: BedConsole;
let nodes: DatabaseNodes;
let db: DataSource;
let crypto: SoftwareCrypto;
let directory: string;
let backups: ConsoleBackups;

beforeAll(async () => {
  bed = await GaleraBed.open();
  writing = await BedConsole.start(bed, 'a');
  writing.send({ kind: 'work' });
  writing.send({ kind: 'write', writers: 2 });
  await writing.untilMore(50);
  directory = await mkdtemp(path.join(tmpdir(), 'jiyun-kept-'));
  const target = parseDatabaseUrl(bed.url('c', APPLICATION)) as DatabaseTarget;
  nodes = await DatabaseNodes.open(target, await RememberedEpoch.in(directory));
  db = await openDataSource({ ...target, nodes }, []);
  crypto = await openSoftwareCrypto({ dataDirectory: bed.keysDirectory, passwordIterations: 1_000 });
  // As in earnest: read from the recovery center's own node, through which nobody writes.
  const { host, ports } = bed.nodes.c.place;
  const url = `mysql://${BACKUP.user}:${BACKUP.password}@${host}:${ports.sql}/jiyun`;
  backups = new ConsoleBackups(
    db,
    new BackupsRepository(db),
    new Leases(db),
    new UnitOfWork(db, new ChangeFeed(db), systemClock, nodes),
    nodes,
    crypto,
    { backup: { directory, url } } as never,
    systemClock,
  );
});

afterAll(async () => {
  await writing?.kill();
  await db?.destroy();
  await nodes?.close();
  await crypto?.onApplicationShutdown();
  await bed?.close();
  if (directory) await rm(directory, { recursive: true, force: true });
});

describe('backups of the console', () => {
  it('are never fresh before the first, and all made in one round under writes', async () => {
    expect((await backups.standing()).map(({ level }) => level)).toEqual(['NEVER', 'NEVER', 'NEVER']);
    await backups.run();
    const standing = await backups.standing();
    expect(
      standing.map(({ kind, last, level }) => [kind, level, last?.succeeded, last?.succeeded ? '' : last?.said]),
    ).toEqual([
      ['DUMP', 'FRESH', true, ''],
      ['BINLOG', 'FRESH', true, ''],
      ['RESTORE_TEST', 'FRESH', true, ''],
    ]);
    expect((await readdir(directory)).filter((name) => name.startsWith('dump-'))).toHaveLength(1);
    // In the second round nothing is due.
    const before = (await readdir(directory)).length;
    await backups.run();
    expect((await readdir(directory)).length).toBe(before);
  });

  it('hold what was acknowledged after the dump, by the binlog', async () => {
    await writing.untilMore(50);
    // Until it is applied on the recovery center's node.
    await sleep(2_000);
    const acknowledged = writing.acknowledged.size;
    expect(await backups.make('BINLOG')).toBe(true);
    expect(await backups.make('RESTORE_TEST')).toBe(true);
    const [test] = await backups.latest(1);
    const rows = Number(/(\d+) records in the chain/.exec(test?.said ?? '')?.[1]);
    const waiting = Number(/(\d+) waiting/.exec(test?.said ?? '')?.[1]);
    expect(rows + waiting).toBeGreaterThanOrEqual(acknowledged);
  });

  it('of which one was changed on the disk are said to be none', async () => {
    const [dump] = (await readdir(directory)).filter((name) => name.startsWith('dump-'));
    await appendFile(path.join(directory, dump as string), 'x');
    expect(await backups.make('RESTORE_TEST')).toBe(false);
    const [failed] = await backups.latest(1);
    expect(failed?.said).toContain('SM3 differs');
  });

  it('are broken off when the console ends: nobody waits for a dump, nothing half of one is left, and it is said', async () => {
    const dumps = () => readdir(directory).then((names) => names.filter((name) => name.includes('dump-')));
    const before = await dumps();
    // As long as a dump of a big database takes: its tool reads over a slow line.
    bed.fromConsole('c', 'c').delay(2_000);
    const { ports } = bed.nodes.c.place;
    const url = `mysql://${BACKUP.user}:${BACKUP.password}@127.0.3.33:${ports.sql}/jiyun`;
    const slow = Object.assign(Object.create(Object.getPrototypeOf(backups)), backups, {
      configuration: { backup: { directory, url } },
    }) as ConsoleBackups;
    const made = slow.make('DUMP');
    await until('the dump has begun', async () => (await dumps()).some((name) => name.startsWith('.dump-')));
    const began = performance.now();
    slow.leave();
    expect(await made).toBe(false);
    expect(performance.now() - began).toBeLessThan(5_000);
    bed.fromConsole('c', 'c').heal();
    expect(await dumps()).toEqual(before);
    const [broken] = await backups.latest(1);
    expect(broken?.said).toContain('broken off');
  });
});
