import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '../../../test/support/until.js';
import { type Again, KeyQueue, type KeyQueueOptions } from './key-queue.js';

const queues: KeyQueue[] = [];

function queueOf(
  work: (key: string, addedAt: number) => Promise<Again>,
  options: Partial<KeyQueueOptions> = {},
): KeyQueue {
  const queue = new KeyQueue(work, {
    concurrency: 1,
    backoff: { firstMs: 10, mostMs: 40 },
    random: () => 1,
    ...options,
  });
  queues.push(queue);
  return queue;
}

afterEach(async () => {
  jest.useRealTimers();
  await Promise.all(queues.splice(0).map((queue) => queue.stop()));
});

describe('a queue of keys', () => {
  it('works on nothing before it is started', async () => {
    const worked: string[] = [];
    const queue = queueOf(async (key) => void worked.push(key));
    queue.add('a');
    await sleep(20);
    expect(worked).toEqual([]);
    queue.start();
    await until('worked', () => worked.length === 1);
  });

  it('keeps a key once, however often it is added', async () => {
    const worked: string[] = [];
    const queue = queueOf(async (key) => void worked.push(key));
    for (let n = 0; n < 5; n += 1) queue.add('a');
    queue.start();
    await sleep(20);
    expect(worked).toEqual(['a']);
  });

  it('never works on one key twice at once, and looks again when it was added meanwhile', async () => {
    let now = 0;
    let most = 0;
    let times = 0;
    const queue = queueOf(
      async () => {
        now += 1;
        most = Math.max(most, now);
        times += 1;
        await sleep(10);
        now -= 1;
        return undefined;
      },
      { concurrency: 4 },
    );
    queue.start();
    queue.add('a');
    await sleep(5);
    for (let n = 0; n < 3; n += 1) queue.add('a');
    await until('done', () => queue.size === 0);
    expect([most, times]).toEqual([1, 2]);
  });

  it('sees a key that its own work adds', async () => {
    let times = 0;
    const queue: KeyQueue = queueOf(async () => {
      times += 1;
      if (times === 1) queue.add('a');
      return undefined;
    });
    queue.start();
    queue.add('a');
    await until('done', () => queue.size === 0);
    expect(times).toBe(2);
  });

  it('works on several keys at once, up to its number', async () => {
    let now = 0;
    let most = 0;
    const work = async () => {
      now += 1;
      most = Math.max(most, now);
      await sleep(5);
      now -= 1;
      return undefined;
    };
    const queue = queueOf(work, { concurrency: 3 });
    for (let n = 0; n < 10; n += 1) queue.add(`k${n}`);
    queue.start();
    await until('done', () => queue.size === 0);
    expect(most).toBe(3);
  });

  it('puts what someone waits for before a resync', async () => {
    const worked: string[] = [];
    const queue = queueOf(async (key) => void worked.push(key));
    for (const key of ['r1', 'r2', 'r3']) queue.add(key, 'LATER');
    queue.add('user');
    queue.add('r3');
    queue.addAfter('r2', 60_000);
    queue.start();
    await until('done', () => queue.size === 0);
    expect(worked).toEqual(['user', 'r3', 'r2', 'r1']);
  });

  it('says when the newest wish for a key came, in its old place in the line', async () => {
    const worked: [string, number][] = [];
    const queue = queueOf(async (key, addedAt) => void worked.push([key, addedAt]));
    queue.add('a');
    queue.add('b');
    await sleep(15);
    const again = performance.now();
    queue.add('a');
    queue.start();
    await until('done', () => queue.size === 0);
    expect(worked.map(([key]) => key)).toEqual(['a', 'b']);
    expect((worked[0] as [string, number])[1]).toBeGreaterThanOrEqual(again);
    expect((worked[1] as [string, number])[1]).toBeLessThan(again);
  });

  it('comes back later and later to what fails, and forgets after a success', async () => {
    const at: number[] = [];
    const queue = queueOf(async () => {
      at.push(performance.now());
      if (at.length < 5) throw new Error('no');
      return undefined;
    });
    jest.useFakeTimers();
    queue.start();
    queue.add('a');
    await jest.advanceTimersByTimeAsync(1_000);
    const pauses = at.slice(1).map((time, index) => time - (at[index] as number));
    expect(pauses).toEqual([10, 20, 40, 40]);
  });

  it('waits as long as the failure asks', async () => {
    const at: number[] = [];
    const queue = queueOf(
      async () => {
        at.push(performance.now());
        if (at.length === 1) throw new Error('busy');
        return undefined;
      },
      { retryAfterMs: () => 120 },
    );
    queue.start();
    queue.add('a');
    await until('done', () => at.length === 2);
    expect((at[1] as number) - (at[0] as number)).toBeGreaterThanOrEqual(118);
  });

  it('lets no resync cut a backoff short, but a change does', async () => {
    let times = 0;
    const queue = queueOf(
      async () => {
        times += 1;
        throw new Error('no');
      },
      { backoff: { firstMs: 60_000, mostMs: 60_000 } },
    );
    queue.start();
    queue.add('a');
    await until('failed', () => times === 1);
    await sleep(5);
    queue.add('a', 'LATER');
    await sleep(20);
    expect(times).toBe(1);
    queue.add('a');
    await until('again', () => times === 2);
    await sleep(5);
    queue.hurry();
    await until('hurried', () => times === 3);
  });

  it('takes the earliest of several later looks', async () => {
    let times = 0;
    const queue = queueOf(async () => {
      times += 1;
      return undefined;
    });
    queue.start();
    queue.addAfter('a', 60_000);
    queue.addAfter('a', 10);
    queue.addAfter('a', 60_000);
    await until('looked', () => times === 1);
    expect(queue.size).toBe(0);
  });

  it('stops after what is being worked on, and takes up nothing more', async () => {
    let ended = false;
    const queue = queueOf(async () => {
      await sleep(30);
      ended = true;
      return { afterMs: 1 };
    });
    queue.start();
    queue.add('a');
    queue.add('b');
    await sleep(5);
    await queue.stop();
    expect([ended, queue.size]).toEqual([true, 0]);
  });
});
