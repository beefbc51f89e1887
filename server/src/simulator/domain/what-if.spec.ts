import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groundOf } from '../../../../test/support/builders/ground.ts';
import { poolFacts } from '../../../../test/support/builders/placement.js';
import { planLines } from '../../allocation/domain/plan-lines.js';
import type { WishedThing } from '../../allocation/domain/request-plan.js';
import { changed } from './hints.js';
import { type WhatIfLine, whatIf, wishOf } from './what-if.js';

const NO_DEBTS = { number: 1, rules: [] };
type Thing<K extends WishedThing['kind']> = Extract<WishedThing, { kind: K }>;

const machine = (more: Partial<Thing<'VM'>> = {}): Thing<'VM'> => ({
  kind: 'VM',
  size: { vcpu: 4, memoryMib: 8192, diskGib: 40, storageTier: 'SSD' },
  architecture: 'ARM64',
  zone: 'GOVERNMENT_EXTRANET',
  imageArchitecture: 'ARM64',
  imageMinimumDiskGib: 0,
  standbyRatioPercent: 50,
  protectionLevel: 2,
  domesticCpu: false,
  unpricedCenterIds: [],
  relations: [],
  ...more,
});
const space = (more: Partial<Thing<'CABINET'>> = {}): Thing<'CABINET'> => ({
  ...{ kind: 'CABINET', whole: false, apart: false, zone: 'GOVERNMENT_EXTRANET' },
  ...{ heightHalfUnits: 20, powerW: 1000, weightGrams: 50_000, ...more },
});
const SERVER: Thing<'SERVER'> = {
  ...{ kind: 'SERVER', architecture: 'ARM64', cpuMaker: 'KUNPENG', cores: 64, memoryMib: 262_144, accelerator: null },
};
const line = (thing: WishedThing, more: Partial<WhatIfLine> = {}): WhatIfLine => ({
  ...{ thing, count: 1, centerId: null, localMode: 'SINGLE', remoteMode: 'NONE' },
  ...{ offerId: thing.kind === 'SERVER' ? 'srv' : null, protectionLevel: 2, standbyRatioPercent: 50 },
  ...more,
});
const ask = (lines: readonly WhatIfLine[], ground = groundOf()) => whatIf(lines, ground, NO_DEBTS);
const THREE = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' } as const;

describe('whatIf', () => {
  it('tells where 10 machines would go, and takes nothing away from the ground', () => {
    const ground = groundOf();
    const answer = ask([line(machine(), { count: 10, centerId: 'a' })], ground);
    expect(answer).toMatchObject({
      feasible: true,
      lines: [{ asked: 10, placed: 10, shares: [{ centerId: 'a', pools: [{ poolId: 'a1', count: 10 }] }], hints: [] }],
      runsOutFirst: { poolId: 'a1', meter: 'MEMORY_MIB' },
    });
    expect(answer.pools[0]?.meters[0]).toEqual({ meter: 'VCPU', total: 100, freeBefore: 100, freeAfter: 60 });
    expect(ground.facts.pools[0]?.free.VCPU).toBe(100);
  });

  it('divides every kind over the three centers by its modes, the recovery share with it, and leaves services out', () => {
    const answer = ask([
      line(machine(), { ...THREE, count: 4 }),
      line(SERVER, { ...THREE, count: 3 }),
      line(space(), { ...THREE, count: 2 }),
      line({ kind: 'SERVICE' }, { count: 5 }),
    ]);
    const said = answer.lines.map(({ shares }) =>
      shares.map(({ share, centerId, standing, count }) => `${share} ${centerId} ${standing} ${count}`),
    );
    const both = (count: number) => [`MAIN_A a RUNNING ${count}`, `MAIN_B b RUNNING ${count}`];
    expect(said).toEqual([
      [...both(4), 'RECOVERY c STANDBY 4'],
      [...both(3), 'RECOVERY c STANDBY 2'],
      [...both(2), 'RECOVERY c STANDBY 2'],
      [],
    ]);
    expect(answer).toMatchObject({ feasible: true, lines: [{}, {}, {}, { asked: 5, placed: 5 }] });
    const vcpu = answer.pools.map(({ machines, meters }) => [machines, meters[0]?.freeAfter]);
    expect(vcpu).toEqual([
      [4, 84],
      [4, 84],
      [4, 92],
    ]);
    expect(answer.servers.map(({ freeBefore, freeAfter }) => [freeBefore, freeAfter])).toEqual([
      [4, 1],
      [4, 1],
      [4, 2],
    ]);
    const [a] = answer.spaces;
    expect(a).toMatchObject({ centerId: 'a', halfUnits: { before: 168, after: 128 } });
    expect((a?.powerW.before ?? 0) - (a?.powerW.after ?? 0)).toBe(2000);
    expect((a?.weightGrams.before ?? 0) - (a?.weightGrams.after ?? 0)).toBe(100_000);
  });

  it('takes storage only where data is kept', () => {
    const answer = ask([line(machine(), { count: 3, centerId: 'a', remoteMode: 'DATA' })]);
    const c = answer.pools.find(({ poolId }) => poolId === 'c1');
    expect(c).toMatchObject({ machines: 0 });
    expect(c?.meters.map(({ freeBefore, freeAfter }) => freeBefore - freeAfter)).toEqual([0, 0, 120, 0]);
  });

  it('goes as far as it fits, in the order given, and says what refused the rest and what would help', () => {
    const ground = groundOf({ cabinets: 1 });
    const answer = ask(
      [
        line(machine(), { count: 8, centerId: 'a' }),
        line(machine(), { count: 8, centerId: 'a' }),
        line(space({ apart: true }), { count: 2, centerId: 'a' }),
        line(SERVER, { count: 9, centerId: 'b' }),
        line(machine(), { centerId: 'b' }),
      ],
      ground,
    );
    expect(answer.feasible).toBe(false);
    expect(answer.lines.map(({ placed }) => placed)).toEqual([8, 4, 1, 4, 1]);
    const refusedBy = answer.lines.map(({ checks }) => checks.find(({ passed }) => !passed)?.criterion);
    expect(refusedBy).toEqual([undefined, 'P8', 'K7', 'B3', undefined]);
    expect(answer.lines.map(({ hints }) => hints.map(({ change }) => change))).toEqual([
      [],
      [{ count: 4 }, { centerId: 'b' }],
      [{ count: 1 }, { apart: false }],
      [{ count: 4 }],
      [],
    ]);
  });

  it('tells of an accelerator how many pieces are left, and of a pool without any that it has none', () => {
    const pieces = { 'ACCELERATOR:ASCEND-910B': 8 } as const;
    const base = groundOf();
    const withNpu = poolFacts('a2', pieces, { total: poolFacts('x', pieces).free, centerId: 'a' });
    const ground = { ...base, facts: { ...base.facts, pools: [...base.facts.pools, withNpu] } };
    const size = { ...machine().size, accelerators: { 'ASCEND-910B': 2 } };
    const answer = ask([line(machine({ size }), { count: 3 })], ground);
    expect(answer.pools.find(({ poolId }) => poolId === 'a2')?.meters.at(-1)).toEqual({
      ...{ meter: 'ACCELERATOR:ASCEND-910B', total: 8, freeBefore: 8, freeAfter: 2 },
    });
    const none = ask([line(machine({ size }), { centerId: 'b' })], ground);
    expect(none.lines[0]?.checks.at(-1)).toMatchObject({ criterion: 'P15', passed: false });
  });

  it('says whether the loss of the other center would still find its room', () => {
    const need = { centerId: 'a', architecture: 'ARM64' as const, zone: 'GOVERNMENT_EXTRANET', vcpu: 70, memoryMib: 1 };
    const base = groundOf();
    const known = { ...base, facts: { ...base.facts, lossNeeds: [need] } };
    const kept = (count: number) =>
      ask([line(machine(), { count, centerId: 'a' })], known).headroom.map((one) => one.kept);
    expect(kept(7)).toEqual([true]);
    expect(kept(8)).toEqual([false]);
  });
});

describe('whatever comes', () => {
  const modes = fc.record({
    count: fc.integer({ min: 1, max: 12 }),
    centerId: fc.constantFrom('a', 'b', null),
    localMode: fc.constantFrom('SINGLE' as const, 'DUAL_ACTIVE' as const),
    remoteMode: fc.constantFrom('NONE' as const, 'DATA' as const, 'APPLICATION' as const),
  });
  const things = fc.oneof(
    fc
      .record({ vcpu: fc.integer({ min: 1, max: 32 }), memoryMib: fc.integer({ min: 1, max: 40_000 }) })
      .map((size) => machine({ size: { ...machine().size, ...size } })),
    fc.constant(SERVER),
    fc.record({ heightHalfUnits: fc.integer({ min: 1, max: 84 }), apart: fc.boolean() }).map(space),
    fc.constant({ kind: 'SERVICE' as const }),
  );
  const lists = fc.array(
    fc.tuple(things, modes).map(([thing, more]) => line(thing, more)),
    { minLength: 1, maxLength: 5 },
  );

  it('all fits exactly where the planning of requests says so, in the same places', () => {
    fc.assert(
      fc.property(lists, (lines) => {
        const ground = groundOf();
        const { centers } = ground.facts;
        const plan = planLines(
          lines.map((one, at) => wishOf(one, at, one.count, centers, NO_DEBTS)),
          ground,
        );
        const answer = ask(lines, ground);
        expect(answer.feasible).toBe(plan.feasible);
        if (plan.feasible) expect(answer.lines.map(({ shares }) => shares)).toEqual(plan.lines.map((l) => l.shares));
      }),
      { numRuns: 100 },
    );
  });

  it('never takes more than is free, and what is said to help does', () => {
    fc.assert(
      fc.property(lists, (lines) => {
        const ground = groundOf();
        const answer = ask(lines, ground);
        const figures = [
          ...answer.pools.flatMap(({ meters }) => meters.map((m) => ({ before: m.freeBefore, after: m.freeAfter }))),
          ...answer.servers.map(({ freeBefore, freeAfter }) => ({ before: freeBefore, after: freeAfter })),
          ...answer.spaces.flatMap(({ halfUnits, powerW, weightGrams }) => [halfUnits, powerW, weightGrams]),
        ];
        for (const { before, after } of figures) {
          expect(after).toBeGreaterThanOrEqual(0);
          expect(after).toBeLessThanOrEqual(before);
        }
        for (const { placed, asked, checks } of answer.lines)
          if (placed < asked) expect(checks.some(({ passed }) => !passed)).toBe(true);
        // A line that stands first is alone on the ground: what helps it there makes it fit as a whole.
        for (const { change } of answer.lines[0]?.hints ?? [])
          expect(ask([changed(lines[0] as WhatIfLine, change)], ground).feasible).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
