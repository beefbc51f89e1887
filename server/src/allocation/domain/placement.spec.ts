import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Amounts, amountsOf, machinesThatFit, minus, NOTHING } from './capacity.js';
import { place } from './placement.js';
import type { CenterFacts, LineDemand, PlacementFacts, PoolFacts } from './placement-facts.js';

const A: CenterFacts = { centerId: 'a', name: 'A', role: 'ACTIVE_A', life: 'IN_SERVICE' };
const C: CenterFacts = { centerId: 'c', name: 'C', role: 'RECOVERY', life: 'IN_SERVICE' };

function pool(poolId: string, free: Partial<Amounts>, more: Partial<PoolFacts> = {}): PoolFacts {
  const amounts = { ...NOTHING, VCPU: 100, MEMORY_MIB: 100_000, STORAGE_GIB_SSD: 10_000, STORAGE_GIB_HDD: 10_000 };
  return {
    poolId,
    code: poolId,
    centerId: 'a',
    architecture: 'ARM64',
    zone: 'GOVERNMENT_EXTRANET',
    total: amounts,
    free: { ...amounts, ...free },
    largestMachine: null,
    inMaintenance: false,
    ...more,
  };
}

function line(more: Partial<LineDemand> = {}): LineDemand {
  return {
    index: 0,
    count: 1,
    centerId: 'a',
    share: 'MAIN',
    architecture: 'ARM64',
    zone: 'GOVERNMENT_EXTRANET',
    imageArchitecture: 'ARM64',
    imageMinimumDiskGib: 20,
    vcpu: 4,
    memoryMib: 8192,
    diskGib: 40,
    storageTier: 'SSD',
    ...more,
  };
}

const facts = (pools: PoolFacts[]): PlacementFacts => ({ centers: [A, C], pools });
const refusal = (demand: LineDemand, pools: PoolFacts[]) => {
  const verdict = place([demand], facts(pools)).lines[0];
  return { criterion: verdict?.checks.find((c) => !c.passed)?.criterion, shortage: verdict?.shortage };
};

describe('place', () => {
  it('refuses a center that is not there or not in service (P1)', () => {
    expect(refusal(line({ centerId: 'nowhere' }), []).criterion).toBe('P1');
    const stopped = place([line()], { centers: [{ ...A, life: 'STOPPED' }], pools: [pool('p', {})] });
    expect(stopped.lines[0]?.checks.at(-1)?.criterion).toBe('P1');
  });

  it('refuses single-site machines in a recovery center (P2)', () => {
    expect(refusal(line({ centerId: 'c' }), [pool('p', {}, { centerId: 'c' })]).criterion).toBe('P2');
  });

  it('refuses an image of another architecture (P3) and a disk that is too small for it (P4)', () => {
    expect(refusal(line({ imageArchitecture: 'AMD64' }), [pool('p', {})]).criterion).toBe('P3');
    expect(refusal(line({ imageMinimumDiskGib: 41 }), [pool('p', {})]).criterion).toBe('P4');
  });

  it('refuses a zone or an architecture that the center has no pool of (P5)', () => {
    expect(refusal(line({ zone: 'INTERNET' }), [pool('p', {})]).criterion).toBe('P5');
    expect(refusal(line({ architecture: 'AMD64', imageArchitecture: 'AMD64' }), [pool('p', {})]).criterion).toBe('P5');
  });

  it('refuses a machine bigger than the biggest node, however much the pool has in sum (P6)', () => {
    const small = pool('p', {}, { largestMachine: { vcpu: 2, memoryMib: 65_536 } });
    expect(refusal(line(), [small])).toEqual({
      criterion: 'P6',
      shortage: { criterion: 'P6', centerId: 'a', poolId: 'p', meter: 'VCPU', requested: 4, free: 2, short: 2 },
    });
  });

  it('names what the nearest node lacks most, be it memory (P6)', () => {
    const node = (poolId: string, vcpu: number, memoryMib: number) =>
      pool(poolId, {}, { largestMachine: { vcpu, memoryMib } });
    const short = (...pools: PoolFacts[]) => refusal(line(), pools).shortage;
    expect(short(node('p', 64, 4096))).toMatchObject({ meter: 'MEMORY_MIB', requested: 8192, free: 4096, short: 4096 });
    expect(short(node('p', 3, 4096))).toMatchObject({ meter: 'MEMORY_MIB', short: 4096 });
    expect(short(node('p', 1, 4096))).toMatchObject({ meter: 'VCPU', short: 3 });
    expect(short(node('p', 64, 1024), node('q', 3, 8192))).toMatchObject({ poolId: 'q', meter: 'VCPU', short: 1 });
  });

  it('says which meter is short and by how much (P7, P8, P9)', () => {
    const short = (free: Partial<Amounts>) => refusal(line({ count: 3 }), [pool('p', free)]).shortage;
    expect(short({ VCPU: 11 })).toMatchObject({ criterion: 'P7', meter: 'VCPU', requested: 12, free: 11, short: 1 });
    expect(short({ MEMORY_MIB: 20_000 })).toMatchObject({ criterion: 'P8', meter: 'MEMORY_MIB', short: 4576 });
    expect(short({ STORAGE_GIB_SSD: 100 })).toMatchObject({ criterion: 'P9', meter: 'STORAGE_GIB', short: 20 });
  });

  it('does not cut a machine over two pools (P10)', () => {
    expect(refusal(line({ count: 3 }), [pool('p', { VCPU: 6 }), pool('q', { VCPU: 6 })]).shortage).toMatchObject({
      criterion: 'P10',
      requested: 3,
      free: 2,
      short: 1,
    });
  });

  it('counts what one line takes as gone for the next, and says how many would still fit (P11)', () => {
    const verdict = place(
      [line({ count: 20 }), line({ index: 1, count: 10 })],
      facts([pool('p', { MEMORY_MIB: 300_000 })]),
    );
    expect(verdict.feasible).toBe(false);
    expect(verdict.lines[1]?.shortage).toMatchObject({ criterion: 'P11', requested: 10, free: 5, short: 5 });
    expect(verdict.lines.every((l) => l.shares.length === 0)).toBe(true);
  });

  it('takes the emptier pool first and keeps machines together (C1, C2)', () => {
    const verdict = place([line({ count: 3 })], facts([pool('p', { VCPU: 40 }), pool('q', { VCPU: 80 })]));
    expect(verdict.lines[0]?.shares).toEqual([{ poolId: 'q', count: 3 }]);
  });

  it('tries another distribution of one line when the first leaves no room for the next (C3)', () => {
    // Line 0 would fill the emptier pool q; but only q is big enough for line 1.
    const pools = [
      pool('p', { VCPU: 4 }, { total: { ...NOTHING, VCPU: 8, MEMORY_MIB: 1 } }),
      pool('q', { VCPU: 8 }, { largestMachine: { vcpu: 8, memoryMib: 99_999 } }),
    ];
    const verdict = place([line({ vcpu: 4, count: 1 }), line({ index: 1, vcpu: 8, count: 1 })], facts(pools));
    expect(verdict.feasible).toBe(true);
    expect(verdict.lines.map((l) => l.shares)).toEqual([[{ poolId: 'p', count: 1 }], [{ poolId: 'q', count: 1 }]]);
  });
});

const smallPools = fc.array(
  fc.record({
    vcpu: fc.integer({ min: 0, max: 12 }),
    memory: fc.integer({ min: 0, max: 12 }),
    storage: fc.integer({ min: 0, max: 12 }),
    /** Biggest node; null = not known. */
    node: fc.option(fc.record({ vcpu: fc.integer({ min: 0, max: 6 }), memoryMib: fc.integer({ min: 0, max: 6 }) })),
  }),
  { minLength: 1, maxLength: 3 },
);
const smallLines = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    vcpu: fc.integer({ min: 1, max: 5 }),
    memory: fc.integer({ min: 1, max: 5 }),
    disk: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 3 },
);

type SmallPool = { vcpu: number; memory: number; storage: number; node: PoolFacts['largestMachine'] };
function toFacts(pools: SmallPool[]): PlacementFacts {
  return facts(
    pools.map((p, i) =>
      pool(
        `p${i}`,
        { VCPU: p.vcpu, MEMORY_MIB: p.memory, STORAGE_GIB_SSD: p.storage },
        {
          total: { VCPU: 12, MEMORY_MIB: 12, STORAGE_GIB_SSD: 12, STORAGE_GIB_HDD: 0 },
          largestMachine: p.node,
        },
      ),
    ),
  );
}
function toDemands(lines: { count: number; vcpu: number; memory: number; disk: number }[]): LineDemand[] {
  return lines.map((l, index) =>
    line({ index, count: l.count, vcpu: l.vcpu, memoryMib: l.memory, diskGib: l.disk, imageMinimumDiskGib: 1 }),
  );
}

/** Every machine alone, every pool tried: no cleverness, so that it can be believed. */
function fitsByBruteForce(demands: readonly LineDemand[], { pools }: PlacementFacts): boolean {
  const takes = ({ largestMachine }: PoolFacts, machine: LineDemand): boolean =>
    largestMachine === null || (largestMachine.vcpu >= machine.vcpu && largestMachine.memoryMib >= machine.memoryMib);
  const machines = demands.flatMap((d) => Array.from({ length: d.count }, () => d));
  const tryFrom = (at: number, left: readonly Amounts[]): boolean => {
    const machine = machines[at];
    if (machine === undefined) return true;
    return left.some(
      (f, i) =>
        takes(pools[i] as PoolFacts, machine) &&
        machinesThatFit(f, machine) > 0 &&
        tryFrom(
          at + 1,
          left.map((g, j) => (i === j ? minus(g, amountsOf(machine, 1)) : g)),
        ),
    );
  };
  return tryFrom(
    0,
    pools.map((p) => p.free),
  );
}

describe('place, for any small province', () => {
  const numRuns = Number(process.env.PROPERTY_RUNS ?? 300);

  it('never gives a pool more than it has, and places a line whole or not at all', () => {
    fc.assert(
      fc.property(smallPools, smallLines, (pools, lines) => {
        const known = toFacts(pools);
        const demands = toDemands(lines);
        const placement = place(demands, known);
        const left = new Map(known.pools.map((p) => [p.poolId, p.free]));
        for (const verdict of placement.lines) {
          const demand = demands[verdict.index] as LineDemand;
          const placed = verdict.shares.reduce((sum, s) => sum + s.count, 0);
          expect(placed).toBe(placement.feasible ? demand.count : 0);
          for (const share of verdict.shares)
            left.set(share.poolId, minus(left.get(share.poolId) as Amounts, amountsOf(demand, share.count)));
        }
        for (const free of left.values()) expect(Math.min(...Object.values(free))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns },
    );
  });

  it('finds a place exactly when one exists (brute force)', () => {
    fc.assert(
      fc.property(smallPools, smallLines, (pools, lines) => {
        const known = toFacts(pools);
        const demands = toDemands(lines);
        fc.pre(demands.reduce((sum, d) => sum + d.count, 0) <= 7);
        expect(place(demands, known).feasible).toBe(fitsByBruteForce(demands, known));
      }),
      { numRuns },
    );
  });

  it('answers the same for the same facts in any order', () => {
    fc.assert(
      fc.property(smallPools, smallLines, fc.integer(), (pools, lines, salt) => {
        const known = toFacts(pools);
        const shuffled = {
          ...known,
          pools: known.pools.toSorted(
            (a, b) => ((a.poolId.charCodeAt(1) * salt) % 7) - ((b.poolId.charCodeAt(1) * salt) % 7),
          ),
        };
        expect(place(toDemands(lines), shuffled)).toEqual(place(toDemands(lines), known));
      }),
      { numRuns },
    );
  });

  it('names for every refusal a criterion, and its figures add up', () => {
    fc.assert(
      fc.property(smallPools, smallLines, (pools, lines) => {
        const placement = place(toDemands(lines), toFacts(pools));
        fc.pre(!placement.feasible);
        const refused = placement.lines.filter((l) => !l.feasible);
        expect(refused.length).toBeGreaterThan(0);
        for (const { shortage, checks } of refused) {
          expect(checks.at(-1)?.passed).toBe(false);
          expect(shortage?.criterion).toBe(checks.at(-1)?.criterion);
          expect(shortage?.short).toBe((shortage?.requested ?? 0) - (shortage?.free ?? 0));
          expect(shortage?.short).toBeGreaterThan(0);
        }
      }),
      { numRuns },
    );
  });
});
