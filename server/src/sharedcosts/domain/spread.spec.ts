import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountOf, checkPool, checkVersion, type SharedPoolVersion, versionIn } from './shared-pool.js';
import { bearerKey, carriedOver, spreadOf, type WeightedBearer } from './spread.js';

const bearer = (id: number, weight: bigint): WeightedBearer => ({
  ...{ departmentId: `d${id % 3}`, systemId: id % 2 === 0 ? null : `s${id}`, projectId: `p${id}`, weight },
});
const bearers = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 12 })
  .map((weights) => weights.map((weight, at) => bearer(at, weight)));
const due = fc.bigInt({ min: 0n, max: 10n ** 11n });

/** Largest remainder once more, by rationals compared crosswise and one fen at a time: shares no line with the product. */
function oracle(total: bigint, some: readonly WeightedBearer[]): Map<string, bigint> {
  const live = some.filter(({ weight }) => weight > 0n).toSorted((a, b) => (bearerKey(a) < bearerKey(b) ? -1 : 1));
  let whole = 0n;
  for (const { weight } of live) whole += weight;
  const given = new Map(
    live.map((one) => [bearerKey(one), (total * one.weight - ((total * one.weight) % whole)) / whole]),
  );
  let left = total;
  for (const amount of given.values()) left -= amount;
  const served = new Set<string>();
  for (; left > 0n; left -= 1n) {
    let best: WeightedBearer | null = null;
    for (const one of live) {
      if (served.has(bearerKey(one))) continue;
      // What is still missing of the exact share, as a numerator over the common denominator.
      const missing = total * one.weight - (given.get(bearerKey(one)) ?? 0n) * whole;
      const most = best ? total * best.weight - (given.get(bearerKey(best)) ?? 0n) * whole : -1n;
      if (missing > most) best = one;
    }
    if (!best) throw new Error('nobody is left');
    served.add(bearerKey(best));
    given.set(bearerKey(best), (given.get(bearerKey(best)) ?? 0n) + 1n);
  }
  return given;
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);

describe('what is common, spread over those who use it (invariant 8)', () => {
  it('is exact to the fen, and as an independent oracle has it', () => {
    fc.assert(
      fc.property(due, bearers, (total, some) => {
        const { parts, spread, unallocated } = spreadOf(total, 0n, some);
        expect(spread + unallocated).toBe(total);
        expect(sum(parts.map(({ amount }) => amount))).toBe(spread);
        if (some.every(({ weight }) => weight === 0n)) return;
        const expected = [...oracle(total, some)].filter(([, amount]) => amount > 0n);
        expect(parts.map((part) => [bearerKey(part), part.amount])).toEqual(expected);
      }),
    );
  });

  it('does not depend on the order in which it is asked', () => {
    fc.assert(
      fc.property(
        due,
        bearers.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray([...some], { minLength: some.length })),
        ),
        (total, [some, shuffled]) => {
          expect(spreadOf(total, 0n, shuffled)).toEqual(spreadOf(total, 0n, some));
        },
      ),
    );
  });

  it('is monotone: whoever weighs more never bears less', () => {
    fc.assert(
      fc.property(due, bearers, (total, some) => {
        const { parts } = spreadOf(total, 0n, some);
        for (const a of parts)
          for (const b of parts) if (a.weight > b.weight) expect(a.amount).toBeGreaterThanOrEqual(b.amount);
      }),
    );
  });

  it('is unallocated and never lost where nobody used anything (opencost#883)', () => {
    expect(spreadOf(100n, 0n, [])).toEqual({ parts: [], totalWeight: 0n, spread: 0n, unallocated: 100n });
    expect(spreadOf(100n, 0n, [bearer(1, 0n)])).toMatchObject({ spread: 0n, unallocated: 100n });
    expect(spreadOf(100n, 40n, [])).toMatchObject({ spread: 40n, unallocated: 60n });
  });

  it('opencost#1124: what each department is shown of it comes to the whole, whoever is filtered, and never to more', () => {
    fc.assert(
      fc.property(due, bearers, (total, some) => {
        const { parts, unallocated } = spreadOf(total, 0n, some);
        const seen = ['d0', 'd1', 'd2'].map((id) =>
          sum(parts.filter(({ departmentId }) => departmentId === id).map(({ amount }) => amount)),
        );
        expect(sum(seen) + unallocated).toBe(total);
        for (const amount of seen) expect(amount <= total).toBe(true);
      }),
    );
  });

  it('opencost#3393: what is spread and what is left are never below nothing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), due, bearers, (total, fixed, some) => {
        const { parts, spread, unallocated } = spreadOf(total, fixed, some);
        expect([spread, unallocated, ...parts.map(({ amount }) => amount)].every((amount) => amount >= 0n)).toBe(true);
      }),
    );
  });

  it('leaves closed parts where they are, and nothing is spread of what is owed back', () => {
    fc.assert(
      fc.property(due, due, bearers, (total, fixed, some) => {
        const { parts, spread, unallocated } = spreadOf(total, fixed, some);
        expect(spread).toBe(fixed + sum(parts.map(({ amount }) => amount)));
        // The greater of the two (Math.max knows no bigint).
        const all = spread + unallocated;
        expect([total, fixed]).toContain(all);
        expect(all >= total && all >= fixed).toBe(true);
      }),
    );
    expect(spreadOf(-5n, 0n, [bearer(1, 3n)])).toMatchObject({ parts: [], spread: 0n, unallocated: 0n });
  });

  it('adds up over months: what is known too late is carried on', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(due, due), { maxLength: 8 }), (months) => {
        // Each month is closed with what was known then; later another amount is known.
        let settled = 0n;
        const closed: { own: bigint; settled: bigint }[] = [];
        for (const [early, late] of months) {
          const carried = carriedOver(closed);
          const { spread, unallocated } = spreadOf(early + carried, 0n, [bearer(1, 1n)]);
          closed.push({ own: late, settled: spread + unallocated });
          settled += spread + unallocated;
        }
        expect(settled + carriedOver(closed)).toBe(sum(months.map(([, late]) => late)));
      }),
    );
  });
});

const version = (more: Partial<SharedPoolVersion>): SharedPoolVersion => ({
  ...{ id: 'v', poolId: 'p', fromMonth: '2026-01', method: 'FIXED', monthly: 100_01n, pricePerKwh: null },
  ...{ basis: 'AMOUNT', meter: null, reason: 'r', enteredBy: 'e', ...more },
});

describe('what it comes to in a month', () => {
  it('is the whole of it when the month is over, and its days until then, half up', () => {
    expect(amountOf(version({}), { ended: 30n, of: 30n }, null)).toBe(100_01n);
    expect(amountOf(version({}), { ended: 1n, of: 30n }, null)).toBe(333n);
    expect(amountOf(version({}), { ended: 0n, of: 30n }, null)).toBe(0n);
  });

  it('is what the center drew beside its racks, as measured; unmeasured is not nothing', () => {
    const pue = version({ method: 'PUE', monthly: null, pricePerKwh: 650_000n });
    const days = { ended: 30n, of: 30n };
    expect(amountOf(pue, days, { totalKwh: 14_000, itKwh: 10_000 })).toBe(2_600_00n);
    expect(amountOf(pue, days, { totalKwh: 9_000, itKwh: 10_000 })).toBe(0n);
    expect(amountOf(pue, days, { totalKwh: 9_000, itKwh: null })).toBeNull();
    expect(amountOf(pue, days, null)).toBeNull();
  });

  it('is by the version of the latest month that has begun', () => {
    const versions = [version({ id: 'b', fromMonth: '2026-07' }), version({ id: 'a', fromMonth: '2026-03' })];
    const ids = ['2026-02', '2026-03', '2026-06', '2026-07', '2027-01'].map((month) => versionIn(versions, month)?.id);
    expect(ids).toEqual([undefined, 'a', 'a', 'b', 'b']);
  });
});

describe('what is refused', () => {
  const pathsOf = (refusals: readonly { path: readonly (string | number)[] }[]) => refusals.map(({ path }) => path[0]);

  it('is a code of other letters, a name that is empty or long', () => {
    expect(pathsOf(checkPool({ code: 'Net 1', name: { zh: '', en: 'x'.repeat(61) } }))).toEqual([
      'code',
      'nameZh',
      'nameEn',
    ]);
    expect(checkPool({ code: 'net-1', name: { zh: '网络', en: 'Network' } })).toEqual([]);
  });

  it('is an amount below nothing or none, a basis without its meter, a missing reason', () => {
    const wish = { method: 'FIXED', monthly: -1n, basis: 'METER', meter: ' ', reason: ' ' } as const;
    expect(pathsOf(checkVersion(wish))).toEqual(['monthlyAmount', 'meter', 'reason']);
    expect(pathsOf(checkVersion({ ...wish, monthly: null }))).toContain('monthlyAmount');
    expect(checkVersion({ method: 'PUE', monthly: null, basis: 'AMOUNT', meter: null, reason: '依据' })).toEqual([]);
  });
});
