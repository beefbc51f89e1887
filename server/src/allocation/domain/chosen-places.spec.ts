import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { demand, factsOf, poolFacts } from '../../../../test/support/builders/placement.js';
import { candidatesFor } from './candidates.js';
import { type Amounts, amountsOf, minus, plus } from './capacity.js';
import { type HeldMachine, judgeChoice } from './chosen-places.js';

const { count: _, centerId: __, vcpu, memoryMib, diskGib, storageTier, ...ask } = demand();
const size = { vcpu, memoryMib, diskGib, storageTier };
const held = (...pools: string[]): HeldMachine[] => pools.map((poolId, at) => ({ claimId: `c${at}`, poolId, size }));
const p = poolFacts('p', {});
const q = poolFacts('q', { VCPU: 8 });

describe('judgeChoice', () => {
  it('moves no more machines than it must', () => {
    const choice = [
      { poolId: 'q', count: 2 },
      { poolId: 'p', count: 1 },
    ];
    expect(judgeChoice(held('p', 'p', 'p'), choice, ask, factsOf([p, q]))).toMatchObject({
      fits: true,
      moves: [
        { claimId: 'c1', fromPoolId: 'p', toPoolId: 'q' },
        { claimId: 'c2', fromPoolId: 'p', toPoolId: 'q' },
      ],
    });
  });

  it('refuses by the same criteria as placement, and names the pool', () => {
    const verdict = judgeChoice(held('p', 'p', 'p'), [{ poolId: 'q', count: 3 }], ask, factsOf([p, q]));
    expect(verdict).toMatchObject({ fits: false, at: 0, verdict: { shortage: { criterion: 'P7', short: 4 } } });
    const level3 = { ...ask, protectionLevel: 3 };
    const low = poolFacts('q', {}, { protectionLevelMax: 2 });
    expect(judgeChoice(held('p'), [{ poolId: 'q', count: 1 }], level3, factsOf([p, low]))).toMatchObject({
      fits: false,
      text: { en: expect.stringContaining('P13') },
    });
  });

  it('refuses too many, too few, a pool twice, and one that is not there', () => {
    const judge = (choice: { poolId: string; count: number }[]) =>
      judgeChoice(held('p', 'p'), choice, ask, factsOf([p, q]));
    expect(judge([{ poolId: 'q', count: 1 }])).toMatchObject({ fits: false, at: null });
    expect(
      judge([
        { poolId: 'q', count: 1 },
        { poolId: 'q', count: 1 },
      ]),
    ).toMatchObject({ fits: false, at: null });
    expect(judge([{ poolId: 'x', count: 2 }])).toMatchObject({ fits: false, at: 0 });
  });

  it('takes no pool with none or less than none, whatever the sum says', () => {
    const judge = (p1: number, q1: number) =>
      judgeChoice(
        held('p', 'p', 'p'),
        [
          { poolId: 'p', count: p1 },
          { poolId: 'q', count: q1 },
        ],
        ask,
        factsOf([p, q]),
      );
    expect(judge(5, -2)).toMatchObject({ fits: false, at: 1 });
    expect(judge(3, 0)).toMatchObject({ fits: false, at: 1 });
    expect(judge(2.5, 0.5)).toMatchObject({ fits: false, at: 0 });
  });

  it('keeps what lines say of each other (P17)', () => {
    const apart = { ...ask, relations: [{ kind: 'APART' as const, index: 1, scope: 'POOL' as const }] };
    const beside = new Map([[1, [{ pool: q, share: 'MAIN' as const }]]]);
    expect(judgeChoice(held('p'), [{ poolId: 'q', count: 1 }], apart, factsOf([p, q]), beside)).toMatchObject({
      fits: false,
      text: { en: expect.stringContaining('P17') },
    });
  });

  it('says yes only to what leaves no pool with less than nothing', () => {
    const machine = fc.record({ pool: fc.constantFrom('p', 'q'), vcpu: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(
        fc.array(machine, { minLength: 1, maxLength: 6 }),
        fc.nat(10),
        fc.nat(10),
        fc.nat(6),
        (machines, freeP, freeQ, inP) => {
          const claims = machines.map((one, at) => ({
            claimId: `c${at}`,
            poolId: one.pool,
            size: { ...size, vcpu: one.vcpu },
          }));
          const pools = [poolFacts('p', { VCPU: freeP }), poolFacts('q', { VCPU: freeQ })].map((pool) => ({
            ...pool,
            free: claims
              .filter(({ poolId }) => poolId === pool.poolId)
              .reduce<Amounts>((sum, claim) => plus(sum, amountsOf(claim.size, 1)), pool.free),
          }));
          const choice = [
            { poolId: 'p', count: Math.min(inP, claims.length) },
            { poolId: 'q', count: claims.length - Math.min(inP, claims.length) },
          ].filter(({ count }) => count > 0);
          const verdict = judgeChoice(claims, choice, ask, factsOf(pools));
          if (!verdict.fits) return;
          for (const pool of pools) {
            const there = claims.filter(
              (claim) =>
                (verdict.moves.find((move) => move.claimId === claim.claimId)?.toPoolId ?? claim.poolId) ===
                pool.poolId,
            );
            const left = there.reduce<Amounts>((sum, claim) => minus(sum, amountsOf(claim.size, 1)), pool.free);
            expect(left.VCPU).toBeGreaterThanOrEqual(0);
            expect(there).toHaveLength(choice.find(({ poolId }) => poolId === pool.poolId)?.count ?? 0);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('candidatesFor', () => {
  it('ranks what can be chosen, in every center, and names what leaves the others out', () => {
    const pools = [p, q, poolFacts('r', { VCPU: 80 }, { centerId: 'b' }), poolFacts('s', {}, { inMaintenance: true })];
    const found = candidatesFor({ ...demand({ count: 3, centerId: null }) }, factsOf(pools), new Map([['q', 2]]));
    expect(found.map(({ poolId, fits, taken, refusedBy }) => [poolId, fits, taken, refusedBy])).toEqual([
      ['p', 3, 0, null],
      ['r', 3, 0, null],
      ['q', 2, 2, null],
      ['s', 0, 0, 'P12'],
    ]);
    const none = candidatesFor(demand(), factsOf([poolFacts('p', { VCPU: 1 })]));
    expect(none).toMatchObject([{ poolId: 'p', fits: 0, score: null, refusedBy: 'P7' }]);
  });
});
