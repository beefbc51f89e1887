import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AddressOnMachine, type ClaimedAddress, matchAddresses } from './address-match.js';

const keys = ['4a', '4b', '4c', '4d', '6a'];
const department = fc.constantFrom('d1', 'd2');
const claims = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    key: fc.constantFrom(...keys),
    address: fc.constant('claimed'),
    state: fc.constantFrom<ClaimedAddress['state']>('HELD', 'ALLOCATED', 'QUARANTINE'),
    departmentId: fc.option(department),
  }),
  { selector: (claim) => claim.key },
);
const seen = fc.array(
  fc.record({
    key: fc.constantFrom(...keys),
    address: fc.constant('seen'),
    resourceId: fc.constantFrom('m1', 'm2', 'm3'),
    departmentId: department,
  }),
  { maxLength: 8 },
);

describe('matchAddresses', () => {
  it('tells of every address once, in order, and of each what both sides say together', () => {
    fc.assert(
      fc.property(claims, seen, (claimed: ClaimedAddress[], onMachines: AddressOnMachine[]) => {
        const rows = matchAddresses(claimed, onMachines);
        expect(rows.map((row) => row.key)).toEqual([...new Set(rows.map((row) => row.key))].toSorted());
        for (const key of keys) {
          const row = rows.find((one) => one.key === key);
          const claim = claimed.find((one) => one.key === key);
          const machines = onMachines.filter((one) => one.key === key);
          const several = new Set(machines.map((one) => one.resourceId)).size > 1;
          if (machines.length === 0) expect(row?.match).toBe(claim?.state === 'ALLOCATED' ? 'NOT_SEEN' : undefined);
          else if (several) expect(row?.match).toBe('TWICE');
          else if (!claim) expect(row?.match).toBe('UNCLAIMED');
          else if (claim.state === 'QUARANTINE') expect(row?.match).toBe('RESTING');
          else {
            const foreign = claim.departmentId !== null && claim.departmentId !== machines[0]?.departmentId;
            expect(row?.match).toBe(foreign ? 'OTHER_HOLDER' : 'MATCHED');
          }
          expect(new Set(row?.resourceIds)).toEqual(new Set(row ? machines.map((one) => one.resourceId) : undefined));
        }
      }),
    );
  });
});
