import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { World } from '../../support/fault-world.ts';
import { SOAKS } from '../../support/soak.ts';
import { until } from '../../support/until.ts';
import { WorkerHouse } from '../../support/worker-house.ts';
import type { WorkerProcess } from '../../support/worker-process.ts';

/** Where a process dies: at its so-manieth write to the cluster, or commit of a machine's record, since it was asked for something. */
interface Point {
  readonly at: 'WRITE' | 'COMMIT';
  readonly number: number;
  readonly moment: 'BEFORE' | 'AFTER';
}

interface Counted {
  readonly writes: number;
  readonly commits: number;
  readonly killed: boolean;
}

/** `npm test` takes these; `npm run soak -- processes` each that there is. */
const SAMPLE: readonly Point[] = [
  { at: 'WRITE', number: 9, moment: 'BEFORE' },
  { at: 'WRITE', number: 14, moment: 'AFTER' },
  { at: 'COMMIT', number: 1, moment: 'BEFORE' },
  { at: 'COMMIT', number: 3, moment: 'AFTER' },
];
/** The console's own objects that say which version they are written over; the others are the same whoever writes them. */
const FENCED = /\/(virtualmachines|datavolumes)\//;
const LOOK_EVERY_MS = 150;
/** A process starts cold, on a machine with much else to do; how long that takes is not what is asked about. */
const PATIENCE_MS = 120_000;
const ROUND_MS = 3 * PATIENCE_MS;

describe('the worker as a process of its own, while one machine is made, one resized and one released', () => {
  let house: WorkerHouse;
  let worker: WorkerProcess;

  beforeAll(async () => {
    house = await WorkerHouse.open();
    worker = await house.begin();
    await house.settle('the first machines');
  }, ROUND_MS);

  afterAll(() => house?.close());

  /** What there is to be, and is: one machine an item and nothing besides, each thing taken once and given back once. */
  async function holds(what: string): Promise<void> {
    let world: World | undefined;
    const expected = house.expected();
    const converged = async () => {
      world = await house.look();
      return isDeepStrictEqual(world, expected);
    };
    // What is still missing then is shown below.
    await until(`${what}: converged`, converged, PATIENCE_MS, LOOK_EVERY_MS).catch(() => undefined);
    expect(world).toEqual(expected);
    const { machines, released, vcpu } = house.taken();
    expect(await house.liveOfQuota()).toMatchObject({ MACHINE: machines, VCPU: vcpu });
    expect(await house.addresses()).toEqual({
      ofEachMachine: Array(machines).fill(2),
      ofEachReleased: released.map(() => 2),
      all: 2 * (machines + released.length),
    });
    expect(await house.besideTheRecord()).toEqual([]);
  }

  async function round(point: Point | null): Promise<Counted> {
    const counted = { writes: 0, commits: 0, killed: false };
    const pass = (at: Point['at'], number: number, moment: Point['moment']): void => {
      if (point === null || counted.killed || point.at !== at || point.number !== number || point.moment !== moment)
        return;
      counted.killed = true;
      worker.kill();
      throw new Error('nothing of the dead gets through');
    };
    const done = { writes: 0, commits: 0 };
    worker.cluster.watcher = async ({ status }) => {
      const of = status === null ? counted : done;
      of.writes += 1;
      pass('WRITE', of.writes, status === null ? 'BEFORE' : 'AFTER');
    };
    worker.database.watcher = async (statement) => {
      if (statement.kind !== 'COMMIT') return;
      const of = statement.done ? done : counted;
      of.commits += 1;
      pass('COMMIT', of.commits, statement.done ? 'AFTER' : 'BEFORE');
    };
    await house.ask();
    const what = point === null ? 'undisturbed' : `${point.at} ${point.number} ${point.moment}`;
    const isOver = async () => counted.killed || isDeepStrictEqual(await house.look(), house.expected());
    await until(`${what}: killed, or done`, isOver, PATIENCE_MS, LOOK_EVERY_MS);
    if (counted.killed) {
      await worker.buried();
      worker = await house.begin();
    }
    await holds(what);
    worker.cluster.watcher = undefined;
    worker.database.watcher = undefined;
    return counted;
  }

  if (SOAKS)
    it('is killed at each write and each commit, before it and after it', async () => {
      const { commits, writes } = await round(null);
      expect(writes).toBeGreaterThan(15);
      expect(commits).toBeGreaterThan(3);
      let killed = 0;
      for (const [at, last] of [
        ['WRITE', writes],
        ['COMMIT', commits],
      ] as const)
        for (let number = 1; number <= last; number += 1)
          for (const moment of ['BEFORE', 'AFTER'] as const)
            if ((await round({ at, number, moment })).killed) killed += 1;
      // Readings that come close together share a transaction: not each way is as long as the first.
      expect(killed).toBeGreaterThan(writes + commits);
    }, 3_600_000);
  else
    it.each(SAMPLE)(
      'is killed (kill -9): $at $number, $moment',
      async (point) => {
        expect((await round(point)).killed).toBe(true);
      },
      ROUND_MS,
    );

  it(
    'is stopped (SIGSTOP) past its lease with writes on their way: the cluster refuses each, the database keeps none',
    async () => {
      const late = worker;
      const arrival = Promise.withResolvers<void>();
      let isArriving = false;
      let held = 0;
      const answered: { method: string; path: string; status: number }[] = [];
      late.cluster.watcher = async ({ method, path, status }) => {
        if (status !== null && isArriving) answered.push({ method, path, status });
        if (status !== null || isArriving || (held === 0 && !FENCED.test(path))) return;
        held += 1;
        late.pause();
        await arrival.promise;
      };
      await house.ask();
      await until('it is stopped, a write on its way', () => held > 0, PATIENCE_MS);
      worker = await house.begin();
      await holds('the other has taken over');
      await house.resize();
      await holds('and gone on');
      const versions = await house.versions();
      let kept = 0;
      late.database.watcher = async ({ kind }) => {
        if (kind === 'COMMIT') kept += 1;
      };
      isArriving = true;
      arrival.resolve();
      await until('all that was on its way has come', () => answered.length >= held, PATIENCE_MS);
      late.goOn();
      await late.logs('no longer drives the cluster');
      const fenced = answered.filter(({ path }) => FENCED.test(path));
      expect(fenced.length).toBeGreaterThan(0);
      // What is to be deleted has gone already; what is to be written was written since.
      const refused = fenced.filter(({ method, status }) => status === 409 || (method === 'DELETE' && status === 404));
      expect(refused).toEqual(fenced);
      expect(kept).toBe(0);
      expect(await house.versions()).toEqual(versions);
      await holds('after the late one');
      await late.buried();
    },
    ROUND_MS,
  );

  if (SOAKS)
    it(
      'is stopped in the middle of a transaction that has the lease’s row: the database ends it, and another takes over',
      async () => {
        const late = worker;
        let isStopped = false;
        late.database.watcher = async ({ done, kind }) => {
          if (kind !== 'FENCE' || !done || isStopped) return;
          isStopped = true;
          late.pause();
        };
        await house.ask();
        await until('it is stopped', () => isStopped, PATIENCE_MS);
        worker = await house.begin();
        await holds('the other has taken over');
        late.goOn();
        await late.logs('no longer drives the cluster');
        await holds('after the late one');
        await late.buried();
      },
      ROUND_MS,
    );
});
