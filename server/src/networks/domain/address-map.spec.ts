import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockOf, blocksOf, MAP_BLOCK_ADDRESSES, usesOf } from './address-map.js';
import { isUsable, rangeOf } from './address-plan.js';
import { addressPlan, type FamilyPlan } from './network.js';

/** 10.0.0.0 */
const TEN = 10n << 24n;

const plans = fc
  .record({
    length: fc.integer({ min: 20, max: 30 }),
    gateway: fc.option(fc.nat(4_095)),
    from: fc.nat(4_095),
    size: fc.nat(40),
  })
  .map(({ length, gateway, from, size }): FamilyPlan => {
    const prefix = { family: 'IPV4' as const, first: TEN, length };
    const inside = (offset: number) => TEN + (BigInt(offset) % (rangeOf(prefix).last - TEN + 1n));
    const [one, other] = [inside(from), inside(from + size)];
    const [first, last] = one < other ? [one, other] : [other, one];
    return {
      prefix,
      gateway: gateway === null ? null : inside(gateway),
      reserved: [{ first, last, note: '', at: 0 }],
    };
  });

describe('the map of a network', () => {
  it('covers every address of the prefix once, block after block', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { first, last } = rangeOf(plan.prefix);
        let next = first;
        for (let block = 0; block < blocksOf(plan); block += 1) {
          const range = blockOf(plan, block);
          expect(range?.first).toBe(next);
          expect((range?.last ?? 0n) - (range?.first ?? 0n)).toBeLessThan(MAP_BLOCK_ADDRESSES);
          next = (range?.last ?? 0n) + 1n;
        }
        expect(next).toBe(last + 1n);
        expect([blockOf(plan, -1), blockOf(plan, blocksOf(plan)), blockOf(plan, 0.5)]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
      }),
    );
  });

  it('calls free exactly what a claim may have, and what is claimed by its state', () => {
    const states = ['HELD', 'ALLOCATED', 'QUARANTINE'] as const;
    fc.assert(
      fc.property(
        plans,
        fc.nat(15),
        fc.array(fc.record({ at: fc.nat(255), state: fc.constantFrom(...states) })),
        (plan, nth, claims) => {
          const range = blockOf(plan, nth % blocksOf(plan)) as { first: bigint; last: bigint };
          const usable = addressPlan(plan);
          const taken = new Map(claims.map(({ at, state }) => [range.first + BigInt(at), state]));
          const uses = usesOf(plan, range, taken);
          expect(uses).toHaveLength(Number(range.last - range.first) + 1);
          for (const [at, use] of uses.entries()) {
            const address = range.first + BigInt(at);
            const claimed = taken.get(address);
            if (claimed) expect(use).toBe(claimed);
            else expect(use === 'FREE').toBe(isUsable(usable, address));
          }
        },
      ),
    );
  });
});
