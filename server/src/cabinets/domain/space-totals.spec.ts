import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asClosed, type SpaceAmounts, type SpaceSums, spaceTotals } from './space-totals.js';

const load = fc
  .tuple(fc.nat(9_000), fc.nat(9_000), fc.nat(9_000))
  .map(([used, held, free]) => ({ limit: used + held + free, taken: used + held, held }));
const sums: fc.Arbitrary<SpaceSums[]> = fc.array(
  fc.record({
    centerId: fc.constantFrom('a', 'b'),
    zone: fc.constantFrom('INTERNET' as const, 'GOVERNMENT_EXTRANET' as const),
    status: fc.constantFrom('IN_SERVICE' as const, 'CLOSED' as const),
    ownDepartment: fc.boolean(),
    singleFed: fc.boolean(),
    cabinets: fc.integer({ min: 1, max: 9 }),
    units: fc
      .tuple(fc.nat(42), fc.nat(42), fc.nat(42), fc.nat(42))
      .map(([used, held, blocked, free]) => ({ total: used + held + blocked + free, used, held, blocked, free })),
    powerW: load,
    weightGrams: load,
  }),
  { maxLength: 12 },
);
const parts = ({ used, held, free, reserved, singleFed, closed }: SpaceAmounts) =>
  used + held + free + reserved + singleFed + closed;

describe('spaceTotals', () => {
  it('divides every total into its parts, and loses nothing of the sums', () => {
    fc.assert(
      fc.property(sums, (rows) => {
        const totals = spaceTotals(rows);
        for (const { amounts } of totals) for (const of of Object.values(amounts)) expect(parts(of)).toBe(of.total);
        const total = (key: 'UNITS' | 'POWER_W' | 'WEIGHT_GRAMS') =>
          totals.reduce((sum, row) => sum + row.amounts[key].total, 0);
        expect(total('UNITS')).toBe(rows.reduce((sum, row) => sum + row.units.total, 0));
        expect(total('POWER_W')).toBe(rows.reduce((sum, row) => sum + row.powerW.limit, 0));
        expect(total('WEIGHT_GRAMS')).toBe(rows.reduce((sum, row) => sum + row.weightGrams.limit, 0));
      }),
    );
  });

  it('calls free only what any department may have: open, nobody’s own, behind two feeds', () => {
    fc.assert(
      fc.property(sums, (rows) => {
        const forAll = rows.filter((r) => r.status === 'IN_SERVICE' && !r.ownDepartment && !r.singleFed);
        const free = spaceTotals(rows).reduce((sum, row) => sum + row.amounts.UNITS.free, 0);
        expect(free).toBe(forAll.reduce((sum, row) => sum + row.units.free, 0));
        const kw = spaceTotals(rows).reduce((sum, row) => sum + row.amounts.POWER_W.free, 0);
        expect(kw).toBe(forAll.reduce((sum, row) => sum + row.powerW.limit - row.powerW.taken, 0));
      }),
    );
  });

  it('has nothing free in a center that takes nothing in, and the same total', () => {
    fc.assert(
      fc.property(sums, (rows) => {
        for (const totals of spaceTotals(rows))
          for (const [key, of] of Object.entries(asClosed(totals).amounts)) {
            expect([of.free, of.reserved, of.singleFed]).toEqual([0, 0, 0]);
            expect(parts(of)).toBe(totals.amounts[key as 'UNITS'].total);
          }
      }),
    );
  });
});
