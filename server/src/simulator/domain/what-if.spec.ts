import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { factsOf, poolFacts } from '../../../../test/support/builders/placement.js';
import { type WhatIfLine, whatIf } from './what-if.js';

const line = (more: Partial<WhatIfLine> = {}): WhatIfLine => ({
  count: 1,
  centerId: null,
  architecture: 'ARM64',
  zone: 'GOVERNMENT_EXTRANET',
  vcpu: 4,
  memoryMib: 8192,
  diskGib: 40,
  storageTier: 'SSD',
  protectionLevel: 2,
  domesticCpu: false,
  localMode: 'SINGLE',
  ...more,
});
const pools = [poolFacts('a1', {}), poolFacts('b1', {}, { centerId: 'b' })];

describe('whatIf', () => {
  it('tells where 10 machines would go, and takes nothing away from the facts', () => {
    const facts = factsOf(pools);
    const answer = whatIf([line({ count: 10, centerId: 'a' })], facts);
    expect(answer).toMatchObject({
      feasible: true,
      lines: [{ asked: 10, placed: 10, verdicts: [{ shares: [{ poolId: 'a1', count: 10 }] }] }],
      runsOutFirst: { poolId: 'a1', meter: 'MEMORY_MIB' },
    });
    expect(answer.pools[0]?.meters[0]).toEqual({ meter: 'VCPU', total: 100, freeBefore: 100, freeAfter: 60 });
    expect(facts.pools[0]?.free.VCPU).toBe(100);
  });

  it('places a dual-active line in both centers or in neither', () => {
    const both = whatIf([line({ count: 5, localMode: 'DUAL_ACTIVE' })], factsOf(pools));
    expect(both.pools.map(({ machines }) => machines)).toEqual([5, 5]);
    const [a1] = pools;
    const narrow = whatIf(
      [line({ count: 5, localMode: 'DUAL_ACTIVE' })],
      factsOf([a1 as never, poolFacts('b1', { VCPU: 12 }, { centerId: 'b' })]),
    );
    expect(narrow).toMatchObject({ feasible: false, lines: [{ asked: 5, placed: 3 }] });
    expect(narrow.pools.map(({ machines }) => machines)).toEqual([3, 3]);
  });

  it('goes as far as it fits, in the order given, and says what refused the rest', () => {
    const answer = whatIf(
      [line({ count: 8, centerId: 'a' }), line({ count: 8, centerId: 'a' }), line({ centerId: 'b' })],
      factsOf(pools),
    );
    expect(answer.feasible).toBe(false);
    expect(answer.lines.map(({ placed }) => placed)).toEqual([8, 4, 1]);
    expect(answer.lines[1]?.verdicts[0]?.shortage).toMatchObject({ criterion: 'P8', meter: 'MEMORY_MIB' });
  });

  it('says whether the loss of the other center would still find its room', () => {
    const need = { centerId: 'a', architecture: 'ARM64' as const, zone: 'GOVERNMENT_EXTRANET', vcpu: 70, memoryMib: 1 };
    const known = { ...factsOf(pools), lossNeeds: [need] };
    const kept = (count: number) => whatIf([line({ count, centerId: 'a' })], known).headroom.map((one) => one.kept);
    expect(kept(7)).toEqual([true]);
    expect(kept(8)).toEqual([false]);
  });

  it('never takes more than is free, whatever comes', () => {
    const lines = fc.array(
      fc.record({
        count: fc.integer({ min: 1, max: 40 }),
        vcpu: fc.integer({ min: 1, max: 32 }),
        memoryMib: fc.integer({ min: 1, max: 40_000 }),
        centerId: fc.constantFrom('a', 'b', null),
        localMode: fc.constantFrom('SINGLE' as const, 'DUAL_ACTIVE' as const),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, (asked) => {
        const answer = whatIf(asked.map(line), factsOf(pools));
        for (const { meters } of answer.pools)
          for (const { freeBefore, freeAfter } of meters) {
            expect(freeAfter).toBeGreaterThanOrEqual(0);
            expect(freeAfter).toBeLessThanOrEqual(freeBefore);
          }
        expect(answer.feasible).toBe(answer.lines.every(({ asked: wanted, placed }) => wanted === placed));
      }),
      { numRuns: 200 },
    );
  });
});
