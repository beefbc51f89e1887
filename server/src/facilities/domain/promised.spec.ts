import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settledLimit } from './maintenance.js';
import { type PoolSize, promisableAmounts, promised, type TakenAway } from './promised.js';

const sizes: fc.Arbitrary<PoolSize> = fc.record({
  nodes: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
  vcpu: fc.integer({ min: 0, max: 100_000 }),
  memoryMib: fc.integer({ min: 0, max: 100_000_000 }),
  storageGib: fc.record({ SSD: fc.integer({ min: 0, max: 1_000_000 }), HDD: fc.integer({ min: 0, max: 1_000_000 }) }),
  accelerators: fc.dictionary(fc.constantFrom('ASCEND-910B', 'A800', 'MLU370'), fc.integer({ min: 0, max: 512 })),
});
const pools = fc.record({
  vcpuOvercommitPercent: fc.integer({ min: 100, max: 1000 }),
  reserve: fc.record({ percent: fc.integer({ min: 0, max: 50 }), nodes: fc.integer({ min: 0, max: 250 }) }),
});
const windows: fc.Arbitrary<TakenAway[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ nodes: fc.integer({ min: 1, max: 50 }) }) },
    fc.constant('WHOLE_POOL' as const),
  ),
  { maxLength: 3 },
);

describe('promised', () => {
  it('never promises more than what there is less the reserve, nor less than nothing', () => {
    fc.assert(
      fc.property(pools, sizes, windows, (pool, size, running) => {
        const all = promisableAmounts(pool.vcpuOvercommitPercent, size);
        for (const [meter, amount] of Object.entries(promised(pool, size, running))) {
          const total = all[meter as 'VCPU'] ?? 0;
          // Exact, beside the implementation: what n nodes share of it, and the percent, each in whole units.
          const byNodes = size.nodes === null ? 0 : (total * Math.min(pool.reserve.nodes, size.nodes)) / size.nodes;
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(total - (total * pool.reserve.percent) / 100);
          expect(amount).toBeLessThanOrEqual(total - byNodes + 1e-6);
        }
      }),
    );
  });

  it('never promises what runs away: another window, a larger reserve or fewer machines promise no more', () => {
    fc.assert(
      fc.property(pools, sizes, windows, windows, (pool, size, running, more) => {
        const [before, after] = [promised(pool, size, running), promised(pool, size, [...running, ...more])];
        for (const meter of Object.keys(before) as 'VCPU'[])
          expect(after[meter]).toBeLessThanOrEqual(before[meter] ?? 0);
      }),
    );
  });

  it('is the hardware less the spare node, as long as no more than that is away', () => {
    const size: PoolSize = {
      nodes: 8,
      vcpu: 8 * 60,
      memoryMib: 8 * 240_000,
      storageGib: { SSD: 8 * 100, HDD: 0 },
      accelerators: { 'ASCEND-910B': 32 },
    };
    const pool = { vcpuOvercommitPercent: 300, reserve: { percent: 0, nodes: 1 } };
    const whole = {
      VCPU: 7 * 180,
      MEMORY_MIB: 7 * 240_000,
      STORAGE_GIB_SSD: 700,
      STORAGE_GIB_HDD: 0,
      'ACCELERATOR:ASCEND-910B': 28,
    };
    expect(promised(pool, size)).toEqual(whole);
    expect(promised(pool, size, [{ nodes: 1 }])).toEqual(whole);
    expect(promised(pool, size, [{ nodes: 2 }])).toMatchObject({ VCPU: 6 * 180, 'ACCELERATOR:ASCEND-910B': 24 });
    expect(promised(pool, size, ['WHOLE_POOL'])).toMatchObject({ VCPU: 0, 'ACCELERATOR:ASCEND-910B': 0 });
  });

  it('keeps what is live whatever is taken away, and says what could not be', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), (target, live) => {
        const { limit, uncovered } = settledLimit(target, live);
        expect(limit).toBeGreaterThanOrEqual(live);
        expect(limit - uncovered).toBe(target);
      }),
    );
  });
});
