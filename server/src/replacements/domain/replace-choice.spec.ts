import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlacementFacts, PoolFacts } from '../../allocation/domain/placement-facts.js';
import { judgeRePlace, rePlaceCandidates, type StuckMachine } from './replace-choice.js';

const ROOM = { VCPU: 8, MEMORY_MIB: 32_768, STORAGE_GIB_SSD: 1_000, STORAGE_GIB_HDD: 0 };

function pool(poolId: string, centerId: string, more: Partial<PoolFacts> = {}): PoolFacts {
  return {
    ...{ poolId, code: poolId, centerId, kind: 'DRIVEN', architecture: 'AMD64', zone: 'EXTRANET' },
    ...{ total: ROOM, free: ROOM, largestMachine: null, inMaintenance: false },
    ...{ protectionLevelMax: 3, domesticCpu: true },
    ...more,
  };
}

const center = (centerId: string, role: 'ACTIVE_A' | 'ACTIVE_B' | 'RECOVERY') =>
  ({ centerId, name: centerId, role, life: 'IN_SERVICE' }) as const;

const facts: PlacementFacts = {
  centers: [center('a', 'ACTIVE_A'), center('b', 'ACTIVE_B'), center('r', 'RECOVERY')],
  pools: [
    pool('a1', 'a'),
    pool('a2', 'a'),
    pool('b1', 'b'),
    pool('r1', 'r'),
    pool('b-hand', 'b', { kind: 'RECORDED' }),
    pool('b-full', 'b', { free: { ...ROOM, VCPU: 1 } }),
  ],
};

const machine: StuckMachine = {
  ...{ claimId: 'claim', poolId: 'a1', centerId: 'a', share: 'MAIN' },
  size: { vcpu: 2, memoryMib: 4_096, diskGib: 40, storageTier: 'SSD' },
  demand: {
    ...{ index: 0, share: 'MAIN', architecture: 'AMD64', zone: 'EXTRANET' },
    ...{ imageArchitecture: 'AMD64', imageMinimumDiskGib: 0, protectionLevel: 2, domesticCpu: false },
  },
  twinCenterIds: new Set(),
  beside: new Map(),
  costlierCenterIds: new Set(),
};

const offered = (more: Partial<StuckMachine> = {}) =>
  rePlaceCandidates({ ...machine, ...more }, facts).map(({ poolId, refusedBy }) => [poolId, refusedBy]);
const verdict = (poolId: string, more: Partial<StuckMachine> = {}) =>
  judgeRePlace({ ...machine, ...more }, poolId, facts);

describe('where a machine may go that no node takes', () => {
  it('is any pool that placement takes it in, but never the one that it is in, nor one that people serve', () => {
    const found = Object.fromEntries(offered());
    expect(found).toMatchObject({ a1: 'NODES', a2: null, b1: null, r1: 'P2' });
    expect(found).not.toHaveProperty('b-hand');
    expect(verdict('a1')).toMatchObject({ fits: false });
    expect(verdict('b-hand')).toMatchObject({ fits: false });
    expect(verdict('r1')).toMatchObject({ fits: false });
    expect(verdict('b-full')).toMatchObject({ fits: false });
    expect(verdict('b1')).toMatchObject({
      fits: true,
      pool: { poolId: 'b1' },
      moves: [{ claimId: 'claim', fromPoolId: 'a1', toPoolId: 'b1' }],
    });
  });

  it('is never the center of its dual-active twin, nor that of another role (D3)', () => {
    const twin = { share: 'MAIN_A', twinCenterIds: new Set(['b']) } as const;
    expect(Object.fromEntries(offered(twin))).toMatchObject({ a2: null, b1: 'D3' });
    expect(verdict('b1', twin)).toMatchObject({ fits: false });
    expect(verdict('a2', twin)).toMatchObject({ fits: true });
  });

  it('is never where its cost would be another than the one that was signed', () => {
    const costly = { costlierCenterIds: new Set(['b']) };
    expect(Object.fromEntries(offered(costly))).toMatchObject({ a2: null, b1: 'PRICE' });
    expect(verdict('b1', costly)).toMatchObject({ fits: false });
  });

  it('is never beside a line that it shall be apart from (P17)', () => {
    const apart = {
      demand: { ...machine.demand, relations: [{ kind: 'APART', index: 1, scope: 'CENTER' }] },
      beside: new Map([[1, [{ pool: pool('b9', 'b'), share: 'MAIN' as const }]]]),
    } as const;
    expect(Object.fromEntries(offered(apart))).toMatchObject({ a2: null, b1: 'P17' });
    expect(verdict('b1', apart)).toMatchObject({ fits: false });
  });

  it('is offered exactly where it is taken', () => {
    const some = fc.subarray(['a', 'b', 'r']);
    const share = fc.constantFrom<StuckMachine['share']>('MAIN', 'MAIN_A', 'MAIN_B');
    fc.assert(
      fc.property(some, some, share, fc.integer({ min: 1, max: 10 }), (twins, costly, name, vcpu) => {
        const one = {
          ...machine,
          share: name,
          size: { ...machine.size, vcpu },
          twinCenterIds: new Set(twins),
          costlierCenterIds: new Set(costly),
        };
        for (const { fits, poolId, refusedBy } of rePlaceCandidates(one, facts))
          expect(judgeRePlace(one, poolId, facts).fits).toBe(refusedBy === null && fits > 0);
      }),
    );
  });
});
