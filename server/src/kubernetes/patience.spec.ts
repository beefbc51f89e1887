import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import { backoffMs } from './backoff.js';
import { Breaker } from './breaker.js';
import { TokenBucket } from './token-bucket.js';

describe('backoff', () => {
  it('doubles up to its maximum, half of it chance', () => {
    const bounds = { firstMs: 800, mostMs: 30_000 };
    const most = [1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => backoffMs(failures, bounds, () => 1));
    expect(most).toEqual([800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
    expect(backoffMs(1, bounds, () => 0)).toBe(400);
  });

  it('is never longer than its maximum nor nothing at all', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        const ms = backoffMs(failures, { firstMs: 10, mostMs: 500 }, () => chance);
        expect(ms).toBeGreaterThan(0);
        expect(ms).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('a token bucket', () => {
  it('lets a burst through, then as many as its rate', () => {
    let now = 0;
    const bucket = new TokenBucket({ perSecond: 10, burst: 3 }, () => now);
    expect([1, 2, 3].map(() => bucket.reserve())).toEqual([0, 0, 0]);
    expect(bucket.reserve()).toBeCloseTo(100);
    expect(bucket.reserve()).toBeCloseTo(200);
    now = 1_000;
    expect(bucket.reserve()).toBe(0);
  });

  it('never saves up more than its burst', () => {
    let now = 0;
    const bucket = new TokenBucket({ perSecond: 10, burst: 2 }, () => now);
    now = 3_600_000;
    expect([1, 2, 3].map(() => bucket.reserve() > 0)).toEqual([false, false, true]);
  });

  it('is no hindrance when switched off', () => {
    const bucket = new TokenBucket(null);
    expect(Array.from({ length: 1_000 }, () => bucket.reserve()).every((wait) => wait === 0)).toBe(true);
  });
});

describe('a breaker', () => {
  const silence = async () => {
    throw new ClusterFailure('UNREACHABLE', 'silence');
  };
  const refusal = async () => {
    throw new ClusterFailure('PERMANENT', 'no');
  };

  async function afterSilences(
    count: number,
  ): Promise<{ breaker: Breaker; pass(ms: number): void; calls: () => number }> {
    let now = 0;
    let calls = 0;
    const breaker = new Breaker('center-a', () => now);
    for (let n = 0; n < count; n += 1)
      await breaker
        .guard(async () => {
          calls += 1;
          return await silence();
        })
        .catch(() => undefined);
    return { breaker, pass: (ms) => (now += ms), calls: () => calls };
  }

  it('opens after five silences in a row and then asks no more', async () => {
    const { breaker, calls } = await afterSilences(20);
    expect([breaker.isOpen, calls()]).toEqual([true, 5]);
    await expect(breaker.guard(async () => 'answer')).rejects.toMatchObject({ failureClass: 'UNREACHABLE' });
  });

  it('takes a refusal for a sign of life', async () => {
    const { breaker } = await afterSilences(4);
    await breaker.guard(refusal).catch(() => undefined);
    await breaker.guard(silence).catch(() => undefined);
    expect(breaker.isOpen).toBe(false);
  });

  it('lets one call through when its time is over, and closes on its answer', async () => {
    const { breaker, pass } = await afterSilences(5);
    pass(1_000);
    let release: (answer: string) => void = () => {};
    const trial = breaker.guard(() => new Promise<string>((resolve) => (release = resolve)));
    await expect(breaker.guard(async () => 'second')).rejects.toMatchObject({ failureClass: 'UNREACHABLE' });
    release('first');
    await expect(trial).resolves.toBe('first');
    await expect(breaker.guard(async () => 'third')).resolves.toBe('third');
  });

  it('stays open for longer when the trial is met with silence', async () => {
    const { breaker, pass } = await afterSilences(5);
    pass(1_000);
    await breaker.guard(silence).catch(() => undefined);
    pass(999);
    await expect(breaker.guard(async () => 'early')).rejects.toMatchObject({ failureClass: 'UNREACHABLE' });
    pass(1_001);
    await expect(breaker.guard(async () => 'late')).resolves.toBe('late');
  });
});
