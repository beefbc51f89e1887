import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../kernel/calendar.js';
import {
  advanceableOf,
  advanceOutstanding,
  boundInTheWay,
  type ContractFigures,
  type EntryMoment,
  moveOf,
  payableOf,
} from './contract-money.js';
import {
  type AgreedTerms,
  type ContractNow,
  checkSupplement,
  type Edition,
  type SupplementTerms,
  termsOn,
} from './supplement.js';

type Step = {
  readonly kind: 'ACCEPTANCE' | 'DEDUCTION' | 'PAYMENT';
  readonly amount: bigint;
  readonly moment: EntryMoment;
  readonly advance: boolean;
};
const start: ContractFigures = {
  ...{ ceiling: 1_000n, accepted: 0n, deducted: 0n, claimed: 0n, paid: 0n, advanced: 0n, advanceLimit: 300n },
};
/** As the row does it: what does not fit leaves everything as it was. */
const apply = (now: ContractFigures, { advance, amount, kind, moment }: Step): ContractFigures => {
  const move = moveOf(kind, amount, moment, kind === 'PAYMENT' && advance);
  if (boundInTheWay(now, move, 'amount')) return now;
  return {
    ...now,
    accepted: now.accepted + move.accepted,
    deducted: now.deducted + move.deducted,
    claimed: now.claimed + move.claimed,
    paid: now.paid + move.paid,
    advanced: now.advanced + move.advanced,
  };
};
const step = (kind: Step['kind'], amount: bigint, advance = false, moment?: EntryMoment): Step => ({
  ...{ kind, amount, advance, moment: moment ?? (kind === 'PAYMENT' ? 'ENTER' : 'CONFIRM') },
});
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom('ACCEPTANCE' as const, 'DEDUCTION' as const, 'PAYMENT' as const),
    amount: fc.bigInt({ min: -600n, max: 600n }).filter((amount) => amount !== 0n),
    moment: fc.constantFrom('ENTER' as const, 'CONFIRM' as const, 'WITHDRAW' as const),
    advance: fc.boolean(),
  }),
  { maxLength: 60 },
);

describe('advances', () => {
  it('never let more be paid than was accepted and may be advanced, whatever comes in which order', () => {
    fc.assert(
      fc.property(steps, fc.bigInt({ min: 0n, max: 500n }), (all, advanceLimit) => {
        let now: ContractFigures = { ...start, advanceLimit };
        for (const one of all) {
          const before = now;
          now = apply(now, one);
          const { accepted, advanced, ceiling, claimed, deducted, paid } = now;
          expect(paid >= 0n && claimed >= paid && advanced >= 0n && advanced <= claimed).toBe(true);
          expect(accepted <= ceiling && accepted >= 0n).toBe(true);
          expect(claimed <= accepted - deducted + advanceLimit).toBe(true);
          // What is out was once advanced, by name: no ordinary payment ever goes before its acceptance.
          expect(advanceOutstanding(now) <= advanced).toBe(true);
          const ordinary = one.kind === 'PAYMENT' && !one.advance && one.moment === 'ENTER' && one.amount > 0n;
          if (ordinary && now !== before) expect(claimed <= accepted - deducted).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are drawn down by what is accepted, before anything becomes payable', () => {
    const out = apply(start, step('PAYMENT', 300n, true));
    expect([advanceOutstanding(out), payableOf(out), advanceableOf(out)]).toEqual([300n, -300n, 0n]);
    const some = apply(out, step('ACCEPTANCE', 200n));
    expect([advanceOutstanding(some), payableOf(some), advanceableOf(some)]).toEqual([100n, -100n, 200n]);
    const more = apply(some, step('ACCEPTANCE', 250n));
    expect([advanceOutstanding(more), payableOf(more)]).toEqual([0n, 150n]);
    // 450 accepted: 300 went before, 150 after, and not a fen twice.
    const paid = apply(more, step('PAYMENT', 150n));
    expect(paid.claimed).toBe(450n);
    expect(apply(paid, step('PAYMENT', 1n))).toBe(paid);
  });

  it('are refused beyond what the contract allows, and in words that say how much is left', () => {
    const out = apply(start, step('PAYMENT', 250n, true));
    expect(boundInTheWay(out, moveOf('PAYMENT', 51n, 'ENTER', true), 'amount')).toMatchObject({
      ...{ path: ['amount'], rule: 'advance' },
      message: { zh: expect.stringContaining('还能预付 0.50 元') },
    });
    expect(boundInTheWay(out, moveOf('PAYMENT', 1n, 'ENTER'), 'amount')).toMatchObject({ rule: 'accepted' });
    expect(boundInTheWay({ ...start, advanceLimit: 0n }, moveOf('PAYMENT', 1n, 'ENTER', true), '')).toMatchObject({
      rule: 'advance',
    });
  });

  it('come out again where their acceptance is taken back, and only they do', () => {
    const both = [step('PAYMENT', 300n, true), step('ACCEPTANCE', 500n), step('PAYMENT', 200n)].reduce(apply, start);
    const back = apply(both, step('ACCEPTANCE', -300n));
    expect(advanceOutstanding(back)).toBe(300n);
    // A fen more would make an advance of what was paid as accepted.
    expect(apply(both, step('ACCEPTANCE', -301n))).toBe(both);
  });

  it('are as if they had never been once they are taken back', () => {
    const confirmed = [step('PAYMENT', 300n, true), step('PAYMENT', 300n, true, 'CONFIRM')].reduce(apply, start);
    expect(confirmed).toMatchObject({ paid: 300n, claimed: 300n, advanced: 300n });
    const back = [step('PAYMENT', -300n, true), step('PAYMENT', -300n, true, 'CONFIRM')].reduce(apply, confirmed);
    expect(back).toEqual(start);
    expect(apply(apply(start, step('PAYMENT', 300n, true)), step('PAYMENT', 300n, true, 'WITHDRAW'))).toEqual(start);
  });
});

const TERMS: AgreedTerms = {
  ...{ ceiling: 1_000n, advanceLimit: 0n, to: '2027-01-01' },
  services: [{ name: '云主机', unit: '台·月', unitPrice: '100.000000' }],
};
const now: ContractNow = {
  ...{ from: '2026-01-01', terms: TERMS, figures: { ...start, accepted: 400n }, planned: 600n },
  ...{ paidUntil: '2026-07-01', lastFrom: null, ruleFrom: null, assessedUntil: null },
};
const wish = (more: Partial<SupplementTerms> = {}): SupplementTerms => ({
  ...{ ...TERMS, number: 'BC-1', signedOn: '2026-06-20', from: '2026-07-01', reason: '增加内存型云主机' },
  ...{ ceiling: 1_200n, assessment: null, ...more },
});
const rulesOf = (terms: SupplementTerms, of: ContractNow = now) =>
  checkSupplement(terms, of).map(({ path, rule }) => `${path.join('.')} ${rule}`.trim());

describe('a supplement', () => {
  it('changes ceiling, period, prices and what may be advanced, all or one of them', () => {
    expect(rulesOf(wish())).toEqual([]);
    for (const more of [{ to: '2027-07-01' }, { advanceLimit: 100n }, { services: [] }])
      expect(rulesOf(wish({ ceiling: 1_000n, ...more }))).toEqual([]);
    const price = [{ name: '云主机', unit: '台·月', unitPrice: '100' }];
    // The same price with fewer noughts is the same price.
    expect(rulesOf(wish({ ceiling: 1_000n, services: price }))).toEqual(['nothing']);
  });

  it.each([
    ['a ceiling below what is accepted', { ceiling: 399n }, ['ceiling accepted', 'ceiling ceiling']],
    ['a ceiling below the payment plan', { ceiling: 599n }, ['ceiling ceiling']],
    ['a ceiling of nothing', { ceiling: 0n }, ['ceiling range', 'ceiling accepted', 'ceiling ceiling']],
    ['an end before what was paid for', { to: '2026-06-30', from: '2026-06-01' }, ['to paid']],
    ['an end after ten years', { to: '2037-01-01' }, ['to period']],
    ['a beginning before the contract', { from: '2025-12-31' }, ['from period']],
    ['a beginning after the end', { from: '2027-01-01' }, ['from period']],
    ['an advance above the ceiling', { advanceLimit: 1_201n }, ['advanceLimit range']],
    [
      'a price with seven decimals',
      { services: [{ name: 'a', unit: 'b', unitPrice: '0.1234567' }] },
      ['services.0.unitPrice unitPrice'],
    ],
    ['no number', { number: ' ' }, ['number length']],
    ['no reason', { reason: '' }, ['reason length']],
  ])('is refused for %s', (_what, more, expected) => {
    expect(rulesOf(wish(more))).toEqual(expected);
  });

  it('begins after the one before it, and leaves out what is out in advance', () => {
    expect(rulesOf(wish(), { ...now, lastFrom: '2026-07-01' })).toEqual(['from period']);
    expect(rulesOf(wish({ from: '2026-07-02' }), { ...now, lastFrom: '2026-07-01' })).toEqual([]);
    const out = { ...now, figures: { ...start, claimed: 200n, advanced: 200n } };
    expect(rulesOf(wish({ advanceLimit: 199n }), out)).toEqual(['advanceLimit range']);
    expect(rulesOf(wish({ advanceLimit: 200n }), out)).toEqual([]);
  });

  it('agrees on a rule of assessment from a later month than the rule in force, of months that nobody has assessed', () => {
    const rule = { bands: [{ below: 9_990, deduct: 200 }], cap: 1_000, contractCap: null };
    const alone = wish({ ceiling: 1_000n, assessment: rule });
    expect(rulesOf(alone)).toEqual([]);
    expect(rulesOf(alone, { ...now, ruleFrom: '2026-06' })).toEqual([]);
    expect(rulesOf(alone, { ...now, ruleFrom: '2026-07' })).toEqual(['from rule']);
    expect(rulesOf(alone, { ...now, assessedUntil: '2026-07' })).toEqual(['from assessed']);
    expect(rulesOf(wish({ assessment: { ...rule, bands: [] } }))).toEqual(['assessment.bands required']);
  });

  it('leaves every day before it to the terms that held then', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 360 }), { maxLength: 5 }),
        fc.integer({ min: 0, max: 364 }),
        (starts, at) => {
          const inOrder = starts.toSorted((a, b) => a - b).map((days) => addDays('2026-01-01', days));
          const ceilings = [100n, ...inOrder.map((_, index) => 200n + BigInt(index))];
          const of = (index: number): AgreedTerms => ({ ...TERMS, ceiling: ceilings[index] ?? 0n });
          const editions: Edition[] = inOrder.map((from, index) => ({ from, former: of(index) }));
          const day = addDays('2026-01-01', at);
          // Told by hand: as many supplements as have begun by that day.
          const begun = inOrder.filter((from) => from <= day).length;
          expect(termsOn(of(inOrder.length), editions.toReversed(), day)).toEqual(of(begun));
        },
      ),
    );
  });
});
