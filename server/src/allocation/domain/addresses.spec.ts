import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { demand, factsOf, poolFacts as pool } from '../../../../test/support/builders/placement.js';
import { place } from './placement.js';
import type { AddressRoom, LineDemand } from './placement-facts.js';

const room = (free: number, centerId = 'a'): AddressRoom => ({
  centerId,
  zone: 'GOVERNMENT_EXTRANET',
  free,
  network: `${centerId}-app`,
  family: 'IPV4',
  networks: [`${centerId}-app`, `${centerId}-mgmt`],
});
const line = (more: Partial<LineDemand> = {}) => demand({ takesAddress: true, ...more });
const facts = (rooms: readonly AddressRoom[]) => ({
  ...factsOf([pool('p', {}), pool('q', {}, { centerId: 'b' })]),
  addressRooms: rooms,
});

describe('addresses (P21)', () => {
  it('are short with the figures of the networks of that zone', () => {
    const [verdict] = place([line({ count: 3 })], facts([room(2)])).lines;
    expect(verdict?.checks.at(-1)).toMatchObject({
      criterion: 'P21',
      passed: false,
      figures: { zh: '需 3 个，a-app、a-mgmt 余 2 个' },
    });
    expect(verdict?.addressShortage).toEqual({
      ...{ criterion: 'P21', network: 'a-app', family: 'IPV4' },
      ...{ requested: 3, free: 2, short: 1 },
    });
    expect(place([line({ count: 2 })], facts([room(2)])).feasible).toBe(true);
  });

  it('are not asked of a zone that keeps no network, nor of data without a machine', () => {
    expect(place([line({ count: 3 })], facts([])).feasible).toBe(true);
    expect(place([demand({ count: 3 })], facts([room(0)])).feasible).toBe(true);
  });

  it('send a line without a center where there are some', () => {
    const open = { ...line({ count: 3 }), centerId: null };
    expect(place([open], facts([room(2), room(9, 'b')])).lines[0]).toMatchObject({ centerId: 'b' });
  });

  it('are gone for the next line: what fits alone may be refused beside the others (P11)', () => {
    const lines = [line({ count: 3 }), line({ index: 1, count: 3 })];
    const [, second] = place(lines, facts([room(5)])).lines;
    expect(second?.shortage).toMatchObject({ criterion: 'P11', requested: 3, free: 2 });
  });

  it('are never given out twice, and refuse only what finds none in any order', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });
    const free = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(counts, free, free, (lines, inA, inB) => {
        const demands = lines.map((count, index) => ({ ...line({ index, count, vcpu: 1 }), centerId: null }));
        const placement = place(demands, facts([room(inA), room(inB, 'b')]));
        const sums = Array.from({ length: 2 ** lines.length }, (_, bits) =>
          lines.reduce((sum, count, at) => sum + ((bits >> at) & 1 ? count : 0), 0),
        );
        const all = lines.reduce((sum, count) => sum + count, 0);
        expect(placement.feasible).toBe(sums.some((a) => a <= inA && all - a <= inB));
      }),
      { numRuns: 200 },
    );
  });
});
