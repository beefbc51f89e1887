import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ASSUMPTION_KEYS,
  ASSUMPTIONS,
  type AssumptionKey,
  merged,
  nothingAssumed,
  parseValue,
  scaleOf,
  valuesOf,
  wrongAssumptions,
  wrongDraft,
} from './assumptions.js';
import { type ComparisonFacts, compare } from './comparison.js';
import { siteUses, type UsedUnits } from './site-use.js';

const EXAMPLE: { readonly [K in AssumptionKey]: string } = {
  ...{ HOST_VCPU: '64', HOST_MEMORY_GIB: '512', HOST_PRICE: '80000', HOST_POWER: '500', HOST_HEIGHT: '2' },
  ...{ SERVER_PRICE: '60000', SERVER_POWER: '400', SERVER_HEIGHT: '2' },
  ...{ ACCELERATOR_PRICE: '50000', ACCELERATOR_POWER: '300', NETWORK_PART: '10', LIFE: '5' },
  ...{ SSD_PRICE: '4000', HDD_PRICE: '1000', STORAGE_POWER: '20', STORAGE_HEIGHT: '10' },
  ...{ CABINET_RENT: '300', SPACE_POWER: '200', PUE: '1.5', ELECTRICITY: '0.65', SITE_LINE: '100000' },
  ...{ SOFTWARE_PRICE: '20000', SOFTWARE_SUPPORT: '15', MAINTENANCE: '3000', MAINTENANCE_PART: '5', WARRANTY: '3' },
  ...{ MACHINES_PER_PERSON: '40', PEOPLE_MIN: '0.5', PERSON_COST: '180000', RESERVE_PART: '20', HOSTS_MIN: '3' },
};
const contentOf = (values: { readonly [K in AssumptionKey]: string }) => ({
  assumptions: ASSUMPTION_KEYS.map((key) => ({ key, value: values[key], source: 'ASSUMED' as const, note: '测试' })),
});
const values = valuesOf(contentOf(EXAMPLE));

/** Seconds of thirty days: units × seconds are what metering tells. */
const MONTH = 2_592_000n;
const used = (centerId: string | null, units: Record<string, bigint>): UsedUnits[] =>
  Object.entries(units).map(([meter, unit]) => ({ centerId, meter, unitSeconds: unit * MONTH }));
const EXAMPLE_USE = used('a', {
  ...{ VCPU: 100n, MEMORY_GIB: 300n * 1_024n, STORAGE_GIB_SSD: 10n * 1_024n },
  ...{ 'SERVER:kunpeng-2s': 1n, CABINET_U: 8n, 'SERVICE:waf': 2n, ADDRESS: 3n },
});
const factsOf = (uses: readonly UsedUnits[], more: Partial<ComparisonFacts> = {}): ComparisonFacts => ({
  ...{ values, sites: siteUses(uses, MONTH), accounted: 6_000_000n, months: 3, years: 6 },
  ...more,
});

describe('building for oneself beside Jiyun', () => {
  it('comes to what a person reckons by hand', () => {
    // 2 hosts carry 100 vCPU, a cluster has 3 at least; six years of a life of five are two purchases, of which one is
    // maintained for the two years that are beyond its warranty of three.
    const found = compare(factsOf(EXAMPLE_USE));
    expect(Object.fromEntries(found.lines.map(({ amount, key }) => [key, amount]))).toEqual({
      ...{ HOSTS: 320_000_00n, STORAGE: 80_000_00n, SERVERS: 120_000_00n, ACCELERATORS: 0n },
      // A third host, and a fifth more storage.
      RESERVE: 176_000_00n,
      NETWORK: 69_600_00n,
      SOFTWARE: 174_000_00n,
      MAINTENANCE: 32_280_00n,
      // 3 × 2 U + 2 U + 1.2 U of storage + 4 U of its own.
      SPACE: 285_120_00n,
      // 2.94 kW × 1.5 × 8,760 h × 6 × 0.65 yuan.
      POWER: 150_663_24n,
      ...{ PEOPLE: 540_000_00n, SITE_LINES: 0n },
    });
    expect(found.selfBuild).toBe(1_947_663_24n);
    // 60,000 yuan in three months are 240,000 a year.
    expect(found.jiyun).toBe(1_440_000_00n);
    expect(found).toMatchObject({ savings: 507_663_24n, savingsPart: 2_607 });
    expect(found.byYear.at(-1)).toEqual({ year: 6, selfBuild: found.selfBuild, jiyun: found.jiyun });
    expect(found.lines.find(({ key }) => key === 'SPACE')?.terms).toEqual([
      { term: 'U', value: '13.2' },
      { term: 'YEARS', value: '6' },
    ]);
  });

  it('builds each center by itself, and ties them together', () => {
    const two = compare(factsOf([...EXAMPLE_USE, ...used('b', { VCPU: 1n })]));
    const hosts = two.lines.find(({ key }) => key === 'SOFTWARE')?.terms.find(({ term }) => term === 'HOSTS');
    expect(hosts?.value).toBe('6');
    expect(two.lines.find(({ key }) => key === 'SITE_LINES')?.amount).toBe(600_000_00n);
  });

  it('turning DR off takes exactly what stood in the recovery center (invariant 15)', () => {
    const recovery = used('r', { STORAGE_GIB_HDD: 20n * 1_024n });
    const [with_, without] = [compare(factsOf([...EXAMPLE_USE, ...recovery])), compare(factsOf(EXAMPLE_USE))];
    const moved = with_.lines.filter(({ amount }, at) => amount !== without.lines[at]?.amount).map(({ key }) => key);
    expect(moved).toEqual(['STORAGE', 'RESERVE', 'NETWORK', 'MAINTENANCE', 'SPACE', 'POWER', 'SITE_LINES']);
  });

  it('sets no service and no address beside anything: they are bought on either side', () => {
    const only = compare(factsOf(used('a', { 'SERVICE:waf': 5n, ADDRESS: 2n })));
    expect(only.lines.every(({ amount }) => amount === 0n)).toBe(true);
    expect(only.savingsPart).toBeNull();
  });
});

describe('whatever is assumed and used', () => {
  const someValues = fc.record(
    Object.fromEntries(
      ASSUMPTION_KEYS.map((key) => {
        const { max, min } = ASSUMPTIONS[key];
        const scale = scaleOf(key);
        return [key, fc.bigInt({ min: BigInt(min) * scale, max: BigInt(max) * scale })];
      }),
    ) as { readonly [K in AssumptionKey]: fc.Arbitrary<bigint> },
  );
  const meters = ['VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD', 'SERVER:a', 'ACCELERATOR:B', 'CABINET_U'];
  const someUse = fc.array(
    fc.record({
      centerId: fc.constantFrom('a', 'b', null),
      meter: fc.constantFrom(...meters, 'POWER_KW', 'CABINET_WHOLE', 'ADDRESS'),
      unitSeconds: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    }),
    { maxLength: 12 },
  );
  const years = fc.integer({ min: 1, max: 15 });
  const accounted = fc.bigInt({ min: 0n, max: 10n ** 14n });

  it('lines add up, savings are the difference of the sides, and order does not matter', () => {
    fc.assert(
      fc.property(someValues, someUse, years, accounted, (all, uses, n, fen) => {
        const facts = factsOf(uses, { values: all, years: n, accounted: fen });
        const found = compare(facts);
        expect(found.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(found.selfBuild);
        expect(found.savings).toBe(found.selfBuild - found.jiyun);
        expect(found.byYear).toHaveLength(n);
        expect(compare(factsOf(uses.toReversed(), { values: all, years: n, accounted: fen }))).toEqual(found);
        expect(found.lines.every(({ amount }) => amount >= 0n)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('more use, more reserve and more years never cost less', () => {
    fc.assert(
      fc.property(someValues, someUse, someUse, years, (all, uses, more, n) => {
        const base = factsOf(uses, { values: all, years: n });
        const cost = (facts: ComparisonFacts) => compare(facts).selfBuild;
        expect(cost(factsOf([...uses, ...more], { values: all, years: n }))).toBeGreaterThanOrEqual(cost(base));
        expect(cost({ ...base, years: n + 1 })).toBeGreaterThanOrEqual(cost(base));
        const reserve = { ...all, RESERVE_PART: all.RESERVE_PART + 1_000n };
        expect(cost({ ...base, values: reserve })).toBeGreaterThanOrEqual(cost(base));
      }),
      { numRuns: 60 },
    );
  });

  it('each line is the exact rational result, rounded once (oracle: floats are nowhere, fractions everywhere)', () => {
    // Of hosts alone, by whole numbers of one denominator: what the whole reckons by fractions.
    fc.assert(
      fc.property(someValues, fc.bigInt({ min: 1n, max: 10n ** 12n }), years, (all, unitSeconds, n) => {
        const found = compare(factsOf([{ centerId: 'a', meter: 'VCPU', unitSeconds }], { values: all, years: n }));
        const up = (top: bigint, bottom: bigint) => (top + bottom - 1n) / bottom;
        const bare = up(unitSeconds, MONTH * all.HOST_VCPU);
        const reserved = up(unitSeconds * (10_000n + all.RESERVE_PART), 10_000n * MONTH * all.HOST_VCPU);
        const [, hosts = 0n] = [reserved, all.HOSTS_MIN].toSorted((a, b) => (a < b ? -1 : 1));
        const buys = up(BigInt(n), all.LIFE);
        const half = (top: bigint, bottom: bigint) => (2n * top + bottom) / (2n * bottom);
        const amounts = Object.fromEntries(found.lines.map(({ amount, key }) => [key, amount]));
        expect(amounts.HOSTS).toBe(bare * all.HOST_PRICE * buys);
        expect(amounts.RESERVE).toBe((hosts - bare) * all.HOST_PRICE * buys);
        expect(amounts.NETWORK).toBe(half(hosts * all.HOST_PRICE * all.NETWORK_PART * buys, 10_000n));
        // kWh: W × hundredths of PUE × hours ÷ 1,000 ÷ 100; yuan to four decimals, in fen.
        const top = hosts * all.HOST_POWER * all.PUE * 8_760n * BigInt(n) * all.ELECTRICITY * 100n;
        expect(amounts.POWER).toBe(half(top, 1_000n * 100n * 10_000n));
      }),
      { numRuns: 60 },
    );
  });
});

describe('an edition of assumptions', () => {
  it('is half made as long as it is a draft, and whole and sourced once it is in force', () => {
    const nothing = nothingAssumed();
    expect(wrongDraft('首版', '2026-12-01', nothing)).toEqual([]);
    // Every value, and where every one is from.
    expect(wrongAssumptions(nothing, '2026-12-01', '2026-12-01')).toHaveLength(2 * ASSUMPTION_KEYS.length);
    expect(wrongAssumptions(contentOf(EXAMPLE), '2026-12-01', '2026-12-01')).toEqual([]);
    expect(wrongAssumptions(contentOf(EXAMPLE), '2026-11-30', '2026-12-01')[0]).toMatchObject({
      path: ['effectiveFrom'],
    });
  });

  it('takes no number of another kind: none below nought, none with more decimals, none beyond its bounds', () => {
    const refused = (key: AssumptionKey, value: string) =>
      wrongDraft('x', '2026-12-01', contentOf({ ...EXAMPLE, [key]: value })).map(({ path }) => path.slice(1).join('.'));
    expect(refused('PUE', '0.99')).toEqual(['PUE.value']);
    expect(refused('PUE', '1.505')).toEqual(['PUE.value']);
    expect(refused('HOST_VCPU', '0')).toEqual(['HOST_VCPU.value']);
    expect(refused('HOST_PRICE', '-1')).toEqual(['HOST_PRICE.value']);
    expect(refused('HOST_PRICE', '1e5')).toEqual(['HOST_PRICE.value']);
    expect(refused('ELECTRICITY', '0.6521')).toEqual([]);
    expect(parseValue('ELECTRICITY', '0.65')).toBe(6_500n);
  });

  it('keeps what somebody leaves out, and has each once and in order', () => {
    const [pue] = contentOf({ ...EXAMPLE, PUE: '2' }).assumptions.filter(({ key }) => key === 'PUE');
    const content = merged(pue ? [pue] : [], contentOf(EXAMPLE));
    expect(content.assumptions.map(({ key }) => key)).toEqual(ASSUMPTION_KEYS);
    expect(content.assumptions.find(({ key }) => key === 'PUE')?.value).toBe('2');
    expect(content.assumptions.find(({ key }) => key === 'LIFE')?.value).toBe('5');
  });
});
