import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QUOTA_METERS } from '../../kernel/refusal.js';
import { amountsOf, lineProblems, type PlannedLine, sidesOf, tidied } from './plan-line.js';
import { isInsidePlan, plannedAmounts, servicesOf, useOf } from './plan-use.js';

const line = (more: Partial<PlannedLine> = {}): PlannedLine => ({
  systemId: 's',
  kind: 'VM',
  count: 2,
  vcpu: 4,
  memoryMib: 8192,
  ssdGib: 100,
  hddGib: 50,
  architecture: 'ARM64',
  zone: 'GOVERNMENT_EXTRANET',
  offerCode: null,
  quotaMeter: null,
  halfUnits: 0,
  powerW: 0,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  month: 1,
  reason: '扩容',
  acceptedCount: null,
  ...more,
});

const amounts = fc.record(
  Object.fromEntries(QUOTA_METERS.map((meter) => [meter, fc.nat({ max: 1_000 })])) as Record<
    (typeof QUOTA_METERS)[number],
    fc.Arbitrary<number>
  >,
);

describe('what a line asks for', () => {
  it('is its count times each, once in a single center', () => {
    expect(amountsOf(line())).toMatchObject({ MACHINE: 2, VCPU: 8, MEMORY_MIB: 16_384, STORAGE_GIB: 300, SERVER: 0 });
  });

  it('is twice that when both same-city centers run it', () => {
    expect(amountsOf(line({ localMode: 'DUAL_ACTIVE' }))).toMatchObject({ MACHINE: 4, VCPU: 16, STORAGE_GIB: 600 });
    expect(sidesOf(line({ localMode: 'DUAL_ACTIVE' })).map(({ side }) => side)).toEqual(['ACTIVE_A', 'ACTIVE_B']);
  });

  it('adds storage in full for data-level recovery, and half the compute too for application-level recovery', () => {
    expect(amountsOf(line({ remoteMode: 'DATA' }))).toMatchObject({ MACHINE: 2, VCPU: 8, STORAGE_GIB: 600 });
    expect(amountsOf(line({ remoteMode: 'APPLICATION' }))).toMatchObject({
      MACHINE: 4,
      VCPU: 12,
      MEMORY_MIB: 24_576,
      STORAGE_GIB: 600,
    });
    expect(amountsOf(line({ vcpu: 3, count: 3, remoteMode: 'APPLICATION' })).VCPU).toBe(9 + 2 * 3);
  });

  it('is what the center accepts of it, and nothing of what is taken off', () => {
    expect(amountsOf(line({ acceptedCount: 1 }))).toMatchObject({ MACHINE: 1, VCPU: 4 });
    expect(amountsOf(line({ acceptedCount: 0 }))).toMatchObject({ MACHINE: 0, VCPU: 0 });
  });

  it('of a place in a cabinet is units and power, of a service the quota that it is counted against', () => {
    expect(amountsOf(line({ kind: 'CABINET', halfUnits: 8, powerW: 700 }))).toMatchObject({
      CABINET_HALF_UNIT: 16,
      POWER_W: 1_400,
      MACHINE: 0,
    });
    expect(
      amountsOf(line({ kind: 'SERVICE', offerCode: 'file-storage', quotaMeter: 'STORAGE_GIB', count: 30 })),
    ).toMatchObject({
      STORAGE_GIB: 30,
      MACHINE: 0,
    });
  });

  it('says every field that is wrong, and passes over what is not of its kind', () => {
    expect(lineProblems(line({ count: 0, vcpu: 0, month: 13, reason: ' ' })).map(({ field }) => field)).toEqual([
      'count',
      'month',
      'vcpu',
      'reason',
    ]);
    expect(lineProblems(line({ kind: 'SERVER' })).map(({ field }) => field)).toEqual(['offerCode']);
    expect(tidied(line({ kind: 'SERVER', offerCode: 'k', remoteMode: 'DATA' }))).toMatchObject({
      vcpu: 0,
      ssdGib: 0,
      architecture: null,
      remoteMode: 'NONE',
      offerCode: 'k',
    });
  });
});

describe('use of a plan', () => {
  it('is left or over, never both, and adds up', () => {
    fc.assert(
      fc.property(amounts, amounts, (planned, used) => {
        for (const row of useOf(planned, used)) {
          expect(row.left === 0 || row.over === 0).toBe(true);
          expect(row.planned + row.over).toBe(row.used + row.left);
        }
      }),
    );
  });
});

describe('inside the plan', () => {
  it('holds up to the last unit, and not one beyond', () => {
    const planned = plannedAmounts([line({ count: 3 })]);
    const asked = { MACHINE: 1, VCPU: 4, MEMORY_MIB: 8192, STORAGE_GIB: 150 };
    const used = { MACHINE: 2, VCPU: 8, MEMORY_MIB: 16_384, STORAGE_GIB: 300 };
    expect(isInsidePlan({ asked, own: {}, used, planned })).toBe(true);
    for (const meter of ['MACHINE', 'VCPU', 'MEMORY_MIB', 'STORAGE_GIB'] as const)
      expect(isInsidePlan({ asked: { ...asked, [meter]: asked[meter] + 1 }, own: {}, used, planned })).toBe(false);
  });

  it('never holds without a plan, nor for a request that asks for nothing', () => {
    expect(isInsidePlan({ asked: { MACHINE: 1 }, own: {}, used: {}, planned: null })).toBe(false);
    expect(isInsidePlan({ asked: {}, own: {}, used: {}, planned: plannedAmounts([line()]) })).toBe(false);
  });

  it('looks at no meter that the request does not name: another that is over is not its matter', () => {
    const planned = { VCPU: 10, SERVER: 1 };
    expect(isInsidePlan({ asked: { VCPU: 5 }, own: {}, used: { SERVER: 9 }, planned })).toBe(true);
  });

  it('asks services by their code', () => {
    const plannedServices = servicesOf([line({ kind: 'SERVICE', offerCode: 'backup', count: 5 })]);
    const base = { asked: {}, own: {}, used: {}, planned: {}, plannedServices };
    expect(isInsidePlan({ ...base, services: new Map([['backup', 5]]) })).toBe(true);
    expect(isInsidePlan({ ...base, services: new Map([['backup', 6]]) })).toBe(false);
    expect(isInsidePlan({ ...base, services: new Map([['vpn', 1]]) })).toBe(false);
  });

  it('is the same whether a request is held already or not: what it holds is not counted twice', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (asked, used, planned) => {
        const after = Object.fromEntries(QUOTA_METERS.map((m) => [m, used[m] + asked[m]]));
        expect(isInsidePlan({ asked, own: asked, used: after, planned })).toBe(
          isInsidePlan({ asked, own: {}, used, planned }),
        );
      }),
    );
  });

  it('taken one after the other, requests that are inside never use more than the plan of what they name', () => {
    fc.assert(
      fc.property(amounts, fc.array(amounts, { maxLength: 30 }), (planned, requests) => {
        let used = Object.fromEntries(QUOTA_METERS.map((m) => [m, 0]));
        for (const asked of requests)
          if (isInsidePlan({ asked, own: {}, used, planned }))
            used = Object.fromEntries(QUOTA_METERS.map((m) => [m, (used[m] ?? 0) + asked[m]]));
        for (const meter of QUOTA_METERS) expect(used[meter]).toBeLessThanOrEqual(planned[meter]);
      }),
    );
  });
});
