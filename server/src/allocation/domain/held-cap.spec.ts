import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  beyondHeldCap,
  HELD_CAP_FLOOR,
  HELD_METERS,
  type HeldAmounts,
  heldCap,
  heldOf,
  heldRows,
  NOTHING_HELD,
} from './held-cap.js';

const amounts = (max: number): fc.Arbitrary<HeldAmounts> =>
  fc.record({ VCPU: fc.nat({ max }), MEMORY_MIB: fc.nat({ max }), STORAGE_GIB: fc.nat({ max }) });
const percent = fc.integer({ min: 1, max: 99 });
const plus = (a: HeldAmounts, b: HeldAmounts): HeldAmounts => ({
  VCPU: a.VCPU + b.VCPU,
  MEMORY_MIB: a.MEMORY_MIB + b.MEMORY_MIB,
  STORAGE_GIB: a.STORAGE_GIB + b.STORAGE_GIB,
});

describe('what a department may hold at once', () => {
  it('is a share of what open pools promise, and never less than the floor', () => {
    fc.assert(
      fc.property(amounts(100_000_000), percent, (totals, share) => {
        const cap = heldCap(totals, share) as HeldAmounts;
        for (const meter of HELD_METERS) {
          expect(Number.isInteger(cap[meter])).toBe(true);
          expect(cap[meter]).toBeGreaterThanOrEqual(HELD_CAP_FLOOR[meter]);
          if (cap[meter] > HELD_CAP_FLOOR[meter]) {
            expect(cap[meter] * 100).toBeGreaterThanOrEqual(totals[meter] * share);
            expect((cap[meter] - 1) * 100).toBeLessThan(totals[meter] * share);
          }
        }
      }),
    );
  });

  it('of 10,000 vCPU at 20 % is 2,000, and at 100 % is not capped', () => {
    const totals = { VCPU: 10_000, MEMORY_MIB: 40_960_000, STORAGE_GIB: 500_000 };
    expect(heldCap(totals, 20)).toEqual({ VCPU: 2_000, MEMORY_MIB: 8_192_000, STORAGE_GIB: 100_000 });
    expect(heldCap(totals, 100)).toBeNull();
    expect(heldRows({ cap: null, others: totals, own: NOTHING_HELD }, totals)).toEqual([]);
  });

  it('is never passed by any order of holds, grants and ends, and refuses nothing that fits', () => {
    const act = fc.record({ asked: amounts(400), ends: fc.option(fc.nat({ max: 20 }), { nil: null }) });
    fc.assert(
      fc.property(amounts(1_000), fc.array(act, { maxLength: 40 }), (cap, acts) => {
        const held: HeldAmounts[] = [];
        for (const { asked, ends } of acts) {
          if (ends !== null) held.splice(ends, 1);
          const others = held.reduce(plus, NOTHING_HELD);
          const rows = heldRows({ cap, others, own: NOTHING_HELD }, asked);
          const fits = HELD_METERS.every((meter) => asked[meter] === 0 || others[meter] + asked[meter] <= cap[meter]);
          expect(beyondHeldCap(rows).length === 0).toBe(fits);
          if (fits) held.push(asked);
          const sum = held.reduce(plus, NOTHING_HELD);
          for (const meter of HELD_METERS) expect(sum[meter]).toBeLessThanOrEqual(cap[meter]);
        }
      }),
    );
  });

  it('takes nothing from a request that holds: as much or less is held again under any cap', () => {
    fc.assert(
      fc.property(amounts(500), amounts(500), amounts(500), fc.nat({ max: 100 }), (cap, others, own, part) => {
        const asked = {
          VCPU: Math.floor((own.VCPU * part) / 100),
          MEMORY_MIB: own.MEMORY_MIB,
          STORAGE_GIB: Math.floor((own.STORAGE_GIB * part) / 100),
        };
        expect(beyondHeldCap(heldRows({ cap, others, own }, asked))).toEqual([]);
      }),
    );
  });

  it('says what is held, asked, capped and short, and what helps', () => {
    const cap = { VCPU: 100, MEMORY_MIB: 409_600, STORAGE_GIB: 1_000 };
    const others = { VCPU: 90, MEMORY_MIB: 92_160, STORAGE_GIB: 990 };
    const [vcpu, storage, ...more] = beyondHeldCap(
      heldRows({ cap, others, own: NOTHING_HELD }, { VCPU: 16, MEMORY_MIB: 65_536, STORAGE_GIB: 1_200 }),
    );
    expect(more).toEqual([]);
    expect(vcpu).toMatchObject({ code: 'HOLD_CAP', meter: 'VCPU', held: 90, requested: 16, cap: 100, short: 6 });
    expect(vcpu?.message.zh).toContain('已预占 90，本单需 16，上限 100');
    expect(vcpu?.message.zh).toContain('请等在办申请单审结');
    expect(storage).toMatchObject({ meter: 'STORAGE_GIB', short: 1_190 });
    // Waiting would not help: it is more than the cap by itself.
    expect(storage?.message.zh).toContain('请分批申请');
  });
});

it('what claims hold is their sum', () => {
  const claim = { vcpu: 4, memoryMib: 8_192, diskGib: 100, storageTier: 'SSD' as const };
  expect(heldOf([claim, { ...claim, storageTier: 'HDD' }])).toEqual({
    VCPU: 8,
    MEMORY_MIB: 16_384,
    STORAGE_GIB: 200,
  });
  expect(heldOf([])).toEqual(NOTHING_HELD);
});
