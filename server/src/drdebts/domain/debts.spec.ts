import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkRules, type DebtRule, mayOwe, modeOf, OWED_MODES, POLICY_LEVELS } from './debt-policy.js';
import { awaitedCenter, DEBT_STATES, debtTable, isDue, isOwed } from './debt-state.js';
import { demandOf, demandOfMains, expectedFen, type OwedThing, owedFor } from './owed-share.js';

const rule = (more: Partial<DebtRule> = {}): DebtRule => ({
  departmentIds: [],
  protectionLevels: [],
  modes: [],
  accepted: true,
  ...more,
});
const ASKER = { departmentIds: ['city', 'bureau'], protectionLevel: 3 };

describe('the rules of debts', () => {
  it('refuse what none of them fits', () => {
    expect(mayOwe({ rules: [] }, ASKER, 'DATA')).toBe(false);
    expect(mayOwe({ rules: [rule({ protectionLevels: [1, 2] })] }, ASKER, 'DATA')).toBe(false);
  });

  it('go by the first that fits', () => {
    const rules = [rule({ departmentIds: ['city'], modes: ['APPLICATION'], accepted: false }), rule()];
    expect(OWED_MODES.map((mode) => mayOwe({ rules }, ASKER, mode))).toEqual([true, true, false]);
  });

  it('reach whoever stands below the department they name', () => {
    expect(mayOwe({ rules: [rule({ departmentIds: ['city'] })] }, ASKER, 'DATA')).toBe(true);
    expect(mayOwe({ rules: [rule({ departmentIds: ['another'] })] }, ASKER, 'DATA')).toBe(false);
  });

  it('tell the other side of a pair from data and from what stands by', () => {
    expect(modeOf({ share: 'MAIN_B', standing: 'RUNNING' })).toBe('DUAL_ACTIVE');
    expect(modeOf({ share: 'RECOVERY', standing: 'DATA' })).toBe('DATA');
    expect(modeOf({ share: 'RECOVERY', standing: 'STANDBY' })).toBe('APPLICATION');
  });

  const anyRule = fc.record({
    departmentIds: fc.uniqueArray(fc.constantFrom('city', 'bureau', 'another'), { maxLength: 2 }),
    protectionLevels: fc.uniqueArray(fc.constantFrom(...POLICY_LEVELS), { maxLength: 2 }),
    modes: fc.uniqueArray(fc.constantFrom(...OWED_MODES), { maxLength: 2 }),
    accepted: fc.boolean(),
  });
  it('call a rule unreachable only where leaving it out changes no answer', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), (rules) => {
        const dead = checkRules(rules).map(({ path }) => Number(path[1]));
        const live = rules.filter((_, index) => !dead.includes(index));
        for (const mode of OWED_MODES)
          for (const protectionLevel of POLICY_LEVELS)
            for (const departmentIds of [['city'], ['city', 'bureau'], ['another'], []]) {
              const asker = { departmentIds, protectionLevel };
              expect(mayOwe({ rules: live }, asker, mode)).toBe(mayOwe({ rules }, asker, mode));
            }
      }),
    );
  });

  it('name levels that are hosted only', () => {
    expect(checkRules([rule({ protectionLevels: [4] })])).toMatchObject([{ path: ['rules', '0', 'protectionLevels'] }]);
  });
});

describe('the life of a debt', () => {
  it('is owed before it settles, and has an end for every way', () => {
    expect(DEBT_STATES.filter(isOwed)).toEqual(['PENDING', 'OPEN']);
    const ends = DEBT_STATES.filter((state) => Object.keys(debtTable.transitions[state]).length === 0);
    expect(ends).toEqual(['SETTLED', 'WAIVED', 'VOID']);
  });

  const center = (id: string, life: 'PLANNED' | 'BUILDING' | 'TRIAL' | 'STOPPED') =>
    ({ id, life, role: 'RECOVERY' }) as const;
  it('is due once a center of its role takes promises, whichever it was registered for', () => {
    const debt = { state: 'OPEN', share: 'RECOVERY', centerId: 'one' } as const;
    expect(isDue(debt, [])).toBe(false);
    expect(isDue(debt, [center('one', 'BUILDING')])).toBe(false);
    expect(isDue(debt, [center('one', 'BUILDING'), center('two', 'TRIAL')])).toBe(true);
    expect(isDue({ ...debt, state: 'PENDING' }, [center('one', 'TRIAL')])).toBe(false);
    expect(isDue(debt, [{ ...center('one', 'TRIAL'), role: 'ACTIVE_B' }])).toBe(false);
    expect(awaitedCenter(debt, [center('one', 'STOPPED'), center('two', 'PLANNED')])?.id).toBe('two');
  });
});

describe('what is owed', () => {
  const vm: OwedThing = {
    kind: 'VM',
    vcpu: 4,
    memoryMib: 8192,
    diskGib: 100,
    storageTier: 'SSD',
    standbyRatioPercent: 50,
  };
  it('is storage in full, and compute by the ratio of all of it', () => {
    expect(demandOf(vm, 'DATA', 3)).toMatchObject({ machines: 0, vcpu: 0, memoryMib: 0, storageGib: 300 });
    expect(demandOf(vm, 'STANDBY', 3)).toMatchObject({ machines: 3, vcpu: 6, memoryMib: 12_288, storageGib: 300 });
    expect(demandOf(vm, 'RUNNING', 2)).toMatchObject({ machines: 2, vcpu: 8, storageGib: 200 });
    expect(demandOf({ kind: 'CABINET', halfUnits: 4, powerW: 600 }, 'STANDBY', 2)).toMatchObject({
      halfUnits: 8,
      powerW: 1_200,
    });
  });

  it('is accelerators in whole pieces where machines run or stand by, and none where only data is kept', () => {
    const cards: OwedThing = { ...vm, accelerators: { name: 'ASCEND-910B', each: 2 } };
    for (const standing of ['RUNNING', 'STANDBY'] as const)
      expect(demandOf(cards, standing, 3)).toMatchObject({ accelerator: 'ASCEND-910B', accelerators: 6 });
    expect(demandOf(cards, 'DATA', 3)).toMatchObject({ accelerator: null, accelerators: 0, storageGib: 300 });
    expect(demandOf(vm, 'STANDBY', 3)).toMatchObject({ accelerator: null, accelerators: 0 });
    // Mains of another size have the same ones: no change adds any or takes them.
    const mains = [{ vcpu: 8, memoryMib: 8_192, diskGib: 100 }];
    expect(demandOfMains({ thing: cards, standing: 'STANDBY', itemCount: 3 }, mains, 50)).toMatchObject({
      ...{ vcpu: 12, accelerator: 'ASCEND-910B', accelerators: 6 },
    });
  });

  it('never grows, follows its mains, and is nothing without them', () => {
    const things: OwedThing[] = [vm, { kind: 'SERVER', standbyRatioPercent: 50 }];
    fc.assert(
      fc.property(
        fc.constantFrom(...things),
        fc.constantFrom('STANDBY' as const, 'DATA' as const),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        (thing, standing, mains, before) => {
          const now = owedFor(thing, standing, mains, before);
          expect(now).toBeLessThanOrEqual(Math.min(before, mains));
          expect(now === 0).toBe(mains === 0);
          expect(expectedFen(1_000n, before, now)).toBeLessThanOrEqual(1_000n);
        },
      ),
    );
  });

  it('is told at the size that its mains have now, of the biggest where they differ, and not twice where it is the same', () => {
    const size = { vcpu: 2, memoryMib: 4_096, diskGib: 40 };
    const thing = { kind: 'VM', ...size, storageTier: 'SSD', standbyRatioPercent: 50 } as const;
    const debt = { thing, standing: 'STANDBY' as const, itemCount: 2 };
    expect(demandOfMains(debt, [size, size], 50)).toBeNull();
    expect(demandOfMains(debt, [], 50)).toBeNull();
    expect(demandOfMains({ ...debt, thing: { kind: 'SERVER', standbyRatioPercent: 50 } }, [size], 50)).toBeNull();
    const bigger = { vcpu: 4, memoryMib: 8_192, diskGib: 100 };
    expect(demandOfMains(debt, [size, bigger], 50)).toEqual(demandOf({ ...thing, ...bigger }, 'STANDBY', 2));
    expect(demandOfMains(debt, [size, bigger], 100)?.vcpu).toBe(8);
  });
});
