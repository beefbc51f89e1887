/** Decides what a thing that is taken in takes of quotas: the same as if it had been asked for. */
import { asksByLevel, type QuotaAsk, type QuotaSubject, type SomeAmounts } from '../../quotas/domain/quota.js';
import type { IntakeContent } from './intake-item.js';

/** Addresses have no quota: a network has as many as it has. */
export function quotaAmountsOf(content: IntakeContent): SomeAmounts {
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
      return { CABINET_HALF_UNIT: content.heightHalfUnits, POWER_W: content.powerW };
    case 'ADDRESS':
      return {};
  }
}

/** What a batch asks of every level on the ways of its systems; systems of one department meet in that department's. */
export function asksOf(
  items: readonly { readonly systemId: string; readonly content: IntakeContent }[],
  levelsOf: (systemId: string) => readonly QuotaSubject[],
): QuotaAsk[] {
  return asksByLevel(items.map((item) => ({ levels: levelsOf(item.systemId), amounts: quotaAmountsOf(item.content) })));
}
