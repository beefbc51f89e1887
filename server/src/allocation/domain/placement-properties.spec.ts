import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { demand, factsOf, poolFacts } from '../../../../test/support/builders/placement.js';
import { type Amounts, amountsOf, machinesThatFit, minus } from './capacity.js';
import { place } from './placement.js';
import { type LineDemand, type PlacementFacts, POOL_SCOPES, type PoolFacts, type Relation } from './placement-facts.js';
import { PLACEMENT_POLICY } from './scores.js';
import { type SuggestionKind, suggest } from './suggestions.js';

const small = (max: number) => fc.integer({ min: 0, max });
const smallPools = fc
  .array(
    fc.record({
      centerId: fc.constantFrom('a', 'a', 'b'),
      vcpu: small(12),
      memory: small(12),
      storage: small(12),
      /** Biggest node; null = not known. */
      largestMachine: fc.option(fc.record({ vcpu: small(6), memoryMib: small(6) })),
      protectionLevelMax: fc.constantFrom(2, 3, 3),
      inMaintenance: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((pools) =>
    pools.map(({ vcpu, memory, storage, ...more }, at) =>
      poolFacts(
        `p${at}`,
        { VCPU: vcpu, MEMORY_MIB: memory, STORAGE_GIB_SSD: storage },
        { total: { VCPU: 12, MEMORY_MIB: 12, STORAGE_GIB_SSD: 12, STORAGE_GIB_HDD: 0 }, ...more },
      ),
    ),
  );
const relation: fc.Arbitrary<Relation> = fc.record({
  kind: fc.constantFrom('APART' as const, 'TOGETHER' as const),
  index: small(2),
  scope: fc.constantFrom(...POOL_SCOPES),
});
const smallLines = fc
  .array(
    fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      vcpu: fc.integer({ min: 1, max: 5 }),
      memoryMib: fc.integer({ min: 1, max: 5 }),
      diskGib: fc.integer({ min: 1, max: 5 }),
      centerId: fc.constantFrom('a', 'a', 'b', null),
      protectionLevel: fc.constantFrom(2, 2, 3),
      relations: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Relation[]>([]) },
        { weight: 1, arbitrary: fc.array(relation, { maxLength: 2 }) },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((lines) =>
    lines.map(({ relations, ...more }, index) =>
      demand({
        ...more,
        index,
        imageMinimumDiskGib: 1,
        relations: relations.filter((one) => one.index !== index && one.index < lines.length),
      }),
    ),
  );
const machinesIn = (lines: readonly LineDemand[]): number => lines.reduce((sum, { count }) => sum + count, 0);
/** What the oracle can still go through. */
const MACHINES_MAX = 6;

/** Every machine alone, every pool tried, what lines say looked at in the end: no cleverness, so that it can be believed. */
function fitsByBruteForce(lines: readonly LineDemand[], { pools }: PlacementFacts): boolean {
  const machines = lines.flatMap((line) => Array.from({ length: line.count }, () => line));
  const takes = ({ largestMachine, ...pool }: PoolFacts, line: LineDemand): boolean =>
    (line.centerId === null || pool.centerId === line.centerId) &&
    pool.protectionLevelMax >= line.protectionLevel &&
    !pool.inMaintenance &&
    (largestMachine === null || (largestMachine.vcpu >= line.vcpu && largestMachine.memoryMib >= line.memoryMib));
  const tryFrom = (at: number, left: readonly Amounts[], placed: readonly PoolFacts[]): boolean => {
    const machine = machines[at];
    if (machine === undefined) return asSaid(lines, machines, placed);
    return left.some(
      (free, i) =>
        takes(pools[i] as PoolFacts, machine) &&
        machinesThatFit(free, machine) > 0 &&
        tryFrom(
          at + 1,
          left.map((other, j) => (i === j ? minus(other, amountsOf(machine, 1)) : other)),
          [...placed, pools[i] as PoolFacts],
        ),
    );
  };
  return tryFrom(
    0,
    pools.map((p) => p.free),
    [],
  );
}

function asSaid(lines: readonly LineDemand[], machines: readonly LineDemand[], placed: readonly PoolFacts[]): boolean {
  const where = (index: number): PoolFacts[] => placed.filter((_, at) => machines[at]?.index === index);
  const distinct = (of: readonly PoolFacts[], key: 'poolId' | 'centerId'): number =>
    new Set(of.map((p) => p[key])).size;
  return lines.every((line) => {
    const own = where(line.index);
    return (
      (line.centerId !== null || distinct(own, 'centerId') === 1) &&
      (line.relations ?? []).every(({ kind, index, scope }) => {
        const key = scope === 'POOL' ? 'poolId' : 'centerId';
        const others = where(index);
        return kind === 'TOGETHER'
          ? distinct([...own, ...others], key) === 1
          : !own.some((pool) => others.some((other) => other[key] === pool[key]));
      })
    );
  });
}

describe('place, for any small province', () => {
  const numRuns = 300;

  it('never gives a pool more than it has, and places a line whole or not at all', () => {
    fc.assert(
      fc.property(smallPools, smallLines, (pools, lines) => {
        const placement = place(lines, factsOf(pools));
        const left = new Map(pools.map((p) => [p.poolId, p.free]));
        for (const [at, verdict] of placement.lines.entries()) {
          const line = lines[at] as LineDemand;
          expect(verdict.shares.reduce((sum, s) => sum + s.count, 0)).toBe(placement.feasible ? line.count : 0);
          for (const { poolId, count } of verdict.shares)
            left.set(poolId, minus(left.get(poolId) as Amounts, amountsOf(line, count)));
        }
        for (const free of left.values()) expect(Math.min(...Object.values(free))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns },
    );
  });

  it('finds a place exactly when one exists (brute force)', () => {
    fc.assert(
      fc.property(smallPools, smallLines, (pools, lines) => {
        fc.pre(machinesIn(lines) <= MACHINES_MAX);
        expect(place(lines, factsOf(pools)).feasible).toBe(fitsByBruteForce(lines, factsOf(pools)));
      }),
      { numRuns: numRuns * 2 },
    );
  });

  it('answers the same for the same facts in any order', () => {
    fc.assert(
      fc.property(
        smallPools.chain((pools) =>
          fc.tuple(fc.constant(pools), fc.shuffledSubarray(pools, { minLength: pools.length })),
        ),
        smallLines,
        ([pools, shuffled], lines) => {
          const known = factsOf(pools);
          const other = { centers: known.centers.toReversed(), pools: shuffled };
          expect(place(lines, other)).toEqual(place(lines, known));
        },
      ),
      { numRuns },
    );
  });

  it('lets scores choose, never refuse', () => {
    const weights = fc
      .tuple(small(100), small(100), small(100), small(100))
      .map(([balance, fragmentation, locality, headroom]) => ({ balance, fragmentation, locality, headroom }));
    const own = fc.array(
      fc.record({ poolId: fc.constantFrom('p0', 'p1'), centerId: fc.constant('a'), machines: small(9) }),
    );
    fc.assert(
      fc.property(smallPools, smallLines, weights, own, small(20), (pools, lines, weighed, ownMachines, vcpu) => {
        const lossNeeds = [
          { centerId: 'a', architecture: 'ARM64' as const, zone: 'GOVERNMENT_EXTRANET', vcpu, memoryMib: 3 },
        ];
        const scored = place(
          lines,
          { ...factsOf(pools), ownMachines, lossNeeds },
          { policy: { ...PLACEMENT_POLICY, weights: weighed } },
        );
        expect(scored.feasible).toBe(place(lines, factsOf(pools)).feasible);
      }),
      { numRuns },
    );
  });

  it('names for every refusal a criterion, and its figures add up', () => {
    fc.assert(
      fc.property(smallPools, smallLines, (pools, lines) => {
        const placement = place(lines, factsOf(pools));
        fc.pre(!placement.feasible);
        const refused = placement.lines.filter((l) => !l.feasible);
        expect(refused.length).toBeGreaterThan(0);
        for (const { shortage, checks } of refused) {
          expect(checks.filter((check) => !check.passed)).toEqual([checks.at(-1)]);
          if (shortage === null) continue;
          expect(shortage.criterion).toBe(checks.at(-1)?.criterion);
          expect(shortage.short).toBe(shortage.requested - shortage.free);
          expect(shortage.short).toBeGreaterThan(0);
        }
      }),
      { numRuns },
    );
  });

  it('suggests only what fits once it is applied', () => {
    fc.assert(
      fc.property(smallPools, smallLines, (pools, lines) => {
        const known = factsOf(pools);
        const placement = place(lines, known);
        fc.pre(!placement.feasible);
        const wrong = new Set(placement.lines.flatMap(({ feasible, index }) => (feasible ? [] : [index])));
        const variation = (index: number, kind: SuggestionKind, change: Partial<LineDemand>) => ({
          kind,
          change,
          demands: [{ ...(lines[index] as LineDemand), ...change }],
        });
        const found = suggest<Partial<LineDemand>>(
          lines.map((line) => [line]),
          known,
          [...wrong].map((index) => ({
            index,
            count: lines[index]?.count ?? 1,
            fewer: (count) => variation(index, 'FEWER_MACHINES', { count }),
            variations: [
              variation(index, 'OTHER_CENTER', { centerId: 'b' }),
              variation(index, 'SMALLER_OFFER', { vcpu: 1, memoryMib: 1 }),
              variation(index, 'WITHOUT_RELATIONS', { relations: [] }),
            ],
          })),
          wrong,
        );
        for (const { index, change } of found) {
          const after = place(
            lines.map((line) => (line.index === index ? { ...line, ...change } : line)),
            known,
          );
          if (wrong.size === 1) expect(after.feasible).toBe(true);
          else expect(after.lines[index]?.checks.at(-1)?.passed).toBe(true);
        }
      }),
      { numRuns },
    );
  });
});
