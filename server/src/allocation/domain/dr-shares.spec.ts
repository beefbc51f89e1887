import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CENTER_A, CENTER_B, CENTER_C } from '../../../../test/support/builders/placement.ts';
import { expandLine, type LineToExpand, type ShareWish, sizesOf, standbyServers } from './dr-shares.js';
import { LINE_KINDS } from './line-kind.js';
import type { CenterFacts } from './placement-facts.js';

const CENTERS = [CENTER_A, CENTER_B, CENTER_C];
const line = (more: Partial<LineToExpand> = {}): LineToExpand => ({
  kind: 'VM',
  count: 4,
  centerId: null,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  standbyRatioPercent: 50,
  ...more,
});
const shares = (asked: LineToExpand, centers: readonly CenterFacts[] = CENTERS, debts = false) => {
  const expanded = expandLine(asked, centers, () => debts);
  return expanded.ok
    ? expanded.value.map(({ share, centerIds, standing, count, owed }) => [
        share,
        centerIds.join('|'),
        standing,
        count,
        owed,
      ])
    : expanded.error.criterion;
};

const anyLine: fc.Arbitrary<LineToExpand> = fc.record({
  kind: fc.constantFrom(...LINE_KINDS),
  count: fc.integer({ min: 1, max: 100 }),
  centerId: fc.constant(null),
  localMode: fc.constantFrom('SINGLE', 'DUAL_ACTIVE'),
  remoteMode: fc.constantFrom('NONE', 'DATA', 'APPLICATION'),
  standbyRatioPercent: fc.integer({ min: 0, max: 100 }),
});

describe('expandLine', () => {
  it('puts a single line into the center that is named, or any that may run it (D2)', () => {
    expect(shares(line({ centerId: 'b' }))).toEqual([['MAIN', 'b', 'RUNNING', 4, false]]);
    expect(shares(line())).toEqual([['MAIN', 'a|b', 'RUNNING', 4, false]]);
  });

  it('puts a dual-active line into both same-city centers, the same in each (D3)', () => {
    expect(shares(line({ localMode: 'DUAL_ACTIVE' }))).toEqual([
      ['MAIN_A', 'a', 'RUNNING', 4, false],
      ['MAIN_B', 'b', 'RUNNING', 4, false],
    ]);
  });

  it('adds what stands in the recovery center: data, standby machines, half of the servers, all of the space (D4)', () => {
    const recovery = (more: Partial<LineToExpand>) => (shares(line({ centerId: 'a', ...more })) as unknown[]).slice(1);
    expect(recovery({ remoteMode: 'DATA' })).toEqual([['RECOVERY', 'c', 'DATA', 4, false]]);
    expect(recovery({ remoteMode: 'APPLICATION' })).toEqual([['RECOVERY', 'c', 'STANDBY', 4, false]]);
    expect(recovery({ kind: 'SERVER', count: 3, remoteMode: 'APPLICATION' })).toEqual([
      ['RECOVERY', 'c', 'STANDBY', 2, false],
    ]);
    expect(recovery({ kind: 'SERVER', remoteMode: 'DATA' })).toEqual([]);
    expect(recovery({ kind: 'CABINET', remoteMode: 'APPLICATION' })).toEqual([['RECOVERY', 'c', 'STANDBY', 4, false]]);
    expect(recovery({ kind: 'CABINET', remoteMode: 'DATA' })).toEqual([]);
    expect(shares(line({ kind: 'SERVICE', localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' }))).toEqual([]);
  });

  it('refuses a share whose center is not in service, or owes it where that is accepted (D1)', () => {
    const building = [CENTER_A, CENTER_B, { ...CENTER_C, life: 'BUILDING' as const }];
    const asked = line({ centerId: 'a', remoteMode: 'DATA' });
    expect(shares(asked, building)).toBe('D1');
    expect(shares(asked, building, true)).toEqual([
      ['MAIN', 'a', 'RUNNING', 4, false],
      ['RECOVERY', 'c', 'DATA', 4, true],
    ]);
    expect(shares(asked, [CENTER_A], true)).toEqual([
      ['MAIN', 'a', 'RUNNING', 4, false],
      ['RECOVERY', '', 'DATA', 4, true],
    ]);
  });

  it('owes one of two twins, never both (D1)', () => {
    const dual = line({ localMode: 'DUAL_ACTIVE' });
    const closed = (center: CenterFacts): CenterFacts => ({ ...center, life: 'PLANNED' });
    expect(shares(dual, [CENTER_A, closed(CENTER_B)], true)).toEqual([
      ['MAIN_A', 'a', 'RUNNING', 4, false],
      ['MAIN_B', 'b', 'RUNNING', 4, true],
    ]);
    expect(shares(dual, [closed(CENTER_A), closed(CENTER_B)], true)).toBe('D1');
    expect(shares(dual, [CENTER_A, CENTER_C], true)).toBe('D1');
    expect(shares(line(), [CENTER_C])).toBe('D1');
  });

  it('never puts two shares into one center, and each into one of its role', () => {
    fc.assert(
      fc.property(anyLine, (asked) => {
        const expanded = expandLine(asked, CENTERS, () => false);
        const found: readonly ShareWish[] = expanded.ok ? expanded.value : [];
        const fixed = found.filter((share) => share.centerIds.length === 1).flatMap((share) => share.centerIds);
        expect(new Set(fixed).size).toBe(fixed.length);
        for (const { share, centerIds, count } of found) {
          expect(count).toBeGreaterThan(0);
          for (const id of centerIds) expect(id === 'c').toBe(share === 'RECOVERY');
        }
        const mains = found.filter((share) => share.share !== 'RECOVERY');
        for (const main of mains) expect(main.count).toBe(asked.count);
        expect(mains.length).toBe(asked.kind === 'SERVICE' ? 0 : asked.localMode === 'DUAL_ACTIVE' ? 2 : 1);
      }),
    );
  });
});

describe('sizesOf', () => {
  const size = fc.record({
    vcpu: fc.integer({ min: 1, max: 512 }),
    memoryMib: fc.integer({ min: 64, max: 4_000_000 }),
    diskGib: fc.integer({ min: 20, max: 8192 }),
    storageTier: fc.constantFrom('SSD' as const, 'HDD' as const),
  });

  it('rounds the compute of a whole standby line up once, and takes storage in full (D5)', () => {
    const full = { vcpu: 1, memoryMib: 1000, diskGib: 40, storageTier: 'SSD' as const };
    expect(sizesOf({ standing: 'STANDBY', count: 3 }, full, 50)).toEqual([
      { count: 2, size: { ...full, vcpu: 1, memoryMib: 500 } },
      { count: 1, size: { ...full, vcpu: 0, memoryMib: 500 } },
    ]);
  });

  it('sums up exactly, in machines and in every meter, whatever the ratio', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }), (full, count, ratio) => {
        const exact = (each: number) => Number((BigInt(each) * BigInt(count) * BigInt(ratio) + 99n) / 100n);
        const sum = (of: 'vcpu' | 'memoryMib' | 'diskGib', standing: ShareWish['standing']) =>
          sizesOf({ standing, count }, full, ratio).reduce((all, group) => all + group.size[of] * group.count, 0);
        expect(sum('vcpu', 'STANDBY')).toBe(exact(full.vcpu));
        expect(sum('memoryMib', 'STANDBY')).toBe(exact(full.memoryMib));
        expect(sum('diskGib', 'STANDBY')).toBe(full.diskGib * count);
        expect(sum('vcpu', 'DATA') + sum('memoryMib', 'DATA')).toBe(0);
        expect(sum('diskGib', 'DATA')).toBe(full.diskGib * count);
        expect(sum('vcpu', 'RUNNING')).toBe(full.vcpu * count);
        const groups = sizesOf({ standing: 'STANDBY', count }, full, ratio);
        expect(groups.reduce((all, group) => all + group.count, 0)).toBe(count);
        expect(groups.length).toBeLessThanOrEqual(3);
        for (const group of groups) {
          expect(group.size.vcpu).toBeLessThanOrEqual(full.vcpu);
          expect(group.size.memoryMib).toBeLessThanOrEqual(full.memoryMib);
        }
      }),
    );
  });

  it('counts standby servers whole, rounded up', () => {
    expect([0, 1, 2, 3].map((count) => standbyServers(count, 50))).toEqual([0, 1, 1, 2]);
    expect(standbyServers(5, 0)).toBe(0);
    expect(standbyServers(5, 100)).toBe(5);
  });
});
