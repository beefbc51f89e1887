import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeImpact, type StandingThing } from './place-impact.js';

const feed = fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: null });
const cabinets = fc
  .array(fc.record({ feedAWatts: feed, feedBWatts: feed }), { minLength: 1, maxLength: 6 })
  .map((rows) => rows.map((row, i) => ({ ...row, id: `c${i}` })));
const things: fc.Arbitrary<StandingThing[]> = fc.array(
  fc.record({
    cabinetId: fc.nat(5).map((i) => `c${i}`),
    departmentId: fc.constantFrom('d1', 'd2', null),
    systemId: fc.constantFrom('s1', 's2', null),
    heightHalfUnits: fc.nat(20),
    powerW: fc.nat(2_000),
  }),
  { maxLength: 20 },
);
const which = fc.constantFrom('A' as const, 'B' as const, null);

describe('placeImpact', () => {
  it('puts every cabinet into one lot: dark, at risk, or not touched', () => {
    fc.assert(
      fc.property(cabinets, which, (all, lost) => {
        const { dark, atRisk } = placeImpact(all, [], lost);
        for (const { id, feedAWatts, feedBWatts } of all) {
          const fed = [feedAWatts, feedBWatts].filter((watts) => watts !== null).length;
          const has = lost === null || (lost === 'A' ? feedAWatts : feedBWatts) !== null;
          const expected = lost === null || (has && fed === 1) ? 'dark' : has ? 'risk' : 'none';
          const found = dark.includes(id) ? 'dark' : atRisk.includes(id) ? 'risk' : 'none';
          expect([id, found]).toEqual([id, expected]);
        }
      }),
    );
  });

  it('counts every thing in the dark once: by its department, or as nobody’s', () => {
    fc.assert(
      fc.property(cabinets, things, which, (all, standing, lost) => {
        const { dark, departments, own, systems } = placeImpact(all, standing, lost);
        const gone = standing.filter((thing) => dark.includes(thing.cabinetId));
        expect(departments.reduce((sum, d) => sum + d.things, 0) + own).toBe(gone.length);
        expect(departments.reduce((sum, d) => sum + d.powerW, 0)).toBe(
          gone.filter((thing) => thing.departmentId !== null).reduce((sum, thing) => sum + thing.powerW, 0),
        );
        expect(systems).toEqual([...new Set(gone.flatMap((thing) => thing.systemId ?? []))].toSorted());
      }),
    );
  });
});
