import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUnitPrice } from '../../kernel/money.js';
import { fenOfQuantity, partsOf, readTiers, TIERS_MAX, type TierRow } from './price-tiers.js';
import { quoteMachine, quoteMore, quoteUnits, type UnitPrice } from './quote.js';
import { readPrice } from './read-price.js';

const row = (from: string, to: string | null, unitPrice = '1'): TierRow => ({ from, to, unitPrice });
const faults = (rows: readonly TierRow[], meter = 'STORAGE_GIB_SSD') => {
  const read = readTiers(meter, rows);
  return read.ok ? [] : read.error.map(({ path, rule }) => `${path.join('.')} ${rule}`);
};
const table: UnitPrice[] = [
  {
    ...{ meter: 'STORAGE_GIB_SSD', centerId: null, architecture: null, synthetic: true, price: parseUnitPrice('0.65') },
    tiers: [
      { from: 100n, price: parseUnitPrice('0.5') },
      { from: 1_000n, price: parseUnitPrice('0.4') },
    ],
  },
  { meter: 'VCPU', centerId: null, architecture: null, synthetic: true, price: parseUnitPrice('30') },
  { meter: 'MEMORY_GIB', centerId: null, architecture: null, synthetic: true, price: parseUnitPrice('16') },
];

describe('a typed table of tiers', () => {
  it('is read as it is: the first tier is the price itself', () => {
    expect(readTiers('VCPU', [row('0', '10', '30'), row('10', '50', ' 25.5 '), row('50', '', '20')])).toEqual({
      ok: true,
      value: {
        price: 30_000_000n,
        tiers: [
          { from: 10n, price: 25_500_000n },
          { from: 50n, price: 20_000_000n },
        ],
      },
    });
  });

  it.each([
    ['a gap', [row('0', '10'), row('11', null)], ['tiers.1.from tierGap']],
    ['an overlap', [row('0', '10'), row('9', null)], ['tiers.1.from tierOverlap']],
    ['a first tier that does not begin at nothing', [row('1', '10'), row('10', null)], ['tiers.0.from tierGap']],
    ['no end of one in the middle', [row('0', null), row('10', null)], ['tiers.0.to tierEnd']],
    ['an end of the last', [row('0', '10'), row('10', '20')], ['tiers.1.to tierEnd']],
    ['a tier of nothing', [row('0', '0'), row('0', null)], ['tiers.0.to tierOrder']],
    ['bounds that go back', [row('0', '10'), row('10', '5'), row('5', null)], ['tiers.1.to tierOrder']],
    ['a bound below nothing', [row('0', '-5'), row('-5', null)], ['tiers.0.to tierBound', 'tiers.1.from tierBound']],
    ['a bound with decimals', [row('0', '1.5'), row('1.5', null)], ['tiers.0.to tierBound', 'tiers.1.from tierBound']],
    ['a price below nothing', [row('0', '10', '-1'), row('10', null)], ['tiers.0.unitPrice unitPrice']],
    ['a price with seven decimals', [row('0', '10'), row('10', null, '0.1234567')], ['tiers.1.unitPrice unitPrice']],
    ['one tier', [row('0', null)], ['tiers tierCount']],
    ['none', [], ['tiers tierCount']],
  ])('is refused with its row for %s', (_what, rows, expected) => {
    expect(faults(rows)).toEqual(expected);
  });

  it('is refused for more tiers than people read, and says everything that is wrong at once', () => {
    const many = Array.from({ length: TIERS_MAX + 1 }, (_, at) => row(`${at}`, at === TIERS_MAX ? null : `${at + 1}`));
    expect(faults(many)).toEqual(['tiers tierCount']);
    expect(faults([row('1', 'x', '-'), row('3', '4', 'y')])).toEqual([
      ...['tiers.0.from tierGap', 'tiers.0.to tierBound', 'tiers.0.unitPrice unitPrice'],
      ...['tiers.1.to tierEnd', 'tiers.1.unitPrice unitPrice'],
    ]);
  });

  it.each(['SERVER:kunpeng-2s', 'CABINET_WHOLE', 'ADDRESS'])('is refused for %s, of which each is one', (meter) => {
    expect(faults([row('0', '10'), row('10', null)], meter)).toEqual(['tiers tierUnreachable']);
  });

  it('stands beside no single price, and on nothing that is free', () => {
    const tiers = [row('0', '10'), row('10', null)];
    const rule = (wish: Parameters<typeof readPrice>[1]) => {
      const read = readPrice('VCPU', wish);
      return read.ok ? null : read.error.map((one) => one.rule);
    };
    expect(rule({ kind: 'STANDARD', unitPrice: '1', tiers })).toEqual(['priceOrTiers']);
    expect(rule({ kind: 'FREE', unitPrice: null, tiers })).toEqual(['tiersCharged']);
    expect(rule({ kind: 'STANDARD', unitPrice: null })).toEqual(['unitPrice']);
    expect(rule({ kind: 'STANDARD', unitPrice: null, tiers })).toBeNull();
    expect(rule({ kind: 'FREE', unitPrice: '1' })).toBeNull();
  });

  it('never reads a table that leaves a quantity out or in two tiers', () => {
    const bound = fc.oneof(fc.integer({ min: 0, max: 30 }).map(String), fc.constantFrom('', null, '-1', '07', '1e3'));
    const rows = fc.array(fc.record({ from: bound.map((one) => one ?? ''), to: bound, unitPrice: fc.constant('1') }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, (some) => {
        const read = readTiers('VCPU', some);
        if (!read.ok) return;
        const holds = (n: number) =>
          some.filter(({ from, to }) => Number(from) < n && (to === null || to === '' || n <= Number(to))).length;
        for (let n = 1; n <= 40; n++) expect(holds(n)).toBe(1);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a quote by tiers', () => {
  it('of a machine has each part of its disk at its tier, by resource: two disks are no bigger one', () => {
    const quote = (gib: number) =>
      quoteMachine(table, { architecture: 'ARM64', vcpu: 1, memoryMib: 1_024, disk: { tier: 'SSD', gib } });
    expect(quote(1_200)).toMatchObject({
      ok: true,
      value: { lines: [{ amount: 3_000n }, { amount: 1_600n }, { amount: 6_500n + 45_000n + 8_000n }] },
    });
    expect(quote(100)).toMatchObject({ ok: true, value: { monthly: 3_000n + 1_600n + 6_500n } });
  });

  it('of units is what every unit costs, and of more units the difference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 2_000 }), (already, more) => {
        const wish = { meter: 'STORAGE_GIB_SSD', centerId: null };
        const units = (count: number) => {
          const quote = quoteUnits(table, { ...wish, quantity: BigInt(count) });
          return quote.ok ? quote.value : -1n;
        };
        const parts = quoteMore(table, { ...wish, already, more });
        if (!parts.ok) throw new Error(parts.error.message.en);
        expect(parts.value.reduce((sum, { count }) => sum + count, 0)).toBe(more);
        expect(parts.value.reduce((sum, { count, eachFen }) => sum + BigInt(count) * eachFen, 0n)).toBe(
          units(already + more) - units(already),
        );
      }),
    );
  });

  it('that cost a part of a fen each are quoted as their lines will be, one by one or at once', () => {
    const parts = [
      { meter: 'BACKUP_GIB', centerId: null, architecture: null, synthetic: true, price: parseUnitPrice('0.085') },
    ].map((price): UnitPrice => ({ ...price, tiers: [{ from: 1_000n, price: parseUnitPrice('0.0033') }] }));
    const more = (already: number, count: number): bigint => {
      const quote = quoteMore(parts, { meter: 'BACKUP_GIB', already, more: count, centerId: null });
      if (!quote.ok) throw new Error(quote.error.message.en);
      return quote.value.reduce((sum, one) => sum + BigInt(one.count) * one.eachFen, 0n);
    };
    expect(more(0, 1_000)).toBe(85_00n);
    expect(more(1_000, 9_000)).toBe(29_70n);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), (already, count) => {
        expect(more(0, already) + more(already, count)).toBe(more(0, already + count));
      }),
    );
  });

  it('of nothing costs nothing, and a price without tiers is one part', () => {
    expect(partsOf({ price: 5n }, 0n)).toEqual([]);
    expect(partsOf({ price: 5n, tiers: [] }, 7n)).toEqual([{ tier: 0, quantity: 7n, price: 5n }]);
    expect(fenOfQuantity({ price: parseUnitPrice('0.005') }, 3n)).toBe(2n);
  });
});
