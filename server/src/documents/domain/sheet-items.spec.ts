import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALL_THINGS, kindOfThing, type ListedThing, pageOfThings, type ThingFilter } from './sheet-items.js';

const KINDS = ['VM', 'SERVER', 'CABINET', 'SERVICE'] as const;
const things: fc.Arbitrary<ListedThing[]> = fc
  .array(
    fc.record(
      {
        kind: fc.constantFrom(...KINDS),
        code: fc.constantFrom('YZJ-1', 'YZJ-12', 'U3–4', '—'),
        name: fc.constantFrom('web', 'Web-2', '数据库'),
        addresses: fc.constantFrom([], ['10.8.0.7'], ['10.8.0.17', 'fd00::7']),
      },
      { requiredKeys: ['code', 'name', 'addresses'] },
    ),
    { maxLength: 40 },
  )
  .map((rows) => rows.map((row, at) => ({ ...row, resourceId: `r${at}` })));
const filters: fc.Arbitrary<ThingFilter> = fc.record({
  kinds: fc.subarray([...KINDS]),
  openObjection: fc.boolean(),
  search: fc.constantFrom(null, 'WEB', '10.8.0.7', 'yzj-1', '没有'),
});

describe('the things of a delivery sheet, page by page', () => {
  it('come each once, in the order of the sheet, whatever the size of a page and whatever is left out', () => {
    fc.assert(
      fc.property(things, filters, fc.integer({ min: 1, max: 12 }), (all, filter, first) => {
        const open = new Set(all.filter((_, at) => at % 3 === 0).map(({ resourceId }) => resourceId));
        const whole = pageOfThings(all, open, filter, { first: 100, after: -1 });
        const seen: number[] = [];
        for (let after = -1; ; after = seen.at(-1) ?? -1) {
          const page = pageOfThings(all, open, filter, { first, after });
          expect(page.totalCount).toBe(whole.rows.length);
          seen.push(...page.rows.map(({ place }) => place));
          if (!page.hasNextPage) break;
          expect(page.rows).toHaveLength(first);
        }
        expect(seen).toEqual(whole.rows.map(({ place }) => place));
        expect(seen).toEqual(seen.toSorted((a, b) => a - b));
        expect(whole.rows.every(({ place, thing }) => all[place] === thing)).toBe(true);
      }),
    );
  });

  it('leave out exactly what the filter does not name', () => {
    fc.assert(
      fc.property(things, filters, (all, filter) => {
        const open = new Set(all.filter((_, at) => at % 2 === 0).map(({ resourceId }) => resourceId));
        const kept = new Set(pageOfThings(all, open, filter, { first: 100, after: -1 }).rows.map(({ thing }) => thing));
        for (const thing of all) {
          const text = [thing.code, thing.name, ...thing.addresses].join('\n').toLowerCase();
          const wanted =
            (filter.kinds.length === 0 || filter.kinds.includes(kindOfThing(thing))) &&
            (!filter.openObjection || open.has(thing.resourceId)) &&
            text.includes(filter.search?.toLowerCase() ?? '');
          expect(kept.has(thing)).toBe(wanted);
        }
      }),
    );
  });

  it('are machines where the kind was not written down yet', () => {
    const old: ListedThing = { resourceId: 'r', code: 'YZJ-1', name: 'web', addresses: [] };
    const page = { first: 10, after: -1 };
    expect(pageOfThings([old], new Set(), { ...ALL_THINGS, kinds: ['VM'] }, page).totalCount).toBe(1);
    expect(pageOfThings([old], new Set(), { ...ALL_THINGS, kinds: ['SERVER'] }, page).totalCount).toBe(0);
  });
});
