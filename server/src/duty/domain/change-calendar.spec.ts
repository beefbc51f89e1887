import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONFLICT_WHYS, CONFLICTS_KEPT, conflictOf, conflictsOf, type Planned } from './change-calendar.js';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 11, 1) + hours * HOUR);
let number = 0;
const planned = (from: number, to: number, of: Partial<Planned> = {}): Planned => {
  number += 1;
  return {
    ...{ kind: 'CHANGE', id: `p${number}`, fromAt: at(from), toAt: at(to), centerIds: ['A'], systemIds: [] },
    ...{ thingIds: [], isQuiet: false, passesFreezes: false, ...of },
  };
};

describe('conflicts', () => {
  it('are of what overlaps in time, half-open: what begins as another ends is in nobody’s way', () => {
    expect(conflictOf(planned(1, 3), planned(2, 4))).toBe('SAME_CENTER');
    expect(conflictOf(planned(1, 3), planned(3, 4))).toBeNull();
    expect(conflictOf(planned(1, 3), planned(2, 4, { isQuiet: true }))).toBeNull();
  });

  it('are told by the gravest that they share: a machine, a system, a center', () => {
    const one = planned(1, 3, { systemIds: ['s'], thingIds: ['m'] });
    expect(conflictOf(one, planned(1, 3, { systemIds: ['s'], thingIds: ['m'] }))).toBe('SAME_THING');
    expect(conflictOf(one, planned(1, 3, { centerIds: ['B'], systemIds: ['s'] }))).toBe('SAME_SYSTEM');
    expect(conflictOf(one, planned(1, 3, { centerIds: ['B'] }))).toBeNull();
    // Of what nobody knows where it is, nothing is said but that a freeze may be there.
    expect(conflictOf(one, planned(1, 3, { centerIds: null }))).toBeNull();
  });

  it('with a freeze are of whatever it touches and nobody has let through', () => {
    const freeze = (centerIds: string[] | null) => planned(0, 24, { kind: 'FREEZE', centerIds });
    expect(conflictOf(freeze(null), planned(1, 2))).toBe('FROZEN');
    expect(conflictOf(planned(1, 2, { centerIds: null }), freeze(['B']))).toBe('FROZEN');
    expect(conflictOf(planned(1, 2, { kind: 'DRILL' }), freeze(['A']))).toBe('FROZEN');
    expect(conflictOf(planned(1, 2), freeze(['B']))).toBeNull();
    expect(conflictOf(planned(1, 2, { passesFreezes: true }), freeze(['A']))).toBeNull();
    expect(conflictOf(freeze(['A']), freeze(null))).toBeNull();
  });

  it('of a month in which everything overlaps are no more than somebody reads, the gravest among them', () => {
    const all = Array.from({ length: 300 }, (_, n) => planned(n / 100, 40));
    const freeze = planned(20, 60, { kind: 'FREEZE' });
    const found = conflictsOf([...all, freeze]);
    for (const { id } of all) {
      const own = found.get(id) ?? [];
      expect(own.length).toBeGreaterThanOrEqual(CONFLICTS_KEPT);
      expect(own.length).toBeLessThan(2 * CONFLICTS_KEPT);
      expect(own[0]).toEqual({ with: freeze, why: 'FROZEN' });
    }
  });

  it('found in one pass are those found pair by pair, told of both, the gravest first', () => {
    const any = fc.record({
      kind: fc.constantFrom('CHANGE', 'FREEZE', 'DRILL'),
      from: fc.integer({ min: 0, max: 40 }),
      long: fc.integer({ min: 1, max: 12 }),
      centerIds: fc.option(fc.subarray(['A', 'B', 'C'])),
      systemIds: fc.subarray(['s', 't']),
      thingIds: fc.subarray(['m', 'n']),
      isQuiet: fc.boolean(),
      passesFreezes: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 25 }), (wishes) => {
        const all = wishes.map(({ from, long, ...of }) => planned(from, from + long, of as Partial<Planned>));
        const found = conflictsOf(all);
        for (const one of all) {
          const own = found.get(one.id) ?? [];
          const expected = all.flatMap((other) => {
            const why = other === one ? null : conflictOf(one, other);
            return why === null ? [] : `${other.id}/${why}`;
          });
          expect(own.map((c) => `${c.with.id}/${c.why}`).toSorted()).toEqual(expected.toSorted());
          const ranks = own.map(({ why }) => CONFLICT_WHYS.indexOf(why));
          expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});
