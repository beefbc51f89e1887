import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { factsOf, demand as line, poolFacts as pool } from '../../../../test/support/builders/placement.js';
import { judgeChoice } from './chosen-places.js';
import { place } from './placement.js';

const recorded = (poolId: string, vcpu: number, centerId = 'a') =>
  pool(poolId, { VCPU: vcpu }, { kind: 'RECORDED', centerId });
const driven = (poolId: string, vcpu: number, centerId = 'a') => pool(poolId, { VCPU: vcpu }, { centerId });

describe('pools that people serve', () => {
  it('take what is asked, by the same criteria', () => {
    expect(place([line({ count: 2 })], factsOf([recorded('hand', 100)])).lines[0]?.shares).toEqual([
      { poolId: 'hand', count: 2 },
    ]);
    const short = place([line({ count: 30 })], factsOf([recorded('hand', 100)])).lines[0];
    expect(short?.shortage).toMatchObject({ criterion: 'P7', poolId: 'hand', requested: 120, free: 100, short: 20 });
  });

  it('come after those that a cluster drives, however full these are (C6)', () => {
    const facts = factsOf([recorded('hand', 100), driven('auto', 8)]);
    expect(place([line({ count: 2 })], facts).lines[0]?.shares).toEqual([{ poolId: 'auto', count: 2 }]);
    const open = { ...line({ count: 2 }), centerId: null };
    const inB = factsOf([recorded('hand', 100), driven('auto', 8, 'b')]);
    expect(place([open], inB).lines[0]).toMatchObject({ centerId: 'b', shares: [{ poolId: 'auto', count: 2 }] });
  });

  it('take a line whole where a cluster has room for a part of it only (C6)', () => {
    const facts = factsOf([recorded('hand', 100), driven('auto', 8)]);
    expect(place([line({ count: 3 })], facts).lines[0]?.shares).toEqual([{ poolId: 'hand', count: 3 }]);
    const neither = place([line({ count: 3 })], factsOf([recorded('hand', 8), driven('auto', 8)]));
    expect(neither.lines[0]?.shortage).toMatchObject({ criterion: 'P7', free: 8 });
  });

  it('never share a line with those that a cluster drives, and no line is refused that one kind could take', () => {
    const free = fc.integer({ min: 0, max: 40 });
    const counts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(free, free, counts, (byHand, byCluster, lines) => {
        const demands = lines.map((count, index) => line({ index, count }));
        const placement = place(demands, factsOf([recorded('hand', byHand), driven('auto', byCluster)]));
        for (const { shares } of placement.lines) expect(shares.length).toBeLessThanOrEqual(1);
        // Every way to give each line to one of both.
        const ways = Array.from({ length: 2 ** lines.length }, (_, bits) =>
          lines.reduce((sum, count, at) => sum + ((bits >> at) & 1 ? count * 4 : 0), 0),
        );
        const all = lines.reduce((sum, count) => sum + count * 4, 0);
        expect(placement.feasible).toBe(ways.some((hand) => hand <= byHand && all - hand <= byCluster));
      }),
      { numRuns: 200 },
    );
  });

  it('are not chosen for a part of what a cluster makes', () => {
    const facts = factsOf([recorded('hand', 100), driven('auto', 100)]);
    const size = { vcpu: 4, memoryMib: 8192, diskGib: 40, storageTier: 'SSD' } as const;
    const machines = ['x', 'y'].map((claimId) => ({ claimId, poolId: 'auto', size }));
    const { count: _, centerId: __, ...demand } = line();
    const choice = (...pools: string[]) =>
      judgeChoice(
        machines,
        pools.map((poolId) => ({ poolId, count: 2 / pools.length })),
        demand,
        facts,
      );
    expect(choice('auto', 'hand')).toMatchObject({ fits: false, at: 1 });
    expect(choice('hand')).toMatchObject({ fits: true });
  });
});
