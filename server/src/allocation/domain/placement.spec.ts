import { describe, expect, it } from '@jest/globals';
import {
  CENTER_A as A,
  factsOf as facts,
  demand as line,
  poolFacts as pool,
} from '../../../../test/support/builders/placement.js';
import { type Amounts, NOTHING } from './capacity.js';
import { place } from './placement.js';
import type { LineDemand, PlacementFacts, PoolFacts } from './placement-facts.js';
import { PLACEMENT_POLICY } from './scores.js';

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

  it('refuses what the system’s protection level, a promise of domestic processors or the tier leaves no pool for (P13, P14, P16)', () => {
    const low = pool('p', {}, { protectionLevelMax: 2 });
    expect(refusal(line({ protectionLevel: 3 }), [low]).criterion).toBe('P13');
    expect(refusal(line({ protectionLevel: 2 }), [low]).criterion).toBeUndefined();
    const foreign = pool('p', {}, { domesticCpu: false });
    expect(refusal(line({ domesticCpu: true }), [foreign]).criterion).toBe('P14');
    expect(refusal(line(), [foreign]).criterion).toBeUndefined();
    const noDisks = pool('p', {}, { total: { ...NOTHING, VCPU: 100, MEMORY_MIB: 100_000, STORAGE_GIB_HDD: 1 } });
    expect(refusal(line(), [noDisks]).criterion).toBe('P16');
  });

  it('counts accelerators by class, in whole machines (P15, P10)', () => {
    const amounts = { ...NOTHING, VCPU: 100, MEMORY_MIB: 100_000, STORAGE_GIB_SSD: 10_000 };
    const total = { ...amounts, 'ACCELERATOR:ASCEND-910B': 8 };
    const cards = pool('p', { 'ACCELERATOR:ASCEND-910B': 5 }, { total });
    const two = line({ accelerators: { 'ASCEND-910B': 2 } });
    expect(refusal({ ...two, accelerators: { 'ASCEND-310P': 1 } }, [cards]).criterion).toBe('P15');
    expect(refusal({ ...two, count: 2 }, [cards]).criterion).toBeUndefined();
    expect(refusal({ ...two, count: 3 }, [cards]).shortage).toMatchObject({ criterion: 'P10', free: 2, short: 1 });
    const both = place(
      [
        { ...two, count: 2 },
        { ...two, index: 1 },
      ],
      facts([cards]),
    );
    expect(both.lines[1]?.shortage).toMatchObject({ criterion: 'P11', requested: 1, free: 0 });
  });

  it('refuses a center that has no price (P18) and goes to the other where none is named (C5)', () => {
    const known = {
      centers: [A, { ...A, centerId: 'b', name: 'B', role: 'ACTIVE_B' as const }],
      pools: [pool('p', {}), pool('q', { VCPU: 50 }, { centerId: 'b' })],
    };
    const unpriced = line({ unpricedCenterIds: ['a'] });
    expect(place([unpriced], known).lines[0]?.checks.at(-1)?.criterion).toBe('P18');
    expect(place([{ ...unpriced, centerId: null }], known).lines[0]).toMatchObject({
      centerId: 'b',
      shares: [{ poolId: 'q', count: 1 }],
    });
    expect(place([line({ centerId: null })], known).lines[0]).toMatchObject({ centerId: 'a' });
  });

  it('says of a line without a center what the one that came furthest lacks', () => {
    const verdict = place([line({ centerId: null, count: 30 })], facts([pool('p', { VCPU: 100 })])).lines[0];
    expect(verdict?.shortage).toMatchObject({ criterion: 'P7', centerId: 'a', short: 20 });
  });

  it('keeps lines apart and together (P17), and says when only that refuses', () => {
    const two = [pool('p', {}), pool('q', { VCPU: 50 })];
    const apart = [line(), line({ index: 1, relations: [{ kind: 'APART', index: 0, scope: 'POOL' }] })];
    expect(place(apart, facts(two)).lines.map((l) => l.shares[0]?.poolId)).toEqual(['p', 'q']);
    const beside: LineDemand[] = [
      line({ vcpu: 50, memoryMib: 1 }),
      line({ index: 1, vcpu: 60, memoryMib: 1, relations: [{ kind: 'TOGETHER', index: 0, scope: 'POOL' }] }),
    ];
    const verdict = place(beside, facts(two));
    expect(verdict.feasible).toBe(false);
    expect(verdict.lines.flatMap((l) => l.checks.filter((c) => !c.passed).map((c) => c.criterion))).toEqual(['P17']);
    expect(place(beside, facts([pool('p', { VCPU: 110 }), pool('q', { VCPU: 50 })])).feasible).toBe(true);
    const inOneCenter = [line(), line({ index: 1, relations: [{ kind: 'APART', index: 0, scope: 'CENTER' }] })];
    expect(place(inOneCenter, facts(two)).lines[1]?.checks.at(-1)?.criterion).toBe('P17');
  });

  it('takes the emptier pool first and keeps machines together (C1, C2)', () => {
    const verdict = place([line({ count: 3 })], facts([pool('p', { VCPU: 40 }), pool('q', { VCPU: 80 })]));
    expect(verdict.lines[0]?.shares).toEqual([{ poolId: 'q', count: 3 }]);
  });

  it('spreads the lines of one request: each sees what those before it took (S1)', () => {
    const lines = Array.from({ length: 4 }, (_, index) => line({ index, vcpu: 10 }));
    const verdict = place(lines, facts([pool('p', {}), pool('q', {})]));
    expect(verdict.lines.map((l) => l.shares[0]?.poolId)).toEqual(['p', 'q', 'p', 'q']);
  });

  it('tells for each pool why it was or was not chosen (S1 to S4)', () => {
    const [verdict] = place(
      [line({ count: 5 })],
      facts([pool('p', { VCPU: 60 }), pool('q', { VCPU: 80 }), pool('r', {}, { inMaintenance: true })]),
    ).lines;
    expect(verdict?.candidates).toEqual([
      {
        poolId: 'q',
        centerId: 'a',
        fits: 5,
        taken: 5,
        // 60 of 100 vCPU and 59,040 of 100,000 MiB stay free.
        score: 634,
        parts: { balance: 590, fragmentation: 990, locality: 0, headroom: 1000 },
        refusedBy: null,
      },
      expect.objectContaining({ poolId: 'p', fits: 5, taken: 0, score: 522 }),
      expect.objectContaining({ poolId: 'r', fits: 0, score: null, refusedBy: 'P12' }),
    ]);
  });

  it('prefers where the system stands already (S3), and what leaves the other center’s loss its room (S4)', () => {
    const pools = [pool('p', {}), pool('q', {})];
    const chosen = (more: Partial<PlacementFacts>) =>
      place([line()], { ...facts(pools), ...more }).lines[0]?.shares[0]?.poolId;
    expect(chosen({})).toBe('p');
    expect(chosen({ ownMachines: [{ poolId: 'q', centerId: 'a', machines: 3 }] })).toBe('q');
    const centers = [A, { ...A, centerId: 'b', role: 'ACTIVE_B' as const }];
    const inBoth = [pool('p', {}), pool('q', { VCPU: 90 }, { centerId: 'b' })];
    const needs = [
      { centerId: 'a', architecture: 'ARM64' as const, zone: 'GOVERNMENT_EXTRANET', vcpu: 200, memoryMib: 1 },
    ];
    const free = line({ centerId: null });
    expect(place([free], { centers, pools: inBoth }).lines[0]?.centerId).toBe('a');
    expect(place([free], { centers, pools: inBoth, lossNeeds: needs }).lines[0]?.centerId).toBe('b');
  });

  it('refuses what would eat the N-1 room only where the policy says so (P20)', () => {
    const need = { centerId: 'a', architecture: 'ARM64' as const, zone: 'GOVERNMENT_EXTRANET', vcpu: 70, memoryMib: 0 };
    const known = { ...facts([pool('p', {}), pool('q', { VCPU: 8 })]), lossNeeds: [need] };
    const strict = { policy: { ...PLACEMENT_POLICY, headroom: 'REFUSE' as const } };
    expect(place([line({ count: 12 })], known).feasible).toBe(true);
    expect(place([line({ count: 9 })], known, strict).feasible).toBe(true);
    expect(place([line({ count: 10 })], known, strict).lines[0]?.shortage).toMatchObject({
      criterion: 'P20',
      requested: 10,
      free: 9,
    });
  });

  it('tries another distribution of one line when the first leaves no room for the next (C3)', () => {
    // Line 0 would fill the emptier pool q; but only q is big enough for line 1.
    const pools = [
      pool('p', { VCPU: 40 }, { largestMachine: { vcpu: 4, memoryMib: 99_999 } }),
      pool('q', { VCPU: 80 }, { largestMachine: { vcpu: 80, memoryMib: 99_999 } }),
    ];
    const verdict = place([line({ vcpu: 4 }), line({ index: 1, vcpu: 80 })], facts(pools));
    expect(place([line({ vcpu: 4 })], facts(pools)).lines[0]?.shares).toEqual([{ poolId: 'q', count: 1 }]);
    expect(verdict.feasible).toBe(true);
    expect(verdict.lines.map((l) => l.shares)).toEqual([[{ poolId: 'p', count: 1 }], [{ poolId: 'q', count: 1 }]]);
  });

  it('places 1,000 lines on 200 pools in a step or two each (C4)', () => {
    const pools = Array.from({ length: 200 }, (_, at) => pool(`p${at}`, { VCPU: 80 }));
    const lines = Array.from({ length: 1000 }, (_, index) => line({ index, count: 1 + (index % 4), memoryMib: 1024 }));
    const verdict = place(lines, facts(pools));
    expect(verdict.feasible).toBe(true);
    expect(verdict.steps).toBeLessThanOrEqual(2 * lines.length);
  });
});
