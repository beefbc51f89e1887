import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HELD_METERS } from '../../kernel/refusal.js';
import {
  beyondHeldCap,
  HELD_CAP_FLOOR,
  type HeldAmounts,
  heldCap,
  heldOf,
  heldRows,
  NOTHING_HELD,
  sumHeld,
} from './held-cap.js';

const amounts = (max: number): fc.Arbitrary<HeldAmounts> =>
  fc.record(Object.fromEntries(HELD_METERS.map((meter) => [meter, fc.nat({ max })]))) as fc.Arbitrary<HeldAmounts>;
const percent = fc.integer({ min: 1, max: 99 });
const plus = (a: HeldAmounts, b: HeldAmounts): HeldAmounts => sumHeld([a, b]);

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
    const totals = {
      ...{ VCPU: 10_000, MEMORY_MIB: 40_960_000, STORAGE_GIB: 500_000, ACCELERATOR: 100 },
      ...{ SERVER: 101, CABINET_HALF_UNIT: 8_400, POWER_W: 700_000, ADDRESS: 10 },
    };
    expect(heldCap(totals, 20)).toEqual({
      ...{ VCPU: 2_000, MEMORY_MIB: 8_192_000, STORAGE_GIB: 100_000, ACCELERATOR: 20 },
      ...{ SERVER: 21, CABINET_HALF_UNIT: 1_680, POWER_W: 140_000, ADDRESS: HELD_CAP_FLOOR.ADDRESS },
    });
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
        const asked = Object.fromEntries(
          HELD_METERS.map((meter, at) => [meter, at % 2 === 0 ? own[meter] : Math.floor((own[meter] * part) / 100)]),
        );
        expect(beyondHeldCap(heldRows({ cap, others, own }, asked))).toEqual([]);
      }),
    );
  });

  it('says what is held, asked, capped and short, and what helps', () => {
    const cap = { ...NOTHING_HELD, VCPU: 100, MEMORY_MIB: 409_600, STORAGE_GIB: 1_000, ADDRESS: 10, POWER_W: 10_000 };
    const others = { ...NOTHING_HELD, VCPU: 90, MEMORY_MIB: 92_160, STORAGE_GIB: 990, ADDRESS: 8, POWER_W: 9_000 };
    const [vcpu, storage, power, address, ...more] = beyondHeldCap(
      heldRows(
        { cap, others, own: NOTHING_HELD },
        {
          ...{ VCPU: 16, MEMORY_MIB: 65_536, STORAGE_GIB: 1_200, ADDRESS: 3, POWER_W: 2_500 },
        },
      ),
    );
    expect(power?.message.zh).toContain('电力已预占 9 kW，本单需 2.5 kW，上限 10 kW');
    expect(address?.message.zh).toContain('地址已预占 8，本单需 3，上限 10');
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
  const withCards = { ...claim, storageTier: 'HDD' as const, accelerators: { A: 2, B: 1 } };
  expect(heldOf([claim, withCards])).toEqual({
    ...NOTHING_HELD,
    ACCELERATOR: 3,
    VCPU: 8,
    MEMORY_MIB: 16_384,
    STORAGE_GIB: 200,
  });
  expect(heldOf([])).toEqual(NOTHING_HELD);
});
