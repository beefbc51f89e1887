import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CENTER_A, CENTER_B, CENTER_C, demand, poolFacts } from '../../../../test/support/builders/placement.js';
import { place } from './placement.js';
import {
  type LineDemand,
  type Placement,
  type PlacementFacts,
  POOL_SCOPES,
  type PoolFacts,
  type Relation,
} from './placement-facts.js';
import { centersAgree, maySitBeside } from './relations.js';

type Mode = 'SINGLE' | 'DUAL';
interface Line {
  readonly mode: Mode;
  readonly remote: boolean;
  readonly count: number;
  readonly centerId: 'a' | 'b' | null;
  readonly vcpu: number;
  readonly relation: Omit<Relation, 'index'> | null;
}

const pool = (poolId: string, centerId: string, vcpu = 100): PoolFacts =>
  poolFacts(poolId, { VCPU: vcpu }, { centerId });
const facts = (pools: readonly PoolFacts[]): PlacementFacts => ({ centers: [CENTER_A, CENTER_B, CENTER_C], pools });

/** Of each line what it asks of pools; the second says something of the first. */
function demandsOf(lines: readonly Line[]): LineDemand[] {
  return lines.flatMap(({ mode, remote, count, centerId, vcpu, relation }, index) => {
    const relations = relation && index > 0 ? [{ ...relation, index: 0 }] : [];
    const share = (more: Partial<LineDemand>) => demand({ index, count, vcpu, memoryMib: 1, relations, ...more });
    return [
      ...(mode === 'DUAL' ? [share({ centerId: 'a' }), share({ centerId: 'b' })] : [share({ centerId })]),
      ...(remote ? [share({ centerId: 'c', share: 'RECOVERY' })] : []),
    ];
  });
}

const lineOf = (more: Partial<Line> = {}): Line => ({
  ...{ mode: 'SINGLE', remote: false, count: 1, centerId: 'a', vcpu: 4, relation: null },
  ...more,
});
const dual = (relation: Line['relation'] = null, more: Partial<Line> = {}): Line =>
  lineOf({ mode: 'DUAL', relation, ...more });
const told = (placement: Placement): (string | undefined)[] =>
  placement.lines.filter(({ feasible }) => !feasible).map(({ checks }) => checks.at(-1)?.figures?.en);

const TOGETHER = { kind: 'TOGETHER', scope: 'CENTER' } as const;
const TOGETHER_IN_POOL = { kind: 'TOGETHER', scope: 'POOL' } as const;
const APART = { kind: 'APART', scope: 'CENTER' } as const;
const APART_IN_POOL = { kind: 'APART', scope: 'POOL' } as const;

describe('lines that say how their machines stand to each other (P17)', () => {
  const both = facts([pool('a1', 'a'), pool('a2', 'a'), pool('b1', 'b'), pool('b2', 'b'), pool('c1', 'c')]);
  const poolsOf = (placement: Placement): string[] =>
    placement.lines.map(({ shares }) => shares.map(({ poolId }) => poolId).join('+'));

  it('keeps two dual-active lines together: A with A, B with B', () => {
    expect(place(demandsOf([dual(), dual(TOGETHER)]), both).feasible).toBe(true);
    const [a, b, otherA, otherB] = poolsOf(place(demandsOf([dual(), dual(TOGETHER_IN_POOL)]), both));
    expect([otherA, otherB]).toEqual([a, b]);
  });

  it('keeps dual-active lines apart in pool, share by share', () => {
    const [a, b, otherA, otherB] = poolsOf(place(demandsOf([dual(), dual(APART_IN_POOL)]), both));
    expect([a, otherA].toSorted()).toEqual(['a1', 'a2']);
    expect([b, otherB].toSorted()).toEqual(['b1', 'b2']);
  });

  it('refuses dual-active lines apart in center, and says why', () => {
    const placement = place(demandsOf([dual(), dual(APART)]), both);
    expect(placement.feasible).toBe(false);
    expect(told(placement)).toEqual(['both run in one and the same center whatever pools are chosen']);
    expect(placement.steps).toBeLessThan(10);
  });

  it('refuses a line that runs alone together in center with a dual-active one, as servers are (A2)', () => {
    const placement = place(demandsOf([lineOf(), dual(TOGETHER)]), both);
    expect(told(placement)).toEqual(['they do not run in the same centers']);
  });

  it('does not compare a remote share with what runs in the city', () => {
    for (const relation of [TOGETHER, TOGETHER_IN_POOL, APART_IN_POOL]) {
      const lines = [lineOf({ remote: true }), lineOf({ remote: relation !== APART_IN_POOL, relation })];
      expect(place(demandsOf(lines), both).feasible).toBe(true);
    }
    const apart = [lineOf({ centerId: null, remote: true }), lineOf({ centerId: null, remote: true, relation: APART })];
    const [one, , other] = place(demandsOf(apart), both).lines;
    expect([one?.centerId, other?.centerId].toSorted()).toEqual(['a', 'b']);
  });

  it('compares remote shares in pool with each other', () => {
    const lines = (relation: Line['relation']) => [lineOf({ remote: true }), lineOf({ remote: true, relation })];
    expect(place(demandsOf(lines(APART_IN_POOL)), both).feasible).toBe(false);
    const [, recovery, , other] = poolsOf(
      place(demandsOf(lines(TOGETHER_IN_POOL)), facts([...both.pools, pool('c2', 'c', 90)])),
    );
    expect(other).toBe(recovery);
  });

  it('tells first what does not fit without a word (A1)', () => {
    const small = facts([pool('a1', 'a', 4), pool('b1', 'b')]);
    const { lines } = place(demandsOf([dual(), dual(APART)]), small);
    expect(lines.flatMap(({ checks }) => checks.filter(({ passed }) => !passed).map((c) => c.criterion))).toEqual([
      'P11',
    ]);
  });

  it('judges a share that is put elsewhere by where the others stand', () => {
    const [a1, a2, b1] = both.pools as [PoolFacts, PoolFacts, PoolFacts];
    const standing = new Map([
      [0, [{ pool: b1, share: 'MAIN' as const }]],
      [
        1,
        [
          { pool: a1, share: 'MAIN' as const },
          { pool: b1, share: 'MAIN' as const },
        ],
      ],
    ]);
    const may = (into: PoolFacts, relation: Omit<Relation, 'index'>): boolean =>
      maySitBeside(into, { index: 0, share: 'MAIN' }, [{ ...relation, index: 1 }], standing);
    expect([may(a1, TOGETHER), may(a2, TOGETHER)]).toEqual([true, true]);
    expect([may(a1, TOGETHER_IN_POOL), may(a2, TOGETHER_IN_POOL)]).toEqual([true, false]);
    expect([may(a1, APART_IN_POOL), may(a2, APART_IN_POOL)]).toEqual([false, true]);
  });
});

/** Every machine alone in every pool, and what is said looked at in the end: no cleverness, so that it can be believed. */
function fitsByBruteForce(demands: readonly LineDemand[], { pools }: PlacementFacts): boolean {
  const machines = demands.flatMap((one, at) => Array.from({ length: one.count }, () => ({ one, at })));
  const tryFrom = (at: number, left: readonly number[], placed: readonly number[]): boolean => {
    const machine = machines[at];
    if (!machine)
      return holds(demands, (of) =>
        placed.filter((_, n) => machines[n]?.at === of).map((into) => pools[into] as PoolFacts),
      );
    return pools.some((candidate, n) => {
      const { one } = machine;
      const allowed = one.centerId === null ? candidate.centerId !== 'c' : candidate.centerId === one.centerId;
      const free = (left[n] as number) - one.vcpu;
      return allowed && free >= 0 && tryFrom(at + 1, left.with(n, free), [...placed, n]);
    });
  };
  return tryFrom(
    0,
    pools.map(({ free }) => free.VCPU),
    [],
  );
}

function holds(demands: readonly LineDemand[], poolsOf: (at: number) => readonly PoolFacts[]): boolean {
  const where = (index: number, share: 'MAIN' | 'RECOVERY' | null): PoolFacts[] =>
    demands.flatMap((one, at) => (one.index === index && (share ?? one.share) === one.share ? poolsOf(at) : []));
  const centers = (of: readonly PoolFacts[]): string[] => [...new Set(of.map(({ centerId }) => centerId))].toSorted();
  return demands.every((one, at) => {
    if (one.centerId === null && centers(poolsOf(at)).length > 1) return false;
    return (one.relations ?? []).every(({ kind, scope, index }) => {
      const [own, others] = [centers(where(one.index, 'MAIN')), centers(where(index, 'MAIN'))];
      const shared = own.filter((center) => others.includes(center));
      if (scope === 'CENTER') return kind === 'APART' ? shared.length === 0 : own.join() === others.join();
      if (kind === 'TOGETHER' && shared.length === 0) return false;
      return where(one.index, null).every(({ poolId, centerId }) =>
        where(index, null).every((other) =>
          kind === 'APART' ? other.poolId !== poolId : other.centerId !== centerId || other.poolId === poolId,
        ),
      );
    });
  });
}

describe('for any two small lines', () => {
  const line: fc.Arbitrary<Line> = fc.record({
    mode: fc.constantFrom('SINGLE', 'DUAL'),
    remote: fc.boolean(),
    count: fc.integer({ min: 1, max: 2 }),
    centerId: fc.constantFrom('a', 'b', null),
    vcpu: fc.integer({ min: 1, max: 3 }),
    relation: fc.record({ kind: fc.constantFrom('APART', 'TOGETHER'), scope: fc.constantFrom(...POOL_SCOPES) }),
  });
  const pools = fc.tuple(
    ...['a', 'a', 'b', 'b', 'c', 'c'].map((centerId, n) =>
      fc.integer({ min: 0, max: 6 }).map((vcpu) => pool(`p${n}`, centerId, vcpu)),
    ),
  );

  it('a plan that holds keeps what they say in each center, and one is found exactly where there is one (brute force)', () => {
    fc.assert(
      fc.property(fc.tuple(line, line), pools, (lines, some) => {
        const [demands, known] = [demandsOf(lines), facts(some)];
        const placement = place(demands, known);
        expect(placement.feasible).toBe(fitsByBruteForce(demands, known));
        if (!placement.feasible) return;
        const byId = new Map(some.map((one) => [one.poolId, one]));
        const of = (at: number) =>
          (placement.lines[at]?.shares ?? []).map(({ poolId }) => byId.get(poolId) as PoolFacts);
        expect(holds(demands, of)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('centers agree the same whichever line says it', () => {
    const some = fc.subarray(['a', 'b']).map((ids) => new Set(ids));
    fc.assert(
      fc.property(
        some,
        some,
        fc.constantFrom(TOGETHER, TOGETHER_IN_POOL, APART, APART_IN_POOL),
        (own, others, said) => {
          expect(centersAgree(said, own, others)).toBe(centersAgree(said, others, own));
        },
      ),
    );
  });
});
