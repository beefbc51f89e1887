import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { SharedRead } from './shared-read.js';

function bench(fails: (keys: readonly string[]) => boolean = () => false) {
  const questions: string[][] = [];
  const read = new SharedRead<string>(
    async (keys) => {
      questions.push([...keys]);
      await sleep(5);
      if (fails(keys)) throw new Error('the database is away');
      return keys.filter((key) => key !== 'nobody').map((key) => `${key}!`);
    },
    (value) => value.slice(0, -1),
  );
  return { questions, read };
}

describe('a shared read', () => {
  it('asks once for all that are asked for in the same breath', async () => {
    const { questions, read } = bench();
    expect(await Promise.all(['a', 'b', 'a', 'nobody'].map((key) => read.get(key)))).toEqual([
      'a!',
      'b!',
      'a!',
      undefined,
    ]);
    expect(questions).toEqual([['a', 'b', 'nobody']]);
  });

  it('answers nobody with what was read before he asked', async () => {
    const { questions, read } = bench();
    const first = read.get('a');
    await sleep(1);
    const second = ['a', 'b'].map((key) => read.get(key));
    await Promise.all([first, ...second]);
    expect(questions).toEqual([['a'], ['a', 'b']]);
  });

  it('tells all who shared a question of its failure, and goes on', async () => {
    const { read } = bench((keys) => keys.includes('bad'));
    const together = await Promise.allSettled([read.get('bad'), read.get('a')]);
    expect(together.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    await expect(read.get('a')).resolves.toBe('a!');
  });

  it('puts no more than a hundred keys into one question', async () => {
    const { questions, read } = bench();
    await Promise.all(Array.from({ length: 250 }, (_, n) => read.get(`k${n}`)));
    expect(questions.map((keys) => keys.length)).toEqual([100, 100, 50]);
  });
});
