/** Decides what a thing that is taken in takes of quotas: the same as if it had been asked for. */
import { asksByLevel, type QuotaAsk, type QuotaSubject, type SomeAmounts } from '../../quotas/domain/quota.js';
import type { IntakeContent, SpaceContent } from './intake-item.js';

/** Places in cabinets are not asked here: cabinets say what they take. Addresses have no quota: a network has as many as it has. */
export function quotaAmountsOf(content: Exclude<IntakeContent, SpaceContent>): SomeAmounts {
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
    case 'ADDRESS':
      return {};
  }
}

/** What a batch asks of every level on the ways of its systems; systems of one department meet in that department's. */
export function asksOf(
  items: readonly { readonly systemId: string; readonly amounts: SomeAmounts }[],
  levelsOf: (systemId: string) => readonly QuotaSubject[],
): QuotaAsk[] {
  return asksByLevel(items.map(({ systemId, amounts }) => ({ levels: levelsOf(systemId), amounts })));
}
