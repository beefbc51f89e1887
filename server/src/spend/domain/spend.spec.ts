import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apportion } from '../../kernel/apportion.js';
import { addDays } from '../../kernel/calendar.js';
import { assess, feeOfMonth, minutesOfMonth } from './assessment.js';
import { checkMeasured } from './assessment-checks.js';
import { type ContractTerms, checkContract } from './contract.js';
import { checkAcceptance, checkPayment, checkReversal } from './contract-entry.js';
import { boundInTheWay, type ContractFigures, type EntryMoment, moveOf } from './contract-money.js';
import { checkSignOf, isCreditCode } from './credit-code.js';
import { daysByMonth } from './months.js';
import { assetMonth, checkAsset, costsOfAsset, depreciationOf } from './owned-asset.js';
import { reconcile, sumOfCells, unitCostOf, vcpuMonthsOf } from './reconciliation.js';
import { decideSpend } from './spend-state.js';
import { spreadOutlay } from './spread.js';
import { checkSupplier } from './supplier.js';

const sum = (amounts: Iterable<bigint>) => [...amounts].reduce((total, amount) => total + amount, 0n);
const amounts = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 12 });
const days = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2024-01-01', n));
const spans = fc.tuple(days, fc.integer({ min: 1, max: 1_500 })).map(([from, n]) => ({ from, to: addDays(from, n) }));
const shares = fc.uniqueArray(
  fc.record({ centerId: fc.constantFrom('a', 'b', 'c', 'd'), weight: fc.integer({ min: 0, max: 100 }) }),
  { selector: ({ centerId }) => centerId },
);

describe('apportion', () => {
  it('divides a known amount exactly, each part within one fen of its exact share', () => {
    fc.assert(
      fc.property(amounts, weights, (total, by) => {
        const parts = apportion(total, by);
        const whole = sum(by);
        if (whole === 0n) return expect(parts).toBeNull();
        expect(sum(parts ?? [])).toBe(total);
        for (const [at, part] of (parts ?? []).entries()) {
          const off = part * whole - total * (by[at] ?? 0n);
          expect(off < 0n ? -off : off).toBeLessThan(whole);
          if (by[at] === 0n) expect(part).toBe(0n);
        }
      }),
    );
  });

  it('gives no more to a smaller weight', () => {
    fc.assert(
      fc.property(
        amounts.map((a) => (a < 0n ? -a : a)),
        weights,
        (total, by) => {
          const parts = apportion(total, by) ?? [];
          for (const [i, a] of by.entries())
            for (const [j, b] of by.entries()) if (a > b) expect(parts[i]).toBeGreaterThanOrEqual(parts[j] ?? 0n);
        },
      ),
    );
  });

  it('answers a reversal with the parts of the original, negated', () => {
    fc.assert(
      fc.property(amounts, weights, (total, by) => {
        expect(apportion(-total, by)).toEqual(apportion(total, by)?.map((part) => -part) ?? null);
      }),
    );
  });
});

describe('spreadOutlay', () => {
  it('comes to the amount in every grouping: cells, months, centers', () => {
    fc.assert(
      fc.property(amounts, spans, shares, (amount, span, centers) => {
        const cells = spreadOutlay({ amount, ...span, centers });
        expect(sum(cells.map((cell) => cell.amount))).toBe(amount);
        const alone = spreadOutlay({ amount, ...span, centers: [] });
        for (const [month, of] of Map.groupBy(cells, (cell) => cell.month))
          expect(sum(of.map((cell) => cell.amount))).toBe(alone.find((cell) => cell.month === month)?.amount);
        const centersSum = [...Map.groupBy(cells, (cell) => cell.centerId).values()].map((of) =>
          sum(of.map((cell) => cell.amount)),
        );
        expect(sum(centersSum)).toBe(amount);
      }),
    );
  });

  it('depends on no order of the centers', () => {
    fc.assert(
      fc.property(amounts, spans, shares, (amount, span, centers) => {
        expect(spreadOutlay({ amount, ...span, centers: centers.toReversed() })).toEqual(
          spreadOutlay({ amount, ...span, centers }),
        );
      }),
    );
  });

  it('nets to nothing in each month and center where a payment is reversed', () => {
    fc.assert(
      fc.property(amounts, spans, shares, (amount, span, centers) => {
        const both = [amount, -amount].flatMap((one) => spreadOutlay({ amount: one, ...span, centers }));
        for (const of of Map.groupBy(both, ({ month, centerId }) => `${month} ${centerId}`).values())
          expect(sum(of.map((cell) => cell.amount))).toBe(0n);
      }),
    );
  });

  // opencost/opencost#883: all weights zero, and the cost disappears.
  it('shows as unallocated what no center has a weight for', () => {
    const centers = [
      { centerId: 'a', weight: 0 },
      { centerId: 'b', weight: 0 },
    ];
    expect(spreadOutlay({ amount: 100n, from: '2026-01-01', to: '2026-02-01', centers })).toEqual([
      { month: '2026-01', centerId: null, amount: 100n },
    ]);
  });

  it('goes by days: a leap February has 29, a part of a month its own', () => {
    expect(spreadOutlay({ amount: 60n, from: '2028-01-01', to: '2028-03-01', centers: [] })).toEqual([
      { month: '2028-01', centerId: null, amount: 31n },
      { month: '2028-02', centerId: null, amount: 29n },
    ]);
    expect(daysByMonth('2026-01-31', '2026-03-02')).toEqual([
      { month: '2026-01', days: 1n },
      { month: '2026-02', days: 28n },
      { month: '2026-03', days: 1n },
    ]);
  });
});

describe('an owned asset', () => {
  const terms = fc
    .record({
      cost: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      keeps: fc.integer({ min: 0, max: 100 }),
      lifeMonths: fc.integer({ min: 1, max: 360 }),
    })
    .map(({ cost, keeps, lifeMonths }) => ({
      ...{ cost, lifeMonths, depreciatesFrom: '2026-03', residual: (cost * BigInt(keeps)) / 100n },
    }));

  it('is written off to its residual value, to the fen, in a straight line', () => {
    fc.assert(
      fc.property(terms, (asset) => {
        const parts = [...depreciationOf(asset).values()];
        expect(parts).toHaveLength(asset.lifeMonths);
        expect(sum(parts)).toBe(asset.cost - asset.residual);
        const [least, most] = [parts.at(-1) ?? 0n, parts[0] ?? 0n];
        expect(most - least).toBeLessThanOrEqual(1n);
      }),
    );
  });

  it('costs nothing before its month, and is worth its residual value after its last', () => {
    fc.assert(
      fc.property(terms, (asset) => {
        expect(costsOfAsset(asset, [{ from: '2026-03', maintenance: 5n, power: 7n }], ['2026-02'])).toEqual([]);
        expect(assetMonth(asset, [], '2099-01').netValue).toBe(asset.residual);
        expect(assetMonth(asset, [], '2026-02').netValue).toBe(asset.cost);
      }),
    );
  });

  it('takes the upkeep of each month from what held then, and goes on with it once written off', () => {
    const asset = { cost: 1_000n, residual: 0n, depreciatesFrom: '2026-01', lifeMonths: 2 };
    const upkeeps = [
      { from: '2026-03', maintenance: 20n, power: 0n },
      { from: '2026-01', maintenance: 10n, power: 3n },
    ];
    expect(costsOfAsset(asset, upkeeps, ['2026-02', '2026-03'])).toEqual([
      { month: '2026-02', cost: 'DEPRECIATION', amount: 500n },
      { month: '2026-02', cost: 'MAINTENANCE', amount: 10n },
      { month: '2026-02', cost: 'POWER', amount: 3n },
      { month: '2026-03', cost: 'MAINTENANCE', amount: 20n },
    ]);
  });

  it('is refused with the field that is wrong', () => {
    const wrong = checkAsset({
      ...{ code: '资产', name: ' ', acquiredOn: '2026-02-30', cost: 0n, residual: 1n, lifeMonths: 0 },
      ...{ maintenance: -1n, power: 0n },
    });
    expect(wrong.map(({ path }) => path[0])).toEqual([
      'code',
      'name',
      'acquiredOn',
      'cost',
      'residual',
      'lifeMonths',
      'maintenance',
    ]);
  });
});

describe('a unified social credit code', () => {
  // Of public registers: 腾讯 and 华为技术有限公司.
  it.each(['91440300708461136T', '914403001922038216'])('%s has its right check digit', (code) => {
    expect(isCreditCode(code)).toBe(true);
  });

  it('is refused when any one sign is another', () => {
    const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const body = fc.array(fc.constantFrom(...signs), { minLength: 17, maxLength: 17 }).map((some) => some.join(''));
    fc.assert(
      fc.property(body, fc.nat(17), fc.constantFrom(...signs), (seventeen, at, other) => {
        const code = `${seventeen}${checkSignOf(seventeen)}`;
        expect(isCreditCode(code)).toBe(true);
        fc.pre(code[at] !== other);
        expect(isCreditCode(`${code.slice(0, at)}${other}${code.slice(at + 1)}`)).toBe(false);
      }),
    );
  });

  it('is refused where it has a sign that these codes leave out, and says which field', () => {
    expect(isCreditCode('9144030070846113OT')).toBe(false);
    const wrong = checkSupplier({ creditCode: '914403001922038217', name: '', contact: '', phone: '' });
    expect(wrong.map(({ path, rule }) => [path[0], rule])).toEqual([
      ['creditCode', 'creditCode'],
      ['name', 'length'],
    ]);
  });
});

const CONTRACT: ContractTerms = {
  ...{ number: '合-1', name: '云平台服务', kind: 'CLOUD_PLATFORM', currency: 'CNY', ceiling: 1_200_000_00n },
  ...{ from: '2026-01-01', to: '2027-01-01', note: '', services: [], shares: [], instalments: [], assessment: null },
};
const refusedOf = (more: Partial<ContractTerms>) =>
  checkContract({ ...CONTRACT, ...more }).map(({ path, rule }) => `${path.join('.')} ${rule}`);

describe('a contract', () => {
  it('is as it is', () => expect(checkContract(CONTRACT)).toEqual([]));

  it.each<[string, Partial<ContractTerms>, string[]]>([
    ['another currency', { currency: 'USD' }, ['currency currency']],
    [
      'a price with seven decimals',
      { services: [{ name: 'vCPU', unit: '核·月', unitPrice: '1.0000001' }] },
      ['services.0.unitPrice unitPrice'],
    ],
    ['a negative price', { services: [{ name: 'a', unit: 'b', unitPrice: '-1' }] }, ['services.0.unitPrice unitPrice']],
    ['no ceiling', { ceiling: 0n }, ['ceiling range']],
    ['an end before its beginning', { to: '2025-12-31' }, ['to period']],
    [
      'a plan that comes to more than the ceiling',
      { instalments: [{ dueOn: '2026-06-30', amount: 1_200_000_01n, condition: '验收后' }] },
      ['instalments ceiling'],
    ],
    [
      'one center twice',
      {
        shares: [
          { centerId: 'a', weight: 1 },
          { centerId: 'a', weight: -1 },
        ],
      },
      ['shares.1.weight range', 'shares.1.centerId unique'],
    ],
    [
      'bands that go up',
      {
        assessment: {
          bands: [
            { below: 9_900, deduct: 500 },
            { below: 9_950, deduct: 1_000 },
          ],
          cap: 10_001,
        },
      },
      ['assessment.cap range', 'assessment.bands.1 order'],
    ],
  ])('is refused with %s', (_what, more, expected) => {
    expect(refusedOf(more)).toEqual(expected);
  });
});

describe('what is entered of a contract', () => {
  it('has evidence where it was accepted, a voucher where it was paid, a reason where it is reversed', () => {
    const common = { onDate: '2026-03-31', note: '' };
    expect(checkAcceptance({ ...common, amount: 1n, fileCount: 0 }).map(({ path }) => path[0])).toEqual(['fileIds']);
    const payment = { ...common, amount: 0n, voucher: ' ', from: '2026-02-01', to: '2026-02-01' };
    expect(checkPayment(payment).map(({ path }) => path[0])).toEqual(['amount', 'voucher', 'to']);
    expect(checkReversal({ ...common, payment: true, voucher: null }).map(({ path }) => path[0])).toEqual([
      'note',
      'voucher',
    ]);
  });

  it('is confirmed by another, once', () => {
    const entered = { state: 'ENTERED', version: 1, enteredById: 'a' } as const;
    expect(decideSpend('a', entered, 'CONFIRM', 1)).toMatchObject({ error: [{ reason: 'OWN_ENTRY' }] });
    expect(decideSpend('b', entered, 'CONFIRM', 2)).toMatchObject({ error: [{ code: 'VERSION_CONFLICT' }] });
    expect(decideSpend('b', entered, 'CONFIRM', 1)).toMatchObject({ value: 'CONFIRMED' });
    expect(decideSpend('a', entered, 'WITHDRAW', 1)).toMatchObject({ value: 'WITHDRAWN' });
    expect(decideSpend('b', { ...entered, state: 'CONFIRMED' }, 'WITHDRAW', 1)).toMatchObject({
      error: [{ code: 'ILLEGAL_TRANSITION' }],
    });
  });
});

describe("a contract's figures", () => {
  type Step = { kind: 'ACCEPTANCE' | 'DEDUCTION' | 'PAYMENT'; amount: bigint; moment: EntryMoment };
  const none = { advanced: 0n, advanceLimit: 0n };
  const start: ContractFigures = { ceiling: 1_000n, accepted: 0n, deducted: 0n, claimed: 0n, paid: 0n, ...none };
  const apply = (now: ContractFigures, { kind, amount, moment }: Step): ContractFigures => {
    const move = moveOf(kind, amount, moment);
    if (boundInTheWay(now, move, 'amount')) return now;
    return {
      ...now,
      accepted: now.accepted + move.accepted,
      deducted: now.deducted + move.deducted,
      claimed: now.claimed + move.claimed,
      paid: now.paid + move.paid,
    };
  };

  it('never pay more than was accepted less deducted, nor more than the ceiling, whatever comes', () => {
    const steps = fc.array(
      fc.record({
        kind: fc.constantFrom('ACCEPTANCE' as const, 'DEDUCTION' as const, 'PAYMENT' as const),
        amount: fc.bigInt({ min: -600n, max: 600n }).filter((amount) => amount !== 0n),
        moment: fc.constantFrom('ENTER' as const, 'CONFIRM' as const, 'WITHDRAW' as const),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const { ceiling, accepted, deducted, claimed, paid } = all.reduce(apply, start);
        expect(paid).toBeGreaterThanOrEqual(0n);
        expect(claimed).toBeGreaterThanOrEqual(paid);
        expect(accepted - deducted).toBeGreaterThanOrEqual(claimed);
        expect(ceiling).toBeGreaterThanOrEqual(accepted);
      }),
    );
  });

  it('are what they were once an entry and its reversal are both confirmed', () => {
    const accepted = apply(start, { kind: 'ACCEPTANCE', amount: 900n, moment: 'CONFIRM' });
    const both: Step[] = [
      { kind: 'PAYMENT', amount: 400n, moment: 'ENTER' },
      { kind: 'PAYMENT', amount: 400n, moment: 'CONFIRM' },
      { kind: 'PAYMENT', amount: -400n, moment: 'ENTER' },
      { kind: 'PAYMENT', amount: -400n, moment: 'CONFIRM' },
    ];
    expect(both.reduce(apply, accepted)).toEqual(accepted);
    const all: Step[] = [
      ...both,
      { kind: 'DEDUCTION', amount: 10n, moment: 'CONFIRM' },
      { kind: 'DEDUCTION', amount: -10n, moment: 'CONFIRM' },
      { kind: 'ACCEPTANCE', amount: -900n, moment: 'CONFIRM' },
    ];
    expect(all.reduce(apply, accepted)).toEqual(start);
  });

  it('say in figures what is in the way', () => {
    const now = { ceiling: 100_00n, accepted: 50_00n, deducted: 5_00n, claimed: 40_00n, paid: 40_00n, ...none };
    expect(boundInTheWay(now, moveOf('PAYMENT', 5_01n, 'ENTER'), 'amount')).toMatchObject({
      ...{ path: ['amount'], rule: 'accepted' },
      message: { zh: expect.stringContaining('还能付 5.00 元') },
    });
    expect(boundInTheWay(now, moveOf('ACCEPTANCE', 50_01n, 'CONFIRM'), '')).toMatchObject({ rule: 'ceiling' });
    expect(boundInTheWay(now, moveOf('DEDUCTION', 5_01n, 'CONFIRM'), '')).toMatchObject({ rule: 'accepted' });
  });
});

describe('an assessment', () => {
  const rule = {
    bands: [
      { below: 9_995, deduct: 500 },
      { below: 9_900, deduct: 1_500 },
    ],
    cap: 1_000,
  };

  it('takes the share of the lowest band that was missed, at most the cap', () => {
    const of = (downMinutes: number, excusedMinutes = 0) =>
      assess({ month: '2026-04', downMinutes, excusedMinutes }, 100_000n, '2026-01', rule);
    // 43,200 minutes: 21.6 of them are 0.05 %.
    expect(of(21)).toMatchObject({ availability: 9_995, share: 0, deduction: 0n });
    expect(of(22)).toMatchObject({ availability: 9_994, share: 500, deduction: 5_000n });
    expect(of(622, 600)).toMatchObject({ share: 500 });
    expect(of(433)).toMatchObject({ share: 1_000, deduction: 10_000n });
  });

  it('deducts no less for more minutes, and is reckoned again from its evidence', () => {
    const minutes = fc.integer({ min: 0, max: 43_200 });
    fc.assert(
      fc.property(minutes, minutes, fc.bigInt({ min: 0n, max: 10n ** 11n }), (a, b, fee) => {
        const of = (downMinutes: number) =>
          assess({ month: '2026-04', downMinutes, excusedMinutes: 0 }, fee, '2026-01', rule);
        expect(of(Math.max(a, b)).deduction).toBeGreaterThanOrEqual(of(Math.min(a, b)).deduction);
        const { month, downMinutes, excusedMinutes, ruleFrom, rule: kept, ...made } = of(a);
        expect(assess({ month, downMinutes, excusedMinutes }, made.fee, ruleFrom, kept, made.room)).toEqual(of(a));
      }),
    );
  });

  it("has the month's own minutes, and its part of the ceiling", () => {
    expect([minutesOfMonth('2026-02'), minutesOfMonth('2028-02')]).toEqual([40_320, 41_760]);
    const period = { ceiling: 365_00n, from: '2026-01-01', to: '2027-01-01' };
    expect(feeOfMonth(period, '2026-02')).toBe(28_00n);
    expect(feeOfMonth(period, '2027-01')).toBe(0n);
  });

  it('is refused outside the contract, and with more minutes than the month has', () => {
    const period = { fromDate: '2026-01-01', toDate: '2027-01-01' };
    const of = (month: string, downMinutes: number, excusedMinutes: number) =>
      checkMeasured({ month, downMinutes, excusedMinutes }, period).map(({ path }) => path[0]);
    expect(of('2027-01', 1, 0)).toEqual(['month']);
    expect(of('2026-13', 1, 0)).toEqual(['month']);
    expect(of('2026-02', 40_321, 40_322)).toEqual(['downMinutes', 'excusedMinutes']);
    expect(of('2026-12', 0, 0)).toEqual([]);
  });
});

describe('reconciliation', () => {
  const cells = fc.record({
    month: fc.constantFrom('2026-01', '2026-02', '2026-03'),
    centerId: fc.constantFrom('a', 'b', null),
    amount: amounts,
  });
  const used = fc.record({
    month: fc.constantFrom('2026-01', '2026-02', '2026-03'),
    centerId: fc.constantFrom('a', 'b', null),
    accounted: amounts,
    cities: amounts,
    vcpuSeconds: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    secondsOfMonth: fc.constant(2_592_000n),
  });

  it('is spend = accounted + unallocated, to the fen, in each cell and in every sum of them', () => {
    fc.assert(
      fc.property(fc.array(cells), fc.array(used), fc.array(cells), (spend, accounted, explained) => {
        const made = reconcile({ spend, accounted, explained });
        const whole = sumOfCells({ month: '', centerId: null }, made);
        for (const cell of [...made, whole]) {
          expect(cell.accounted + cell.unallocated).toBe(cell.spend);
          expect(cell.cities + cell.explained + cell.unexplained).toBe(cell.unallocated);
        }
        // Nothing of either side is lost.
        expect(whole.spend).toBe(sum(spend.map(({ amount }) => amount)));
        expect(whole.accounted).toBe(sum(accounted.map((one) => one.accounted)));
        expect(whole.cities).toBe(sum(accounted.map((one) => one.cities)));
        expect(whole.explained).toBe(sum(explained.map(({ amount }) => amount)));
        const keys = made.map(({ month, centerId }) => `${month} ${centerId}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('says what a vCPU-month costs from both sides, and nothing where none was sold', () => {
    const vcpuMonths = vcpuMonthsOf({ vcpuSeconds: 2_592_000n * 3n, secondsOfMonth: 2_592_000n });
    expect(vcpuMonths).toBe(3_000_000n);
    expect(unitCostOf(100n, vcpuMonths)).toBe(33n);
    expect(unitCostOf(-101n, 2_000_000n)).toBe(-51n);
    expect(unitCostOf(100n, 0n)).toBeNull();
  });
});
