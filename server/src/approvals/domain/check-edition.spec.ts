import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Chain,
  type EditionContent,
  NO_CONDITION,
  type Rule,
  type RuleCondition,
  type StepDefinition,
} from './chain.js';
import { wrongDraft, wrongEdition } from './check-edition.js';
import { type ChainFacts, chooseChain, matches } from './choose-chain.js';
import type { StepRole } from './step-roles.js';

const title = { zh: '名称', en: 'title' };
const step = (key: string, role: StepRole, more: Partial<StepDefinition> = {}): StepDefinition => ({
  key,
  title,
  roles: [role],
  mode: 'ANY',
  count: 1,
  deadlineWorkingDays: 3,
  needsFile: false,
  holdsCapacity: false,
  escalatesTo: 'LEADER',
  ...more,
});
const SIGN_OFF = step('sign-off', 'DEPARTMENT_HEAD');
const CITY = step('city', 'CITY_ADMINISTRATOR');
const ACCEPTANCE = step('acceptance', 'CENTER_ACCEPTANCE', { holdsCapacity: true });
const REVIEW = step('review', 'CENTER_REVIEWER');
const chain = (key: string, steps: readonly StepDefinition[] = [SIGN_OFF, CITY, ACCEPTANCE, REVIEW]): Chain => ({
  key,
  title,
  steps,
});
const rule = (chainKey: string, condition: Partial<RuleCondition> = {}): Rule => ({
  title,
  chainKey,
  condition: { ...NO_CONDITION, ...condition },
});
const edition = (rules: readonly Rule[], chains: readonly Chain[]): EditionContent => ({ rules, chains });
const wrong = (content: EditionContent): string[] =>
  wrongEdition(content).map((r) => `${r.path.join('.')} ${r.code === 'INVALID_INPUT' ? r.rule : r.code}`);
const wrongSteps = (...steps: StepDefinition[]): string[] => wrong(edition([rule('one')], [chain('one', steps)]));

describe('wrongEdition', () => {
  it('accepts a chain with sign-off, a city review, one hold and a default rule', () => {
    expect(wrong(edition([rule('one')], [chain('one')]))).toEqual([]);
  });

  it('wants rules and chains, each chain chosen by a rule, each rule with a chain', () => {
    expect(wrong(edition([], []))).toEqual(['chains range', 'rules range']);
    expect(wrong(edition([rule('none')], [chain('one')]))).toEqual(['chains.0 unused', 'rules.0.chainKey unknown']);
    expect(wrong(edition([rule('one')], [chain('one'), chain('one')]))).toEqual(['chains.1.key twice']);
  });

  it('wants a default at the end, and finds rules that never come to their turn', () => {
    expect(wrong(edition([rule('one', { insidePlan: true })], [chain('one')]))).toEqual(['rules.0 default']);
    const late = [rule('one'), rule('one', { monthlyFenFrom: '5' })];
    expect(wrong(edition(late, [chain('one')]))).toEqual(['rules.1 unreachable', 'rules.1 default']);
    const narrower = [
      rule('one', { monthlyFenFrom: '100' }),
      rule('one', { monthlyFenFrom: '200', kinds: ['VM'] }),
      rule('one', { monthlyFenFrom: '50' }),
      rule('one'),
    ];
    expect(wrong(edition(narrower, [chain('one')]))).toEqual(['rules.1 unreachable']);
  });

  it('refuses conditions that nothing meets', () => {
    const none = [rule('one', { kinds: [] }), rule('one', { monthlyFenFrom: '9', monthlyFenBelow: '9' }), rule('one')];
    expect(wrong(edition(none, [chain('one')]))).toEqual(['rules.0.condition empty', 'rules.1.condition amount']);
    expect(wrong(edition([rule('one', { monthlyFenFrom: '-1' }), rule('one')], [chain('one')]))).toEqual([
      'rules.0.condition amount',
    ]);
  });

  it('wants the sign-off first and nowhere else', () => {
    expect(wrongSteps(ACCEPTANCE, SIGN_OFF)).toContain('chains.0.steps.0.roles signOff');
    expect(wrongSteps(SIGN_OFF, ACCEPTANCE, step('again', 'DEPARTMENT_HEAD'))).toEqual([
      'chains.0.steps.2.roles signOff',
    ]);
    expect(wrongSteps(SIGN_OFF)).toEqual(['chains.0.steps range']);
  });

  it('wants exactly one hold, by the province, after the sign-off, and the city before it', () => {
    expect(wrongSteps(SIGN_OFF, REVIEW)).toEqual(['chains.0.steps hold']);
    expect(wrongSteps(SIGN_OFF, ACCEPTANCE, { ...REVIEW, holdsCapacity: true })).toEqual(['chains.0.steps hold']);
    expect(wrongSteps(SIGN_OFF, { ...CITY, holdsCapacity: true }, REVIEW)).toContain('chains.0.steps hold');
    expect(wrongSteps({ ...SIGN_OFF, holdsCapacity: true }, REVIEW)).toEqual(['chains.0.steps hold']);
    expect(wrongSteps(SIGN_OFF, ACCEPTANCE, CITY)).toEqual(['chains.0.steps.2.roles cityFirst']);
  });

  it('wants people, terms and keys', () => {
    const bad = (more: Partial<StepDefinition>) => wrongSteps(SIGN_OFF, { ...ACCEPTANCE, ...more });
    expect(bad({ roles: [] })).toEqual(['chains.0.steps.1.roles empty']);
    expect(bad({ roles: ['JANITOR' as StepRole] })).toEqual(['chains.0.steps.1.roles role']);
    expect(bad({ roles: ['LEADER', 'LEADER'] })).toEqual(['chains.0.steps.1.roles role']);
    expect(bad({ escalatesTo: 'JANITOR' as StepRole })).toEqual(['chains.0.steps.1.escalatesTo role']);
    for (const deadlineWorkingDays of [0, -1, 11, 1.5])
      expect(bad({ deadlineWorkingDays })).toEqual(['chains.0.steps.1.deadlineWorkingDays range']);
    expect(bad({ key: 'sign-off' })).toEqual(['chains.0.steps.1.key twice']);
    expect(bad({ key: 'No Key' })).toEqual(['chains.0.steps.1.key key']);
    expect(bad({ title: { zh: '受理', en: ' ' } })).toEqual(['chains.0.steps.1.title.en length']);
    expect(wrongSteps(SIGN_OFF, { ...CITY, roles: ['CITY_ADMINISTRATOR', 'LEADER'] }, ACCEPTANCE)).toEqual([
      'chains.0.steps.1.roles cityAlone',
    ]);
  });

  it('knows any of several from all of several', () => {
    const bad = (more: Partial<StepDefinition>) => wrongSteps(SIGN_OFF, { ...ACCEPTANCE, ...more });
    expect(bad({ mode: 'ANY', count: 2 })).toEqual(['chains.0.steps.1.count range']);
    expect(bad({ mode: 'ALL', count: 1 })).toEqual(['chains.0.steps.1.mode alone']);
    expect(bad({ mode: 'ALL', count: 17 })).toEqual(['chains.0.steps.1.count range']);
    expect(bad({ mode: 'ALL', count: 2 })).toEqual([]);
    expect(bad({ mode: 'ALL', count: 1, roles: ['CENTER_ACCEPTANCE', 'CENTER_REVIEWER'] })).toEqual([]);
  });
});

describe('wrongDraft', () => {
  it('keeps what is half made, and nothing endless', () => {
    expect(wrongDraft('调整', edition([], []))).toEqual([]);
    expect(wrongDraft(' ', edition([], []))).toHaveLength(1);
    const endless = edition(
      Array.from({ length: 31 }, () => rule('one')),
      [],
    );
    expect(wrongDraft('调整', endless)).toMatchObject([{ path: ['content'], rule: 'range' }]);
  });
});

const FACTS: ChainFacts = {
  kinds: ['VM'],
  monthlyFen: 100n,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  departmentLevel: 'PROVINCE',
  departmentIds: ['dep'],
  inCity: false,
  insidePlan: false,
  poor: false,
};

describe('chooseChain', () => {
  it('takes the first rule that matches, with the city’s step only in a city', () => {
    const content = edition(
      [rule('large', { monthlyFenFrom: '1000' }), rule('standard')],
      [chain('large'), chain('standard')],
    );
    const keys = (facts: Partial<ChainFacts>) => {
      const chosen = chooseChain(content, { ...FACTS, ...facts });
      return [chosen.chain.key, chosen.steps.map((one) => one.key)];
    };
    expect(keys({})).toEqual(['standard', ['sign-off', 'acceptance', 'review']]);
    expect(keys({ inCity: true })).toEqual(['standard', ['sign-off', 'city', 'acceptance', 'review']]);
    expect(keys({ monthlyFen: 1000n })[0]).toBe('large');
    // What cannot be priced is as dear as can be.
    expect(keys({ monthlyFen: null })[0]).toBe('large');
  });

  it.each([
    [{ kinds: ['VM'] as const }, {}, true],
    [{ kinds: ['VM'] as const }, { kinds: ['VM', 'SERVER'] as const }, false],
    [{ monthlyFenBelow: '100' }, {}, false],
    [{ monthlyFenBelow: '101' }, {}, true],
    [{ monthlyFenBelow: '101' }, { monthlyFen: null }, false],
    [{ localModes: ['DUAL_ACTIVE'] }, {}, false],
    [{ remoteModes: ['NONE'] }, {}, true],
    [{ departmentLevels: ['CITY'] }, {}, false],
    [{ departmentIds: ['city'] }, { departmentIds: ['city', 'dep'] }, true],
    [{ departmentIds: ['city'] }, {}, false],
    [{ insidePlan: true }, {}, false],
    [{ insidePlan: true }, { insidePlan: true }, true],
    [{ exceptPoor: true }, {}, true],
    [{ exceptPoor: true }, { poor: true }, false],
    [{}, { poor: true }, true],
  ])('with %j on %j: %p', (condition, facts, expected) => {
    expect(matches({ ...NO_CONDITION, ...condition }, { ...FACTS, ...facts })).toBe(expected);
  });

  it('of an edition that may be published finds a chain for everything, with one hold', () => {
    const subset = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: null });
    const amount = fc.option(fc.integer({ min: 0, max: 10_000 }).map(String), { nil: null });
    const condition: fc.Arbitrary<RuleCondition> = fc.record({
      kinds: subset(['VM', 'SERVER', 'CABINET', 'SERVICE'] as const),
      monthlyFenFrom: amount,
      monthlyFenBelow: amount,
      localModes: subset(['SINGLE', 'DUAL_ACTIVE']),
      remoteModes: subset(['NONE', 'DATA', 'APPLICATION']),
      departmentLevels: subset(['PROVINCE', 'CITY', 'BUREAU']),
      departmentIds: subset(['a', 'b']),
      insidePlan: fc.boolean(),
      exceptPoor: fc.boolean(),
    });
    const facts: fc.Arbitrary<ChainFacts> = fc.record({
      kinds: fc.subarray(['VM', 'SERVER', 'CABINET', 'SERVICE'] as const, { minLength: 1 }),
      monthlyFen: fc.option(fc.bigInt({ min: 0n, max: 20_000n }), { nil: null }),
      localMode: fc.constantFrom('SINGLE', 'DUAL_ACTIVE'),
      remoteMode: fc.constantFrom('NONE', 'DATA', 'APPLICATION'),
      departmentLevel: fc.constantFrom('PROVINCE', 'CITY', 'BUREAU'),
      departmentIds: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      inCity: fc.boolean(),
      insidePlan: fc.boolean(),
      poor: fc.boolean(),
    });
    let published = 0;
    fc.assert(
      fc.property(
        fc.array(condition, { maxLength: 4 }),
        fc.array(facts, { minLength: 5, maxLength: 5 }),
        (made, all) => {
          const rules = [...made.map((one) => ({ ...rule('one'), condition: one })), rule('one')];
          const content = edition(rules, [chain('one')]);
          if (wrongEdition(content).length > 0) return;
          published += 1;
          for (const one of all) {
            const { steps } = chooseChain(content, one);
            expect(steps.filter((s) => s.holdsCapacity)).toHaveLength(1);
            expect(steps[0]?.key).toBe('sign-off');
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(published).toBeGreaterThan(50);
  });
});
