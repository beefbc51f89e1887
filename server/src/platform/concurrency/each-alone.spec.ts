import { describe, expect, it } from '@jest/globals';
import { eachAlone } from './each-alone.js';

const failing = (bad: readonly number[], error: (n: number) => Error) => {
  const done: number[] = [];
  const work = async (n: number) => {
    if (bad.includes(n)) throw error(n);
    done.push(n);
  };
  return { done, work };
};
const poison = (n: number) => new Error(`poison ${n}`);

describe('eachAlone', () => {
  it('gives every other its turn, and throws what failed', async () => {
    const one = failing([2], poison);
    await expect(eachAlone([1, 2, 3], one.work)).rejects.toThrow('poison 2');
    expect(one.done).toEqual([1, 3]);
    const two = failing([1, 3], poison);
    await expect(eachAlone([1, 2, 3], two.work)).rejects.toThrow('2 failed, the first: poison 1');
    expect(two.done).toEqual([2]);
  });

  it('ends at once when there is no database to work with', async () => {
    const lost = failing([2], () => Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
    await expect(eachAlone([1, 2, 3], lost.work)).rejects.toThrow('gone');
    expect(lost.done).toEqual([1]);
  });

  it('throws nothing where nothing fails', async () => {
    const { done, work } = failing([], poison);
    await eachAlone([1, 2], work);
    expect(done).toEqual([1, 2]);
  });
});
