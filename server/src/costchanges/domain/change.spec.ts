import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plus, type Rational } from '../../../../test/support/rating-oracle.js';
import {
  type Month,
  monthAfter,
  type Proration,
  spanOfMonth,
  wholePortion,
} from '../../accounting/domain/accounting-units.js';
import { PriceBook } from '../../accounting/domain/price-book.js';
import { rateMonth, type UsedInterval } from '../../accounting/domain/rating.js';
import { addDays } from '../../kernel/calendar.js';
import { parseUnitPrice } from '../../kernel/money.js';
import { UNIT_PERIODS, type UnitPeriod } from '../../pricing/domain/price-item.js';
import type { PriceTier } from '../../pricing/domain/price-tiers.js';
import type { PriceVersion } from '../../pricing/domain/price-version.js';
import {
  CHANGE_PARTS,
  type ChangePart,
  type ChargedUseLine,
  type CostOwner,
  changeOfUse,
  type OwnerChange,
  type UseInMonth,
} from './change.js';

const DAY = 86_400_000;
const OWNER: CostOwner = {
  ...{ cityId: null, departmentId: 'd', systemId: 's', projectId: 'p', centerId: 'c', kind: 'MACHINE', share: 'MAIN' },
};
const METERS = ['VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD'] as const;

interface Had {
  readonly meter: string;
  readonly intervals: readonly UsedInterval[];
}
interface Priced {
  readonly period: UnitPeriod;
  readonly versions: readonly PriceVersion[];
}

const versionOf = (yuan: string, from: string, to: string | null, tiers: readonly PriceTier[] = []): PriceVersion => ({
  ...{ id: `${from} ${yuan}`, itemId: 'i', centerId: null, architecture: null, from, to },
  ...{ kind: 'STANDARD', price: parseUnitPrice(yuan), listPrice: null, synthetic: true, reason: '', tiers },
});

/** What rating says of a use in a month; a line that is `suspended` is not charged. */
function monthOf(
  had: readonly Had[],
  { period, versions }: Priced,
  month: Month,
  { rule = 'BY_DAY' as Proration, until = Number.POSITIVE_INFINITY, more = {} as Partial<ChargedUseLine> } = {},
): UseInMonth {
  const lines = had.flatMap(({ intervals, meter }) => {
    const prices = new PriceBook([{ meter, period, versions }]).lineOf(meter, null, null);
    return rateMonth(meter, intervals, month, until, prices, { rule, sameUnitMinimum: 'ONE_UNIT' }).map(
      (line): ChargedUseLine => ({
        ...{ ...OWNER, ...more, meter },
        use: {
          quantity: line.quantity,
          portion: line.portion,
          period: line.period,
          price: line.version?.price ?? null,
          versionId: line.version?.id ?? null,
          tier: line.tier,
        },
        amount: line.amount ?? 0n,
      }),
    );
  });
  return { lines, whole: (of) => wholePortion(rule, of, month, until) };
}

const at = (month: Month, days: number) => spanOfMonth(month).from + days * DAY;
const always = (quantity: bigint): UsedInterval[] => [
  { from: at('2020-01', 0), to: Number.POSITIVE_INFINITY, quantity, suspended: false },
];
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);
const charged = ({ lines }: UseInMonth) => sum(lines.map(({ amount }) => amount));
const partsOf = (changes: readonly OwnerChange[]) =>
  Object.fromEntries(CHANGE_PARTS.map((part) => [part, sum(changes.map(({ parts }) => parts[part]))])) as Record<
    ChangePart,
    bigint
  >;
/** Parts that are not nothing. */
const moved = (before: UseInMonth, after: UseInMonth) =>
  Object.fromEntries(Object.entries(partsOf(changeOfUse(before, after))).filter(([, amount]) => amount !== 0n));

const months = fc.constantFrom('2026-01', '2026-02', '2026-11', '2026-12', '2027-02', '2028-02');
const yuan = fc.integer({ min: 0, max: 99_999_999 }).map((n) => (n / 1e5).toFixed(5));
/** Intervals about two months: whole lives, gaps, sizes that change within a day, lives of some hours. */
const chain = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 1, max: 900 }),
      quantity: fc.bigInt(1n, 4096n),
      gap: fc.integer({ min: 0, max: 4 }),
      suspended: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((steps) =>
    fc.record({ steps: fc.constant(steps), begins: fc.integer({ min: -200, max: 1_300 }), goesOn: fc.boolean() }),
  );
const intervalsOf = (
  month: Month,
  {
    begins,
    goesOn,
    steps,
  }: {
    begins: number;
    goesOn: boolean;
    steps: readonly { hours: number; quantity: bigint; gap: number; suspended: boolean }[];
  },
) => {
  let from = spanOfMonth(month).from + begins * 3_600_000;
  return steps.map(({ gap, hours, quantity, suspended }, index): UsedInterval => {
    const to = from + hours * 3_600_000;
    const open = goesOn && index === steps.length - 1;
    const interval = { from, to: open ? Number.POSITIVE_INFINITY : to, quantity, suspended };
    from = to + (gap === 4 ? 30 * 3_600_000 : 0);
    return interval;
  });
};
const priced = fc.record({
  period: fc.constantFrom(...UNIT_PERIODS),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 58 }), { maxLength: 3 }),
  prices: fc.array(yuan, { minLength: 4, maxLength: 4 }),
  /** Nothing has a price in the first stretch. */
  gap: fc.boolean(),
  /** Of every second stretch. */
  tiers: fc
    .uniqueArray(fc.bigInt(1n, 3_000n), { maxLength: 3 })
    .map((bounds): PriceTier[] =>
      bounds.toSorted((a, b) => (a < b ? -1 : 1)).map((from, index) => ({ from, price: BigInt(index * 7_310_001) })),
    ),
});
const bookOf = (
  month: Month,
  {
    days,
    gap,
    period,
    prices,
    tiers,
  }: {
    period: UnitPeriod;
    days: readonly number[];
    prices: readonly string[];
    gap: boolean;
    tiers: readonly PriceTier[];
  },
): Priced => {
  const cuts = [...days].sort((a, b) => a - b).map((day) => addDays(`${month}-01`, day));
  const starts = ['2020-01-01', ...cuts];
  const versions = starts.map((from, index) =>
    versionOf(prices[index] as string, from, starts[index + 1] ?? null, index % 2 === 0 ? tiers : []),
  );
  return { period, versions: gap && versions.length > 1 ? versions.slice(1) : versions };
};

describe('what changed from one month to the next', () => {
  it('adds up to the fen, whatever changed: owners, sizes, prices, rules, disputes and corrections (rest = 0)', () => {
    const owners = fc.constantFrom(
      {},
      { departmentId: 'e' },
      { systemId: 't', centerId: null },
      { share: 'RECOVERY' as const },
    );
    const corrections = fc.array(
      fc.record({ amount: fc.bigInt(-10_000_000n, 10_000_000n), departmentId: fc.constantFrom('d', 'e') }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(
        months,
        fc.array(chain, { minLength: 1, maxLength: 3 }),
        priced,
        fc.constantFrom<Proration>('BY_DAY', 'BY_HALF_MONTH', 'BY_MONTH', 'BY_SECOND'),
        fc.tuple(owners, owners),
        fc.tuple(corrections, corrections),
        fc.option(fc.integer({ min: 1, max: 27 }), { nil: null }),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (month, chains, some, rule, [ownerBefore, ownerAfter], [was, is], runs, disputed) => {
          const had = chains.map((one, index) => ({
            meter: METERS[index] as string,
            intervals: intervalsOf(month, one),
          }));
          const book = bookOf(month, some);
          const next = monthAfter(month);
          const until = runs === null ? Number.POSITIVE_INFINITY : at(next, runs);
          const withMore = (of: UseInMonth, more: typeof was, offset: number): UseInMonth => ({
            ...of,
            lines: [
              ...of.lines.map((line, index) => (disputed[(index + offset) % 8] ? { ...line, amount: 0n } : line)),
              ...more.map((one) => ({ ...OWNER, ...one, meter: 'VCPU', use: null })),
            ],
          });
          const before = withMore(monthOf(had, book, month, { rule, more: ownerBefore }), was, 0);
          const after = withMore(monthOf(had, book, next, { rule, until, more: ownerAfter }), is, 3);
          const changes = changeOfUse(before, after);
          for (const change of changes) expect(sum(Object.values(change.parts))).toBe(change.after - change.before);
          // Lines that a plain sum finds of each department, told by nothing of what is tested.
          for (const departmentId of ['d', 'e']) {
            const of = ({ lines }: UseInMonth) =>
              sum(lines.filter((line) => line.departmentId === departmentId).map(({ amount }) => amount));
            const mine = changes.filter(({ owner }) => owner.departmentId === departmentId);
            expect(sum(mine.map((one) => one.after - one.before))).toBe(of(after) - of(before));
          }
          expect(partsOf(changes).MOVED).toBe(0n);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('divides it as reckoning by hand does: each part within the rounding of its lines (independent oracle)', () => {
    const one = fc.record({ q: fc.tuple(fc.bigInt(1n, 512n), fc.bigInt(1n, 512n)), u: fc.tuple(yuan, yuan) });
    fc.assert(
      fc.property(
        months,
        fc.array(one, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 27 }),
        fc.integer({ min: 1, max: 28 }),
        (month, meters, missed, days) => {
          const next = monthAfter(month);
          const daysOf = (of: Month) => (spanOfMonth(of).to - spanOfMonth(of).from) / DAY;
          const stood = { before: daysOf(month) - missed, after: Math.min(days, daysOf(next)) };
          const side = (which: 0 | 1) =>
            meters.flatMap(({ q, u }, index): ChargedUseLine[] => {
              const [of, from, to] =
                which === 0
                  ? [month, at(month, missed), at(month, daysOf(month))]
                  : [next, at(next, 0), at(next, stood.after)];
              const had = [
                { meter: METERS[index] as string, intervals: [{ from, to, quantity: q[which], suspended: false }] },
              ];
              return [
                ...monthOf(had, { period: 'MONTH', versions: [versionOf(u[which], '2020-01-01', null)] }, of).lines,
              ];
            });
          const whole = (of: Month) => (period: UnitPeriod) =>
            wholePortion('BY_DAY', period, of, Number.POSITIVE_INFINITY);
          const parts = partsOf(
            changeOfUse({ lines: side(0), whole: whole(month) }, { lines: side(1), whole: whole(next) }),
          );
          // Price × size × part of the month, by whole numbers: fen are a ten-thousandth of a millionth of a yuan.
          const zero: Rational = { n: 0n, d: 1n };
          const expected = { presence: zero, RESIZED: zero, PRICE: zero };
          for (const [index, { q, u }] of meters.entries()) {
            const per = 10_000n * (METERS[index] === 'MEMORY_GIB' ? 1_024n : 1n);
            const [u0, u1] = [parseUnitPrice(u[0]), parseUnitPrice(u[1])];
            const [n0, d0] = [BigInt(stood.before), BigInt(daysOf(month))];
            const [n1, d1] = [BigInt(stood.after), BigInt(daysOf(next))];
            expected.presence = plus(expected.presence, { n: u0 * q[0] * (n1 * d0 - n0 * d1), d: per * d0 * d1 });
            expected.RESIZED = plus(expected.RESIZED, { n: u0 * (q[1] - q[0]) * n1, d: per * d1 });
            expected.PRICE = plus(expected.PRICE, { n: (u1 - u0) * q[1] * n1, d: per * d1 });
          }
          const near = (amount: bigint, { d, n }: Rational) => {
            const off = amount * d - n;
            // Two roundings of half a fen a meter, and what the last step takes of the lines' own.
            return (off < 0n ? -off : off) <= d * 2n * BigInt(meters.length);
          };
          expect(near(parts.NEW + parts.RELEASED, expected.presence)).toBe(true);
          expect(near(parts.RESIZED, expected.RESIZED)).toBe(true);
          expect(near(parts.PRICE, expected.PRICE)).toBe(true);
          expect([parts.DAYS, parts.MOVED, parts.CORRECTION]).toEqual([0n, 0n, 0n]);
          expect(parts.NEW === 0n || parts.RELEASED === 0n).toBe(true);
        },
      ),
    );
  });

  it('has no part in it that did not happen', () => {
    const price = { period: 'MONTH', versions: [versionOf('30', '2020-01-01', null)] } as const;
    const dearer = {
      period: 'MONTH',
      versions: [versionOf('30', '2020-01-01', '2026-03-01'), versionOf('45', '2026-03-01', null)],
    } as const;
    const of = (intervals: readonly UsedInterval[], month: Month, book: Priced = price) =>
      monthOf([{ meter: 'VCPU', intervals }], book, month);
    const steady = always(4n);
    // A month's price is a month's price, in February as in March.
    expect(changeOfUse(of(steady, '2026-02'), of(steady, '2026-03'))).toEqual([]);
    expect(moved(of(steady, '2026-02'), of(steady, '2026-03', dearer))).toEqual({ PRICE: 6_000n });
    expect(moved(of([], '2026-02'), of(steady, '2026-03'))).toEqual({ NEW: 12_000n });
    expect(moved(of(steady, '2026-02'), of([], '2026-03'))).toEqual({ RELEASED: -12_000n });
    // Delivered in the middle of February: the other half is new in March.
    const late = [{ from: at('2026-02', 14), to: Number.POSITIVE_INFINITY, quantity: 4n, suspended: false }];
    expect(moved(of(late, '2026-02'), of(late, '2026-03'))).toEqual({ NEW: 6_000n });
    const grown = [
      { from: at('2026-01', 0), to: at('2026-03', 0), quantity: 4n, suspended: false },
      { from: at('2026-03', 0), to: Number.POSITIVE_INFINITY, quantity: 6n, suspended: false },
    ];
    expect(moved(of(grown, '2026-02'), of(grown, '2026-03'))).toEqual({ RESIZED: 6_000n });
  });

  it('calls a month that is not over days, and nothing released', () => {
    const price = { period: 'MONTH', versions: [versionOf('31', '2020-01-01', null)] } as const;
    const had = [{ meter: 'VCPU', intervals: always(1n) }];
    const running = monthOf(had, price, '2026-03', { until: at('2026-03', 10) });
    expect(moved(monthOf(had, price, '2026-02'), running)).toEqual({ DAYS: -2_100n });
    const byDay = { period: 'DAY', versions: [versionOf('1', '2020-01-01', null)] } as const;
    expect(moved(monthOf(had, byDay, '2026-02'), monthOf(had, byDay, '2026-03'))).toEqual({ DAYS: 300n });
  });

  it('calls a disk that came to a machine a size, and a price that was missing a price', () => {
    const price = { period: 'MONTH', versions: [versionOf('30', '2020-01-01', null)] } as const;
    const machine = { meter: 'VCPU', intervals: always(2n) };
    const disk = {
      meter: 'STORAGE_GIB_SSD',
      intervals: [{ from: at('2026-02', 14), to: Number.POSITIVE_INFINITY, quantity: 1n, suspended: false }],
    };
    expect(moved(monthOf([machine], price, '2026-01'), monthOf([machine, disk], price, '2026-02'))).toEqual({
      RESIZED: 1_500n,
    });
    expect(moved(monthOf([machine, disk], price, '2026-02'), monthOf([machine, disk], price, '2026-03'))).toEqual({
      RESIZED: 1_500n,
    });
    const none = { period: 'MONTH', versions: [versionOf('30', '2026-02-01', null)] } as const;
    expect(moved(monthOf([machine], none, '2026-01'), monthOf([machine], none, '2026-02'))).toEqual({ PRICE: 6_000n });
  });

  it('carries a use over that went into other hands, and shows what else changed to whoever has it now', () => {
    const [price, dearer] = ['30', '40'].map((u) => ({
      period: 'MONTH' as const,
      versions: [versionOf(u, '2020-01-01', null)],
    }));
    const had = [{ meter: 'VCPU', intervals: always(1n) }];
    const changes = changeOfUse(
      monthOf(had, price as Priced, '2026-01', { more: { departmentId: 'd' } }),
      monthOf(had, dearer as Priced, '2026-02', { more: { departmentId: 'e' } }),
    );
    expect(
      changes.map(({ after, before, owner, parts }) => [owner.departmentId, before, after, parts.MOVED, parts.PRICE]),
    ).toEqual([
      ['d', 3_000n, 0n, -3_000n, 0n],
      ['e', 0n, 4_000n, 3_000n, 1_000n],
    ]);
  });

  it('calls a line that is disputed, and one that is answered, a correction', () => {
    const price = { period: 'MONTH', versions: [versionOf('30', '2020-01-01', null)] } as const;
    const had = [{ meter: 'VCPU', intervals: always(1n) }];
    const [january, february] = ['2026-01', '2026-02'].map((month) => monthOf(had, price, month)) as [
      UseInMonth,
      UseInMonth,
    ];
    const suspended = { ...february, lines: february.lines.map((line) => ({ ...line, amount: 0n })) };
    expect(moved(january, suspended)).toEqual({ CORRECTION: -3_000n });
    expect(charged(suspended)).toBe(0n);
    const corrected = { ...february, lines: [...february.lines, { ...OWNER, meter: 'VCPU', use: null, amount: 500n }] };
    expect(moved(january, corrected)).toEqual({ CORRECTION: 500n });
  });
});

describe('a price by tiers', () => {
  const tiers: PriceTier[] = [{ from: 10n, price: parseUnitPrice('1') }];
  const book: Priced = { period: 'MONTH', versions: [versionOf('2', '2020-01-01', null, tiers)] };
  const of = (quantity: bigint, month: Month, priced: Priced = book) =>
    monthOf([{ meter: 'VCPU', intervals: always(quantity) }], priced, month);

  it('that nobody changed is no reason: what is cheaper or dearer above a bound is of the size that came there', () => {
    expect(moved(of(8n, '2026-09'), of(14n, '2026-10'))).toEqual({ RESIZED: 800n });
    expect(moved(of(14n, '2026-09'), of(8n, '2026-10'))).toEqual({ RESIZED: -800n });
    expect(moved(of(14n, '2026-09'), of(14n, '2026-10'))).toEqual({});
  });

  it('is there as long as its first tier, not once for each: half the month is half of all of it', () => {
    const half = [{ from: at('2026-09', 0), to: at('2026-10', 15) + DAY / 2, quantity: 14n, suspended: false }];
    const next = monthOf([{ meter: 'VCPU', intervals: half }], book, '2026-10');
    expect(Object.keys(moved(of(14n, '2026-09'), next))).toEqual(['RELEASED']);
  });

  it('is the reason where its table was changed: another bound is another price', () => {
    const other: Priced = {
      period: 'MONTH',
      versions: [
        versionOf('2', '2020-01-01', '2026-10-01', tiers),
        versionOf('2', '2026-10-01', null, [{ from: 12n, price: parseUnitPrice('1') }]),
      ],
    };
    expect(moved(of(14n, '2026-09'), of(14n, '2026-10', other))).toEqual({ PRICE: 200n });
  });
});

describe('a part of what is common', () => {
  /** So much of 100 weights of what a month is spread over, as `linesOfSpread` makes it; the fen beyond is of the remainder. */
  const part = (
    month: Month,
    weight: bigint,
    allFen: bigint,
    { beyond = 0n, until = Number.POSITIVE_INFINITY } = {},
  ): UseInMonth => ({
    lines: [
      {
        ...OWNER,
        ...{ kind: 'SHARED', meter: 'SHARED:network', amount: (allFen * weight) / 100n + beyond },
        use: {
          quantity: 1n,
          portion: { numerator: weight, denominator: 100n },
          period: 'MONTH',
          price: allFen * 10_000n,
          versionId: 'v',
          tier: 0,
        },
      },
    ],
    whole: (of) => wholePortion('BY_DAY', of, month, until),
  });

  it('that weighs more is more of it, and neither new nor here for longer', () => {
    expect(moved(part('2026-09', 30n, 1_000_00n), part('2026-10', 40n, 1_000_00n))).toEqual({ RESIZED: 100_00n });
    expect(moved(part('2026-09', 30n, 1_000_00n), part('2026-10', 15n, 1_200_00n))).toEqual({
      ...{ RESIZED: -150_00n, PRICE: 30_00n },
    });
  });

  it('of a month that still runs is less by the days that are missing, by nothing else', () => {
    // 15 of 31 days of 1,000 yuan.
    const half = part('2026-10', 30n, 483_87n, { until: at('2026-10', 15) });
    expect(moved(part('2026-09', 30n, 1_000_00n), half)).toEqual({ DAYS: 145_16n - 300_00n });
  });

  it('has its odd fen by the remainder, which is no correction', () => {
    expect(moved(part('2026-09', 33n, 1_01n, { beyond: 1n }), part('2026-10', 40n, 1_01n))).not.toHaveProperty(
      'CORRECTION',
    );
  });
});
