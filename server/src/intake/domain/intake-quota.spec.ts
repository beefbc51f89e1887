import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QUOTA_METERS } from '../../kernel/refusal.js';
import type { QuotaSubject, SomeAmounts } from '../../quotas/domain/quota.js';
import type { IntakeContent, SpaceContent } from './intake-item.js';
import { asksOf, quotaAmountsOf } from './intake-quota.js';

const level = (id: string): QuotaSubject => ({ level: 'SYSTEM', id, name: id, departmentId: 'd' });
const amount = fc.integer({ min: 0, max: 500 });
type Counted = Exclude<IntakeContent, SpaceContent>;
const counted: fc.Arbitrary<Counted> = fc.oneof(
  fc.record({ vcpu: amount, memoryMib: amount, diskGib: amount }).map(
    (size): Counted => ({
      ...size,
      kind: 'MACHINE',
      centerId: null,
      poolId: 'p',
      architecture: 'AMD64',
      zone: 'INTERNET',
      storageTier: 'SSD',
      object: null,
      addresses: [],
    }),
  ),
  fc.constant<Counted>({ kind: 'SERVER', serverId: 's', assetNumber: 'a' }),
  fc.constant<Counted>({ kind: 'ADDRESS', networkId: 'n', networkCode: 'n', address: '10.0.0.1' }),
);
/** Of a thing as it is counted, of a place as cabinets say it, or nothing. */
const amounts = fc.oneof(
  counted.map(quotaAmountsOf),
  fc.record({ CABINET_HALF_UNIT: amount, POWER_W: amount }),
  fc.constant({}),
);

describe('asksOf', () => {
  it('asks every level the sum of all whose way leads through it, each level once', () => {
    const systems = fc.dictionary(
      fc.constantFrom('s1', 's2', 's3'),
      fc.uniqueArray(fc.constantFrom('city', 'bureau', 'other', 'project'), { maxLength: 4 }),
    );
    const items = fc.array(fc.record({ systemId: fc.constantFrom('s1', 's2', 's3', 'gone'), amounts }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(systems, items, (ways, entries) => {
        const asks = asksOf(entries, (id) => (ways[id] ?? []).map(level));
        expect(new Set(asks.map((ask) => ask.subject.id)).size).toBe(asks.length);
        for (const id of ['city', 'bureau', 'other', 'project'])
          for (const meter of QUOTA_METERS) {
            const through = entries.filter((entry) => (ways[entry.systemId] as string[] | undefined)?.includes(id));
            const sum = through.reduce((total, entry) => total + ((entry.amounts as SomeAmounts)[meter] ?? 0), 0);
            expect(asks.find((ask) => ask.subject.id === id)?.amounts[meter] ?? 0).toBe(sum);
          }
      }),
    );
  });
});
