import { describe, expect, it } from '@jest/globals';
import { Memo } from './memo.js';

describe('Memo', () => {
  it('asks once within its life, and again after it', async () => {
    let [asked, now] = [0, 0];
    const memo = new Memo(
      async () => ++asked,
      1000,
      () => now,
    );
    expect(await Promise.all([memo.get(), memo.get()])).toEqual([1, 1]);
    now = 1000;
    expect(await memo.get()).toBe(1);
    now = 1001;
    expect(await memo.get()).toBe(2);
    memo.forget();
    expect(await memo.get()).toBe(3);
  });

  it('does not remember a failure', async () => {
    let fails = true;
    const memo = new Memo(
      async () => (fails ? Promise.reject(new Error('away')) : 'here'),
      1000,
      () => 0,
    );
    await expect(memo.get()).rejects.toThrow('away');
    fails = false;
    expect(await memo.get()).toBe('here');
  });
});
