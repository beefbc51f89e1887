/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import type { Cache, UpdateResolver } from '@urql/exchange-graphcache';
import { cabinetsCache } from './cabinets.cache';

/** What is forgotten of a page that showed all of these. */
function forgottenBy(mutation: keyof typeof cabinetsCache.updates.Mutation): string[] {
  const shown = ['cabinet', 'cabinets', 'server', 'servers', 'quotas', 'systems'];
  const forgotten: string[] = [];
  const cache = {
    inspectFields: () => shown.map((fieldName) => ({ fieldName, fieldKey: fieldName, arguments: null })),
    invalidate: (_entity: string, fieldName: string) => forgotten.push(fieldName),
  } as unknown as Cache;
  const update: UpdateResolver = cabinetsCache.updates.Mutation[mutation];
  update({}, {}, cache, {} as Parameters<UpdateResolver>[3]);
  return forgotten;
}

describe('what acts in cabinets make old', () => {
  it.each(['moveHolders', 'applyMove', 'planMove'] as const)(
    '%s: also servers, which say where they stand',
    (mutation) => {
      expect(forgottenBy(mutation)).toEqual(['cabinet', 'cabinets', 'server', 'servers', 'quotas']);
    },
  );

  it.each(['placeOccupant', 'releaseHolder', 'editCabinet', 'createCabinets'] as const)(
    '%s: also quotas',
    (mutation) => {
      expect(forgottenBy(mutation)).toEqual(['cabinet', 'cabinets', 'quotas']);
    },
  );

  it.each(['blockUnits', 'editRoom'] as const)('%s: cabinets alone', (mutation) => {
    expect(forgottenBy(mutation)).toEqual(['cabinet', 'cabinets']);
  });
});
