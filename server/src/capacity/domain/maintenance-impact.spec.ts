import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displacedClaims, type LiveClaim, sidesLost } from './maintenance-impact.js';

const claims: fc.Arbitrary<LiveClaim[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom('HELD' as const, 'ALLOCATED' as const),
      createdAt: fc.nat(50).map((n) => new Date(n * 1_000)),
      amounts: fc.record({ VCPU: fc.integer({ min: 1, max: 16 }), MEMORY_MIB: fc.integer({ min: 1, max: 64 }) }),
    }),
    { maxLength: 30 },
  )
  .map((rows) => rows.map((row, i) => ({ ...row, claimId: `c${i}` })));
const left = fc.record({ VCPU: fc.nat(300), MEMORY_MIB: fc.nat(900) });
const sum = (rows: readonly LiveClaim[], meter: 'VCPU' | 'MEMORY_MIB') =>
  rows.reduce((total, row) => total + (row.amounts[meter] ?? 0), 0);

describe('displacedClaims', () => {
  it('leaves what fits, and names nothing when everything does', () => {
    fc.assert(
      fc.property(claims, left, (all, room) => {
        const gone = displacedClaims(all, room);
        const stay = all.filter((c) => !gone.includes(c));
        for (const meter of ['VCPU', 'MEMORY_MIB'] as const) expect(sum(stay, meter)).toBeLessThanOrEqual(room[meter]);
        const fits = sum(all, 'VCPU') <= room.VCPU && sum(all, 'MEMORY_MIB') <= room.MEMORY_MIB;
        expect(gone.length === 0).toBe(fits);
      }),
    );
  });

  it('names only claims that helped when they were named', () => {
    fc.assert(
      fc.property(claims, left, (all, room) => {
        const gone = displacedClaims(all, room);
        for (const [at] of gone.entries()) {
          const before = all.filter((c) => !gone.slice(0, at).includes(c));
          expect(sum(before, 'VCPU') > room.VCPU || sum(before, 'MEMORY_MIB') > room.MEMORY_MIB).toBe(true);
        }
      }),
    );
  });

  it('lets go what is held before what runs', () => {
    const amounts = { VCPU: 4 };
    const rows: LiveClaim[] = [
      { claimId: 'old', state: 'HELD', createdAt: new Date(1), amounts },
      { claimId: 'new', state: 'ALLOCATED', createdAt: new Date(2), amounts },
    ];
    expect(displacedClaims(rows, { VCPU: 4 }).map((c) => c.claimId)).toEqual(['old']);
    expect(displacedClaims(rows, {})).toHaveLength(2);
  });
});

describe('sidesLost', () => {
  it('names a system only when all it has here goes', () => {
    const displaced = [{ systemId: 's1' }, { systemId: 's1' }, { systemId: 's2' }];
    expect(
      sidesLost(displaced, [
        { systemId: 's1', machines: 2 },
        { systemId: 's2', machines: 2 },
      ]),
    ).toEqual(['s1']);
  });
});
