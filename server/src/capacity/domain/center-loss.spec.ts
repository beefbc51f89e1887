import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lossNeeds } from '../../allocation/domain/loss-headroom.js';
import { centerLoss, type FreeRoom, type SystemLoad } from './center-loss.js';

const METERS = ['VCPU', 'MEMORY_MIB'] as const;
const where = {
  centerId: fc.constantFrom('a', 'b'),
  architecture: fc.constantFrom('AMD64' as const, 'ARM64' as const),
  zone: fc.constantFrom('INTERNET', 'GOVERNMENT_EXTRANET'),
};
const amounts = fc.record({ VCPU: fc.nat(20), MEMORY_MIB: fc.nat(20) });
const loads: fc.Arbitrary<SystemLoad[]> = fc.array(
  fc.record({ ...where, systemId: fc.constantFrom('s1', 's2', 's3'), amounts }),
  { maxLength: 12 },
);
const rooms: fc.Arbitrary<FreeRoom[]> = fc.array(fc.record({ ...where, amounts }), { maxLength: 6 });

/** Unit by unit: every lost unit finds its system's own on the other side, else a free one, else there is none. */
function carriedByCounting(
  lost: string,
  other: string,
  load: readonly SystemLoad[],
  free: readonly FreeRoom[],
): boolean {
  for (const architecture of ['AMD64', 'ARM64'])
    for (const zone of ['INTERNET', 'GOVERNMENT_EXTRANET'])
      for (const meter of METERS) {
        const here = (x: { architecture: string; zone: string; centerId: string }, center: string) =>
          x.architecture === architecture && x.zone === zone && x.centerId === center;
        let left = 0;
        for (const room of free) if (here(room, other)) left += room.amounts[meter] ?? 0;
        for (const systemId of ['s1', 's2', 's3']) {
          let own = 0;
          for (const l of load) if (l.systemId === systemId && here(l, other)) own += l.amounts[meter] ?? 0;
          for (const l of load)
            if (l.systemId === systemId && here(l, lost))
              for (let unit = 0; unit < (l.amounts[meter] ?? 0); unit += 1)
                if (own > 0) own -= 1;
                else if (left > 0) left -= 1;
                else return false;
        }
      }
  return true;
}

describe('centerLoss', () => {
  it('agrees with counting every unit', () => {
    fc.assert(
      fc.property(loads, rooms, (load, free) => {
        for (const [lost, other] of [
          ['a', 'b'],
          ['b', 'a'],
        ] as const)
          expect(centerLoss(lost, other, load, free).carried).toBe(carriedByCounting(lost, other, load, free));
      }),
      { numRuns: 500 },
    );
  });

  it('names a shortage that, added as free room, heals the verdict', () => {
    fc.assert(
      fc.property(loads, rooms, (load, free) => {
        const { shortages } = centerLoss('a', 'b', load, free);
        const more = shortages.map(({ architecture, zone, meter, short }) => ({
          centerId: 'b',
          architecture,
          zone,
          amounts: { [meter]: short },
        }));
        expect(centerLoss('a', 'b', load, [...free, ...more]).carried).toBe(true);
      }),
    );
  });

  it('does not lend one system what another has to spare', () => {
    const at = { architecture: 'ARM64', zone: 'INTERNET' } as const;
    const verdict = centerLoss(
      'a',
      'b',
      [
        { ...at, systemId: 's1', centerId: 'a', amounts: { VCPU: 8 } },
        { ...at, systemId: 's1', centerId: 'b', amounts: { VCPU: 6 } },
        { ...at, systemId: 's2', centerId: 'b', amounts: { VCPU: 100 } },
      ],
      [{ ...at, centerId: 'b', amounts: { VCPU: 1 } }],
    );
    expect(verdict).toMatchObject({
      carried: false,
      systems: 1,
      systemsShort: ['s1'],
      shortages: [{ meter: 'VCPU', needed: 2, free: 1, short: 1 }],
    });
  });
});

describe('lossNeeds, by which placement keeps headroom', () => {
  it('names what this report finds short where nothing is free', () => {
    fc.assert(
      fc.property(loads, (load) => {
        const needs = lossNeeds(['a', 'b'], load).flatMap(({ centerId, vcpu, memoryMib, ...where }) => [
          { ...where, centerId, meter: 'VCPU', needed: vcpu },
          { ...where, centerId, meter: 'MEMORY_MIB', needed: memoryMib },
        ]);
        const short = [centerLoss('a', 'b', load, []), centerLoss('b', 'a', load, [])].flatMap((verdict) =>
          verdict.shortages.map(({ architecture, zone, meter, needed }) => ({
            architecture,
            zone,
            centerId: verdict.otherCenterId,
            meter,
            needed,
          })),
        );
        const key = (row: object) => JSON.stringify(Object.entries(row).toSorted());
        expect(
          needs
            .filter((row) => row.needed > 0)
            .map(key)
            .toSorted(),
        ).toEqual(short.map(key).toSorted());
      }),
    );
  });
});
