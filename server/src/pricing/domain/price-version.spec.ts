import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, isCalendarDate } from '../../kernel/calendar.js';
import {
  applyingPrice,
  checkEnd,
  checkNewVersion,
  gapsOf,
  holdsOn,
  overlap,
  type PriceReach,
  type PriceVersion,
  sameReach,
  type Term,
} from './price-version.js';

const BEGIN = '2026-01-01';
const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays(BEGIN, n));
const term: fc.Arbitrary<Term> = fc
  .tuple(day, fc.option(fc.integer({ min: 1, max: 20 })))
  .map(([from, days]) => ({ from, to: days === null ? null : addDays(from, days) }));
const reach: fc.Arbitrary<PriceReach> = fc.record({
  centerId: fc.constantFrom(null, 'a', 'b'),
  architecture: fc.constantFrom(null, 'AMD64' as const, 'ARM64' as const),
});
const wish = fc.tuple(term, reach, fc.boolean()).map(([t, r, endsPrevious]) => ({ ...t, ...r, endsPrevious }));

/** Applies wishes as the editor does, with today somewhere among the days. */
function standing(wishes: readonly (Term & PriceReach & { endsPrevious: boolean })[], today: string): PriceVersion[] {
  const versions: PriceVersion[] = [];
  for (const [index, each] of wishes.entries()) {
    const checked = checkNewVersion(versions, each, today);
    if (!checked.ok) continue;
    const { endsPrevious: _, ...rest } = each;
    const ended = checked.value;
    if (ended) versions[versions.indexOf(ended)] = { ...ended, to: each.from };
    const words = { kind: 'STANDARD', listPrice: null, synthetic: false, reason: 'r' } as const;
    versions.push({ ...rest, ...words, id: String(index), itemId: 'i', price: BigInt(index) });
  }
  return versions;
}

describe('price versions, for all editors', () => {
  it('of one reach never overlap, whatever is wished in whatever order', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 20 }), day, (wishes, today) => {
        const versions = standing(wishes, today);
        return versions.every((a, i) => versions.slice(i + 1).every((b) => !sameReach(a, b) || !overlap(a, b)));
      }),
    );
  });

  it('never change what applied on a day that has passed, for any center and architecture', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), wish, day, (wishes, last, today) => {
        const before = standing(wishes, BEGIN);
        const after = standing([...wishes], BEGIN);
        const checked = checkNewVersion(after, last, today);
        if (!checked.ok) return true;
        if (checked.value) after[after.indexOf(checked.value)] = { ...checked.value, to: last.from };
        const words = { kind: 'STANDARD', listPrice: null, synthetic: false, reason: 'r' } as const;
        after.push({ ...last, ...words, id: 'new', itemId: 'i', price: -1n });
        for (let at = BEGIN; at < today; at = addDays(at, 1))
          for (const center of ['a', 'b', 'c'])
            for (const architecture of ['AMD64', 'ARM64'] as const) {
              const on = (all: PriceVersion[]) =>
                applyingPrice(
                  all.filter((version) => holdsOn(version, at)),
                  center,
                  architecture,
                )?.price;
              // Where there was no price at all, one may be added.
              if (on(before) !== undefined && on(after) !== on(before)) return false;
            }
        return true;
      }),
    );
  });
});

describe('gapsOf', () => {
  it('is the complement, day by day, from the first day on', () => {
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 6 }), fc.array(term, { maxLength: 3 }), (own, wider) => {
        const gaps = gapsOf(own, wider);
        const first = own.map((t) => t.from).toSorted()[0] as string;
        for (let n = -1; n < 80; n += 1) {
          const at = addDays(BEGIN, n);
          const covered = at < first || [...own, ...wider].some((t) => holdsOn(t, at));
          if (gaps.some((gap) => holdsOn(gap, at)) === covered) return false;
        }
        return true;
      }),
    );
  });

  it('is nothing where nothing has a price', () => expect(gapsOf([])).toEqual([]));
});

describe('applyingPrice', () => {
  it("goes from the center's own to the province's, in each from the architecture's own to any", () => {
    const all: PriceReach[] = [
      { centerId: 'a', architecture: 'ARM64' },
      { centerId: 'a', architecture: null },
      { centerId: null, architecture: 'ARM64' },
      { centerId: null, architecture: null },
    ];
    for (const [index, expected] of all.entries())
      expect(applyingPrice(all.slice(index).toReversed(), 'a', 'ARM64')).toBe(expected);
    expect(applyingPrice([{ centerId: 'b', architecture: null }], 'a', 'ARM64')).toBeUndefined();
    expect(applyingPrice([{ centerId: null, architecture: 'AMD64' }], 'a', 'ARM64')).toBeUndefined();
  });
});

describe('checkEnd', () => {
  const open = { from: '2026-01-01', to: null };
  it.each([
    ['2026-06-01', 'future'],
    ['2026-06-02', null],
  ])('at %s says %s', (to, rule) => {
    const checked = checkEnd(open, to, '2026-06-01');
    expect(checked.ok ? null : checked.error.rule).toBe(rule);
  });
  it('only shortens', () => {
    const ending = { from: '2026-01-01', to: '2026-08-01' };
    expect(checkEnd(ending, '2026-09-01', '2026-06-01').ok).toBe(false);
    expect(checkEnd(ending, '2026-07-01', '2026-06-01').ok).toBe(true);
    expect(checkEnd({ from: '2027-01-01', to: null }, '2026-12-01', '2026-06-01').ok).toBe(false);
  });
});

describe('isCalendarDate', () => {
  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['0009-01-01', false],
    ['2026-01-01T00:00:00Z', false],
  ])('%s: %s', (text, is) => expect(isCalendarDate(text)).toBe(is));
});
