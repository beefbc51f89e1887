import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QUOTA_METERS } from '../../kernel/refusal.js';
import type { QuotaSubject } from '../../quotas/domain/quota.js';
import type { IntakeContent } from './intake-item.js';
import { asksOf, type PlaceTakes, quotaAmountsOf } from './intake-quota.js';

const level = (id: string): QuotaSubject => ({ level: 'SYSTEM', id, name: id, departmentId: 'd' });
const amount = fc.integer({ min: 0, max: 500 });
const content: fc.Arbitrary<IntakeContent> = fc.oneof(
  fc.record({ vcpu: amount, memoryMib: amount, diskGib: amount }).map(
    (size): IntakeContent => ({
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
  fc.constant<IntakeContent>({ kind: 'SERVER', serverId: 's', assetNumber: 'a' }),
  fc.record({ heightHalfUnits: amount, powerW: amount }).map(
    (size): IntakeContent => ({
      ...size,
      kind: 'SPACE',
      cabinetId: 'c',
      cabinetCode: 'c',
      startUnit: 1,
      face: 'BOTH',
      weightGrams: 0,
    }),
  ),
  fc.constant<IntakeContent>({ kind: 'ADDRESS', networkId: 'n', networkCode: 'n', address: '10.0.0.1' }),
);

/** Some stand in cabinets that are wholly their departments', and take nothing. */
const entryId = fc.constantFrom('e1', 'e2', 'e3');
const takes: fc.Arbitrary<PlaceTakes> = fc
  .dictionary(entryId, fc.record({ CABINET_HALF_UNIT: amount, POWER_W: amount }))
  .map((one) => new Map(Object.entries(one)));

describe('asksOf', () => {
  it('asks every level the sum of all whose way leads through it, each level once', () => {
    const systems = fc.dictionary(
      fc.constantFrom('s1', 's2', 's3'),
      fc.uniqueArray(fc.constantFrom('city', 'bureau', 'other', 'project'), { maxLength: 4 }),
    );
    const items = fc.array(fc.record({ id: entryId, systemId: fc.constantFrom('s1', 's2', 's3', 'gone'), content }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(systems, items, takes, (ways, entries, places) => {
        const asks = asksOf(entries, (id) => (ways[id] ?? []).map(level), places);
        expect(new Set(asks.map((ask) => ask.subject.id)).size).toBe(asks.length);
        for (const id of ['city', 'bureau', 'other', 'project'])
          for (const meter of QUOTA_METERS) {
            const through = entries.filter((entry) => (ways[entry.systemId] as string[] | undefined)?.includes(id));
            const sum = through.reduce((total, entry) => total + (quotaAmountsOf(entry, places)[meter] ?? 0), 0);
            expect(asks.find((ask) => ask.subject.id === id)?.amounts[meter] ?? 0).toBe(sum);
          }
      }),
    );
  });

  it('asks nothing for a place of which its cabinet says that it takes nothing', () => {
    const place: IntakeContent = {
      ...{ kind: 'SPACE', cabinetId: 'c', cabinetCode: 'c', startUnit: 1, heightHalfUnits: 4, face: 'BOTH' },
      ...{ powerW: 150, weightGrams: 0 },
    };
    const entries = ['own', 'shared'].map((id) => ({ id, systemId: 's', content: place }));
    const places: PlaceTakes = new Map([['shared', { CABINET_HALF_UNIT: 4, POWER_W: 150 }]]);
    expect(asksOf(entries, () => [level('s')], places)).toMatchObject([
      { subject: { id: 's' }, amounts: { CABINET_HALF_UNIT: 4, POWER_W: 150 } },
    ]);
  });
});
