import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { poolFacts } from '../../../../test/support/builders/placement.js';
import type { PlacedShare } from '../../allocation/domain/dr-shares.js';
import type { Relation } from '../../allocation/domain/placement-facts.js';
import type { LineWish } from '../../allocation/domain/request-plan.js';
import { type MovedMachine, sharesAfterMachine, standingBeside, whereOf } from './moved-share.js';

const PRICES = [
  { vcpu: 2, memoryMib: 4_096, eachFen: '300' },
  { vcpu: 1, memoryMib: 2_048, eachFen: '100' },
];

function share(centerId: string, pools: PlacedShare['pools'], more: Partial<PlacedShare> = {}): PlacedShare {
  const count = pools.reduce((sum, pool) => sum + pool.count, 0);
  return {
    ...{ share: 'MAIN', centerId, standing: 'RUNNING', owed: false, count, pools, prices: PRICES },
    monthlyFen: (300n * BigInt(count)).toString(),
    ...more,
  };
}

const machine = (from: [string, string], to: [string, string], more: Partial<MovedMachine> = {}): MovedMachine => ({
  ...{ share: 'MAIN', vcpu: 2, memoryMib: 4_096 },
  from: { centerId: from[0], poolId: from[1] },
  to: { centerId: to[0], poolId: to[1] },
  ...more,
});

describe('what a line says once one machine of it was placed elsewhere', () => {
  it('stays one share within a center', () => {
    const after = sharesAfterMachine([share('a', [{ poolId: 'a1', count: 3 }])], machine(['a', 'a1'], ['a', 'a2']));
    expect(after).toEqual([
      share('a', [
        { poolId: 'a1', count: 2 },
        { poolId: 'a2', count: 1 },
      ]),
    ]);
  });

  it('is a share of its own in another center, with its part of the price', () => {
    const after = sharesAfterMachine([share('a', [{ poolId: 'a1', count: 3 }])], machine(['a', 'a1'], ['b', 'b1']));
    expect(after).toEqual([share('a', [{ poolId: 'a1', count: 2 }]), share('b', [{ poolId: 'b1', count: 1 }])]);
  });

  it('joins those that went there before it, and the last one takes its share along', () => {
    const before = [share('a', [{ poolId: 'a1', count: 1 }]), share('b', [{ poolId: 'b1', count: 1 }])];
    expect(sharesAfterMachine(before, machine(['a', 'a1'], ['b', 'b1']))).toEqual([
      share('b', [{ poolId: 'b1', count: 2 }]),
    ]);
  });

  it('takes the price of its own size where a share has several', () => {
    const mixed = share('r', [{ poolId: 'r1', count: 2 }], {
      share: 'RECOVERY',
      standing: 'STANDBY',
      monthlyFen: '400',
    });
    const small = machine(['r', 'r1'], ['q', 'q1'], { share: 'RECOVERY', vcpu: 1, memoryMib: 2_048 });
    expect(sharesAfterMachine([mixed], small).map(({ monthlyFen }) => monthlyFen)).toEqual(['300', '100']);
  });

  it('leaves a line alone whose shares know nothing of that pool, and what is owed', () => {
    const shares = [share('a', [{ poolId: 'a1', count: 1 }]), share('b', [], { share: 'RECOVERY', owed: true })];
    expect(sharesAfterMachine(shares, machine(['z', 'z1'], ['a', 'a1']))).toEqual(shares);
  });

  it('never counts a machine or a fen twice, nor loses one', () => {
    const where = fc.constantFrom<[string, string]>(['a', 'a1'], ['a', 'a2'], ['b', 'b1'], ['c', 'c1']);
    const sum = (shares: readonly PlacedShare[]) => ({
      count: shares.reduce((all, { count }) => all + count, 0),
      inPools: shares.flatMap(({ pools }) => pools).reduce((all, { count }) => all + count, 0),
      fen: shares.reduce((all, { monthlyFen }) => all + BigInt(monthlyFen ?? 0), 0n),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(where, where), { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (moves, n) => {
        let shares: PlacedShare[] = [share('a', [{ poolId: 'a1', count: n }])];
        for (const [from, to] of moves) shares = sharesAfterMachine(shares, machine(from, to));
        expect(sum(shares)).toEqual({ count: n, inPools: n, fen: 300n * BigInt(n) });
        expect(new Set(shares.map(({ centerId }) => centerId)).size).toBe(shares.length);
      }),
    );
  });
});

describe('where a share may be put', () => {
  const thing = (relations: readonly Relation[]) => ({ kind: 'VM', relations }) as unknown as LineWish['thing'];
  const wishes = [
    { index: 0, thing: thing([]) },
    { index: 1, thing: thing([{ kind: 'APART', index: 0, scope: 'POOL' }]) },
  ];

  it('is bound by what other lines say of its line, too', () => {
    expect(whereOf(0, wishes)?.demandOf('MAIN_A').relations).toEqual([{ kind: 'APART', index: 1, scope: 'POOL' }]);
    expect(whereOf(1, wishes)?.demandOf('RECOVERY')).toMatchObject({ index: 1, share: 'RECOVERY' });
    expect(whereOf(0, [{ index: 0, thing: { kind: 'SERVICE' } }])).toBeNull();
  });

  it('looks at everything that is held beside it, and not at itself', () => {
    const [p, q] = [poolFacts('p', {}), poolFacts('q', {})];
    const held = [
      { claimId: '1', lineId: 'a', poolId: 'p', share: 'MAIN_A' as const },
      { claimId: '2', lineId: 'a', poolId: 'q', share: 'RECOVERY' as const },
      { claimId: '3', lineId: 'b', poolId: 'q', share: 'MAIN' as const },
    ];
    expect([...standingBeside([{ id: 'a' }, { id: 'b' }], held, [{ claimId: '1' }], [p, q])]).toEqual([
      [0, [{ pool: q, share: 'RECOVERY' }]],
      [1, [{ pool: q, share: 'MAIN' }]],
    ]);
  });
});
