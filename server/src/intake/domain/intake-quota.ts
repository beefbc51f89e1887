/** Decides what a thing that is taken in takes of quotas: the same as if it had been asked for. */
import { asksByLevel, type QuotaAsk, type QuotaSubject, type SomeAmounts } from '../../quotas/domain/quota.js';
import type { IntakeContent } from './intake-item.js';

/** What places in cabinets take, by entry, as the cabinets say it; an entry that takes nothing is absent. */
export type PlaceTakes = ReadonlyMap<string, SomeAmounts>;

interface Entry {
  readonly id: string;
  readonly content: IntakeContent;
}

/** Addresses have no quota: a network has as many as it has. */
export function quotaAmountsOf({ id, content }: Entry, places: PlaceTakes): SomeAmounts {
  switch (content.kind) {
    case 'MACHINE':
      return {
        MACHINE: 1,
        VCPU: content.vcpu,
        MEMORY_MIB: content.memoryMib,
        STORAGE_GIB: content.diskGib,
      };
    case 'SERVER':
      return { SERVER: 1 };
    case 'SPACE':
      return places.get(id) ?? {};
    case 'ADDRESS':
      return {};
  }
}

/** What a batch asks of every level on the ways of its systems; systems of one department meet in that department's. */
export function asksOf(
  items: readonly (Entry & { readonly systemId: string })[],
  levelsOf: (systemId: string) => readonly QuotaSubject[],
  places: PlaceTakes,
): QuotaAsk[] {
  return asksByLevel(items.map((item) => ({ levels: levelsOf(item.systemId), amounts: quotaAmountsOf(item, places) })));
}
